using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Says what became of the payment of a purchase: its credits come, or they never will.</summary>
public sealed class SettlePurchase(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="grant">The purchase.</param>
    /// <param name="paid">False when the payment failed for good.</param>
    /// <exception cref="RuleBroken">No such purchase waits for its payment, or the wallet has ended.</exception>
    public async Task Run(WalletId id, Guid grant, bool paid, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var wallet = await db.LoadToChange(id, cancel);
        var now = clock.GetCurrentInstant();
        if (paid)
        {
            wallet.Paid(grant, now);
        }
        else
        {
            wallet.PaymentFailed(grant);
        }

        var amount = wallet.Grants.Single(g => g.Id == grant).Amount;
        db.Record(actor.AsPerson(), now, paid ? "Paid" : "Payment failed", "Wallet", id.Value, $"{amount} for {wallet.Code}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
