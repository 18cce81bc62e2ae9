using BackOffice.Core.Billing;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Web.Shared;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Writes down what a run found a customer to owe: drafts, the credit notes that are made with them, and the proofs.</summary>
/// <remarks>One for each customer: later documents refer to earlier ones, which have no number yet.</remarks>
/// <param name="lastEvent">The last usage event that is stored by now.</param>
internal sealed class DocumentBooking(BackOfficeDb db, BillingRun run, Company company, Instant now, long lastEvent)
{
    private readonly Dictionary<string, InvoiceId> _invoices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _notes = new(StringComparer.Ordinal);

    public int Invoices { get; private set; }

    /// <exception cref="Core.Common.RuleBroken">The figures are out of bounds.</exception>
    public void Book(DueInvoice due)
    {
        SafetyBounds.Check(due.Content);
        foreach (var note in due.Document.Notes)
        {
            Book(note, due.Customer.Id);
        }

        Invoice? invoice = null;
        if (!due.Document.IsEmpty)
        {
            invoice = Invoice.Prepare(
                due.Customer, company, due.Period, Named(due.Content), run.Id.Value, run.StartedBy, now, due.Document.DueAt);
            db.Invoices.Add(invoice);
            _invoices[due.Document.Reference] = invoice.Id;
            Invoices++;
        }

        // Also what owes nothing is the draft's: usage that arrives before it is issued is on it when it is refreshed.
        db.BilledPeriods.AddRange(due.Document.Items.Select(rated => BilledPeriod.Of(rated.Item, invoice?.Id, lastEvent)));
    }

    // It waits as a draft: it is issued with the first invoice that it pays, or by hand.
    private void Book(UnusedFeeNote note, CustomerId customer)
    {
        var invoice = _invoices.TryGetValue(note.Invoice, out var made) ? made : new InvoiceId(Guid.Parse(note.Invoice));
        var days = DateText.Days(note.Item.Shown);
        var stored = CreditNote.Prepare(
            invoice, customer, note.Content, note.Split,
            (CreditNoteReason.OrderChange, $"{note.Item.Life.Code}: fee for {days}, not used"));
        db.CreditNotes.Add(stored);
        _notes[note.Balance.Number] = stored.Id.Value.ToString();
    }

    private InvoiceContent Named(InvoiceContent content) => content with
    {
        Settled = [.. content.Settled.Select(settled =>
            settled.Kind == SettlementKind.CreditNote && _notes.TryGetValue(settled.Reference, out var id)
                ? settled with { Reference = id }
                : settled)],
    };
}
