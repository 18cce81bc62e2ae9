using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Features.Wallets;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>What becomes of the money that a credit note takes back.</summary>
public enum CreditUse
{
    /// <summary>It is taken off what the invoice still asks for; what is more is kept for later invoices.</summary>
    ThisInvoice,
    LaterInvoices,
}

/// <summary>What is typed to take something back.</summary>
/// <param name="Requests">At most one for each line of the invoice.</param>
/// <param name="Text">A note for the reader; null when there is nothing to say.</param>
public sealed record CreditNoteInput(
    IReadOnlyList<CreditRequest> Requests, CreditNoteReason Reason, string? Text = null, CreditUse Use = CreditUse.ThisInvoice);

/// <summary>Takes back all or part of an issued invoice. A second person decides before it becomes a document.</summary>
public sealed class CreateCreditNote(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">The invoice is not issued, more is asked for than is left of it, or nothing.</exception>
    public async Task<CreditNoteId> Run(InvoiceId invoiceId, CreditNoteInput input, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.RunBilling, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var invoice = await db.LoadToDecide(invoiceId, cancel);
        if (invoice.Status != InvoiceStatus.Issued)
        {
            throw new RuleBroken("Only an issued invoice is credited. Correct this one and refresh it.");
        }

        var notes = await db.NotesOf(invoiceId, cancel);
        var content = CreditNoteBook.LeftOf(invoice, notes).Estimate(input.Requests);
        var split = await db.SplitOfSale(invoice, content, cancel)
            ?? CreditNoteBook.SplitOf(content.Total, input.Use, CreditNoteBook.DueOf(invoice, notes));
        var note = CreditNote.Prepare(invoiceId, invoice.CustomerId, content, split, (input.Reason, input.Text));
        var now = clock.GetCurrentInstant();
        note.Submit(actor.AsPerson(), now);
        db.CreditNotes.Add(note);
        db.Record(actor.AsPerson(), now, "Prepared", "Credit note", note.Id.Value, $"{note.Total} of invoice {invoice.Number}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return note.Id;
    }
}
