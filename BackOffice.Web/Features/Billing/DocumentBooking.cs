using BackOffice.Core.Billing;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Writes down what a run found a customer to owe: drafts, the credit notes that are made with them, and the proofs.</summary>
/// <remarks>One for each customer: later documents refer to earlier ones, which have no number yet.</remarks>
/// <param name="lastEvent">The last usage event that is stored by now.</param>
internal sealed class DocumentBooking(BackOfficeDb db, BillingRun run, Company company, Instant now, long lastEvent)
{
    private readonly Dictionary<string, InvoiceId> _invoices = new(StringComparer.Ordinal);
    private NoteBooking? _notes;

    public int Invoices { get; private set; }

    /// <exception cref="Core.Common.RuleBroken">The figures are out of bounds.</exception>
    public void Book(DueInvoice due)
    {
        SafetyBounds.Check(due.Content);
        var notes = _notes ??= new NoteBooking(db, due.Customer.Id);
        foreach (var note in due.Document.Notes)
        {
            notes.Book(note, _invoices.TryGetValue(note.Invoice, out var made) ? made : new InvoiceId(Guid.Parse(note.Invoice)));
        }

        Invoice? invoice = null;
        if (!due.Document.IsEmpty)
        {
            invoice = Invoice.Prepare(
                due.Customer, company, due.Period, notes.Named(due.Content), run.Id.Value, run.StartedBy, now, due.Document.DueAt);
            db.Invoices.Add(invoice);
            _invoices[due.Document.Reference] = invoice.Id;
            Invoices++;
        }

        // Also what owes nothing is the draft's: usage that arrives before it is issued is on it when it is refreshed.
        db.BilledPeriods.AddRange(due.Document.Items.Select(rated => BilledPeriod.Of(rated.Item, invoice?.Id, lastEvent)));
    }
}
