using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>What an approver decided about an invoice that is withdrawn.</summary>
/// <param name="BillAgain">Whether the next run bills its periods again.</param>
public sealed record VoidChoice(string Comment, bool BillAgain);

/// <summary>
/// Withdraws an issued invoice: it keeps its number, what it used can be used again, and its periods are billed again if that is wanted.
/// </summary>
public sealed partial class VoidInvoice(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock, ILogger<VoidInvoice> logger)
{
    /// <param name="billAgain">Whether the next run bills its periods again.</param>
    /// <exception cref="RuleBroken">
    /// He may not or prepared it, the comment is missing, it is not issued, or a credit note or an adjustment stands on it.
    /// </exception>
    public async Task Run(InvoiceId id, string comment, bool billAgain, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.IssueInvoices, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var invoice = await db.LoadToDecide(id, cancel);
        var now = clock.GetCurrentInstant();
        if (invoice.Purchase is not null)
        {
            throw new RuleBroken("This invoice sold wallet credits. Credit all of it: that takes the purchase back.");
        }

        invoice.Void(comment, billAgain, actor.AsPerson(), now);
        await RequireNothingBuiltOn(db, invoice, cancel);
        await db.GiveBack(invoice, now, cancel);
        db.Record(actor.AsPerson(), now, "Voided", "Invoice", id.Value,
            $"{invoice.Number}, {invoice.Buyer.Name}, {invoice.Total}, {(billAgain ? "to be billed again" : "not billed again")}: "
            + invoice.Voided!.Comment);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        LogVoided(invoice.Number!);
    }

    private static async Task RequireNothingBuiltOn(BackOfficeDb db, Invoice invoice, CancellationToken cancel)
    {
        var notes = await db.CreditNotes.AsNoTracking().IgnoreAutoIncludes().Where(n => n.InvoiceId == invoice.Id)
            .OrderBy(n => n.Id).ToListAsync(cancel);
        var withdrawn = notes.Where(n => n.Status == CreditNoteStatus.Voided).ToList();
        var paid = withdrawn.Count == 0 ? [] : (await db.Invoices.AsNoTracking().IgnoreAutoIncludes()
                .Where(i => i.CustomerId == invoice.CustomerId && i.Status != InvoiceStatus.Voided)
                .Select(i => i.Settlements).ToListAsync(cancel))
            .SelectMany(settled => settled).Select(settled => settled.Reference).ToHashSet(StringComparer.Ordinal);
        InvoiceVoid.RequireNothingBuiltOn(
            [.. notes.Except(withdrawn).Select(n => n.Number ?? "that waits")],
            [.. withdrawn.Where(n => n.RefundStatus == RefundStatus.Succeeded || paid.Contains(n.Number!)).Select(n => n.Number!)],
            await db.AdjustmentsOf(invoice, cancel));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Voided invoice {Number}")]
    private partial void LogVoided(string number);
}
