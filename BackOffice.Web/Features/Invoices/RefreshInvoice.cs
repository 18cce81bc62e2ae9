using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>Computes an invoice that is not issued again, from the usage and taxes as they are now.</summary>
/// <remarks>An approval given before is void.</remarks>
public sealed class RefreshInvoice(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, or the invoice is issued.</exception>
    public async Task Run(InvoiceId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.RunBilling, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var invoice = await db.LoadToDecide(id, cancel);
        var now = clock.GetCurrentInstant();
        var again = await new BillingBook(db).DocumentAgain(invoice, now, cancel);
        await db.Refresh(invoice, again, actor.AsPerson(), now, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
