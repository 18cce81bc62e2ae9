using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>An approver sends an invoice back to those who prepared it, with a comment.</summary>
public sealed class ReturnInvoice(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, the comment is missing, or the invoice is a draft already or issued.</exception>
    public async Task Run(InvoiceId id, string comment, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ApproveInvoices, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var invoice = await db.LoadToDecide(id, cancel);
        invoice.Return(comment);
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Returned", "Invoice", id.Value,
            $"{invoice.Buyer.Name}, {invoice.Period}: {invoice.ReturnComment}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
