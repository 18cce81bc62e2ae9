using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Takes credits away without a service, in the order in which they would be used.</summary>
public sealed class VoidCredits(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="reason">The ledger remembers it.</param>
    /// <exception cref="RuleBroken">The reason is missing, the wallet holds less, or it has ended.</exception>
    public async Task Run(WalletId id, decimal credits, string? reason, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var wallet = await db.LoadToChange(id, cancel);
        var now = clock.GetCurrentInstant();
        var entry = wallet.Void(credits, Text.Required(reason, "Reason"), now);
        db.Record(actor.AsPerson(), now, "Voided", "Wallet", id.Value, $"{-entry.Amount} of {wallet.Code}: {entry.Reference}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
