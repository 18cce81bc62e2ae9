using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Takes back a purchase whose invoice is not issued: the draft is thrown away, and its credits will not come.</summary>
public sealed class CancelPurchase(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="grant">The purchase.</param>
    /// <param name="reason">The audit trail remembers it.</param>
    /// <exception cref="RuleBroken">The reason is missing, no such purchase waits for its payment, or its invoice is issued.</exception>
    public async Task Run(WalletId id, Guid grant, string? reason, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var wallet = await db.LoadToChange(id, cancel);
        var (now, why) = (clock.GetCurrentInstant(), Text.Required(reason, "Reason"));
        wallet.PaymentFailed(grant);
        var amount = wallet.Grants.Single(g => g.Id == grant).Amount;
        if (await db.InvoiceOf(grant, cancel) is { } invoice)
        {
            if (invoice.Status == InvoiceStatus.Issued)
            {
                throw new RuleBroken($"Invoice {invoice.Number} is issued. Credit all of it: that takes the purchase back.");
            }

            invoice.Discard();
            db.Invoices.Remove(invoice);
            db.Record(actor.AsPerson(), now, "Discarded", "Invoice", invoice.Id.Value, $"{invoice.Buyer.Name}, {invoice.Total}: {why}");
        }

        db.Record(actor.AsPerson(), now, "Purchase taken back", "Wallet", id.Value, $"{amount} for {wallet.Code}: {why}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
