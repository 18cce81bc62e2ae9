using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>A person says that a purchase was paid: its credits come.</summary>
public sealed class SettlePurchase(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="grant">The purchase.</param>
    /// <param name="reason">How the person knows, such as a line of the bank statement; the audit trail remembers it.</param>
    /// <exception cref="RuleBroken">The reason is missing, the invoice is not issued, no such purchase waits for its payment, or the
    /// wallet has ended.</exception>
    public async Task Run(WalletId id, Guid grant, string? reason, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var wallet = await db.LoadToChange(id, cancel);
        var (now, why) = (clock.GetCurrentInstant(), Text.Required(reason, "Reason"));
        var invoice = await db.InvoiceOf(grant, cancel);
        if (invoice is { Status: not InvoiceStatus.Issued })
        {
            throw new RuleBroken("The invoice of this purchase is not issued. Approve and issue it, then say that it was paid.");
        }

        wallet.Paid(grant, now, invoice?.Number);
        var amount = wallet.Grants.Single(g => g.Id == grant).Amount;
        db.Record(actor.AsPerson(), now, "Paid", "Wallet", id.Value, $"{amount} for {wallet.Code}: {why}");
        if (invoice is not null)
        {
            db.Record(actor.AsPerson(), now, "Paid", "Invoice", invoice.Id.Value, $"{invoice.Number}, {invoice.Total}: {why}");
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
