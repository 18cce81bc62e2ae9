using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>Credit notes as use cases load them: the customer first, so that nothing is taken back or used twice.</summary>
internal static class CreditNoteBook
{
    /// <summary>A note to change, locked until the caller's transaction ends.</summary>
    /// <exception cref="RuleBroken">There is no such note.</exception>
    public static async Task<CreditNote> LoadToChange(this BackOfficeDb db, CreditNoteId id, CancellationToken cancel)
    {
        var customer = await db.CreditNotes.Where(n => n.Id == id).Select(n => (CustomerId?)n.CustomerId).SingleOrDefaultAsync(cancel)
            ?? throw new RuleBroken("This credit note does not exist.");
        await db.LockCustomer(customer, cancel);
        var note = await db.CreditNotes.SingleAsync(n => n.Id == id, cancel);
        db.Touch(note);
        return note;
    }

    /// <summary>The notes of an invoice in the order in which they were made.</summary>
    public static Task<List<CreditNote>> NotesOf(this BackOfficeDb db, InvoiceId invoice, CancellationToken cancel) =>
        db.CreditNotes.Where(n => n.InvoiceId == invoice).OrderBy(n => n.PreparedAt).ThenBy(n => n.Id).ToListAsync(cancel);

    /// <summary>What is left of an invoice after its notes, also those that wait: two people must not take back the same.</summary>
    public static CreditableInvoice LeftOf(Invoice invoice, IEnumerable<CreditNote> notes) => CreditableInvoice.Of(invoice).After(notes);

    /// <summary>What the invoice still asks for.</summary>
    public static Money DueOf(Invoice invoice, IEnumerable<CreditNote> notes) =>
        invoice.Due - notes.Select(note => note.Split.Offset).Sum(invoice.Currency);

    /// <summary>What becomes of a note's money.</summary>
    public static CreditNoteSplit SplitOf(Money total, CreditUse use, Money due)
    {
        var none = Money.Zero(total.Currency);
        var offset = use == CreditUse.ThisInvoice
            ? Money.OfMinor(Math.Clamp(due.MinorUnits, 0, total.MinorUnits), total.Currency)
            : none;
        return new CreditNoteSplit(total - offset, none, offset);
    }
}
