using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>Puts a returned draft before the approvers again.</summary>
public sealed class SubmitInvoice(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, or the invoice is not a draft.</exception>
    public async Task Run(InvoiceId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.RunBilling, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var invoice = await db.LoadToDecide(id, cancel);
        invoice.Submit(actor.AsPerson());
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Submitted", "Invoice", id.Value, $"{invoice.Buyer.Name}, {invoice.Period}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
