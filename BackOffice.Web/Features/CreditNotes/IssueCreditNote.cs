using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Features.Wallets;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>Makes an approved credit note a document, numbered after its invoice. Then only what is left of its credit moves.</summary>
public sealed class IssueCreditNote(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <returns>The number.</returns>
    /// <exception cref="RuleBroken">It is not approved, or it is issued already.</exception>
    public async Task<string> Run(CreditNoteId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.IssueInvoices, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var note = await db.LoadToChange(id, cancel);
        var invoice = await db.Invoices.AsNoTracking().SingleAsync(i => i.Id == note.InvoiceId, cancel);
        var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == note.CustomerId, cancel);
        var before = await db.CreditNotes.CountAsync(n => n.InvoiceId == note.InvoiceId && n.Number != null, cancel);
        var now = clock.GetCurrentInstant();
        note.Issue(invoice.Number!, before + 1, now.InZone(customer.Zone).Date);
        await db.TakeCreditsBack(invoice, note, now, cancel);
        db.Record(actor.AsPerson(), now, "Issued", "Credit note", id.Value, $"{note.Number}, {invoice.Buyer.Name}, {note.Total}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return note.Number!;
    }
}
