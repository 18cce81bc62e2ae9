using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Changes what a wallet pays, when, and what may be bought. Credits that are there keep how they were taxed.</summary>
public sealed class EditWallet(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="seen">The revision that was shown for editing; null when a script overwrites what is there.</param>
    /// <exception cref="RuleBroken">A field is wrong, or a metric is unknown.</exception>
    public async Task Run(WalletId id, WalletDetails details, int? seen = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var wallet = await db.LoadToChange(id, cancel);
        wallet.Edit(details);
        await OpenWallet.Check(db, details.Scope, cancel);
        if (seen is { } revision)
        {
            db.Expect(wallet, revision);
        }

        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Changed", "Wallet", id.Value, $"{wallet.Code}: {wallet.Name}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
