using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>A second person vouches for an invoice, exactly as he saw it.</summary>
public sealed partial class ApproveInvoice(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock, ILogger<ApproveInvoice> logger)
{
    /// <param name="seen">The revision the approver looked at; null when a script approves what is there.</param>
    /// <exception cref="RuleBroken">He may not, he prepared it, or usage or prices have changed since it was computed.</exception>
    public async Task Run(InvoiceId id, int? seen = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ApproveInvoices, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var invoice = await db.LoadToDecide(id, cancel);
        if (seen is { } revision)
        {
            db.Expect(invoice, revision);
        }

        var now = clock.GetCurrentInstant();
        invoice.Approve(actor.AsPerson(), now);
        await db.RequireUpToDate(invoice, now, cancel);
        db.Record(actor.AsPerson(), now, "Approved", "Invoice", id.Value, $"{invoice.Buyer.Name}, {invoice.Period}, {invoice.Total}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        LogApproved(id.Value);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Approved invoice {Id}")]
    private partial void LogApproved(Guid id);
}
