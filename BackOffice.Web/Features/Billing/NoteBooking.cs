using BackOffice.Core.Billing;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Billing;

/// <summary>Writes down the credit notes the engine makes by itself. They wait as drafts until an invoice uses them.</summary>
internal sealed class NoteBooking(BackOfficeDb db, CustomerId customer)
{
    private readonly Dictionary<string, string> _notes = new(StringComparer.Ordinal);

    /// <summary>It is issued with the first invoice that it pays, or by hand.</summary>
    /// <param name="invoice">The invoice it takes something back of.</param>
    public void Book(UnusedNote note, InvoiceId invoice)
    {
        var days = DateText.Days(note.Item.Shown);
        var (reason, why) = note.Item.Kind == DueKind.UnusedFee
            ? (CreditNoteReason.OrderChange, $"{note.Item.Life.Code}: fee for {days}, not used")
            : (CreditNoteReason.Other, $"{note.Item.Life.Code}: usage of {days} was billed early and is less in the end");
        var stored = CreditNote.Prepare(invoice, customer, note.Content, note.Split, (reason, why));
        db.CreditNotes.Add(stored);
        _notes[note.Balance.Number] = stored.Id.Value.ToString();
    }

    /// <summary>What a document says, with its notes called as they are stored.</summary>
    public InvoiceContent Named(InvoiceContent content) => content with
    {
        Settled = [.. content.Settled.Select(settled =>
            settled.Kind == SettlementKind.CreditNote && _notes.TryGetValue(settled.Reference, out var id)
                ? settled with { Reference = id }
                : settled)],
    };
}
