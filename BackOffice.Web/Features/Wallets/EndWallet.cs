using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Ends a wallet: what it holds is lost to the customer and booked as breakage.</summary>
public sealed class EndWallet(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">It has ended already.</exception>
    public async Task Run(WalletId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var wallet = await db.LoadToChange(id, cancel);
        var now = clock.GetCurrentInstant();
        var before = wallet.Entries.Count;
        await DiscardDrafts(db, wallet, cancel);
        wallet.Terminate(now);
        var lost = wallet.Entries.Skip(before).Where(entry => entry.IsBreakage).Select(entry => -entry.Amount).Sum(wallet.Currency);
        db.Record(actor.AsPerson(), now, "Ended", "Wallet", id.Value, $"{wallet.Code}: {lost} lost");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    // Nobody shall approve an invoice for credits that will not come. One that is issued is credited by a person.
    private static async Task DiscardDrafts(BackOfficeDb db, Wallet wallet, CancellationToken cancel)
    {
        var pending = wallet.Grants.Where(grant => grant.Status == GrantStatus.Pending).Select(grant => (Guid?)grant.Id).ToList();
        foreach (var draft in await db.Invoices.Where(i => pending.Contains(i.Purchase) && i.Number == null).ToListAsync(cancel))
        {
            draft.Discard();
            db.Invoices.Remove(draft);
        }
    }
}
