using BackOffice.Core.Billing;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Audit;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Computes an invoice that is not issued again, with the credit notes that follow, and says so in the audit trail.</summary>
internal static class DraftRefresh
{
    /// <param name="document">What the engine says of it now.</param>
    public static async Task Refresh(
        this BackOfficeDb db, Invoice invoice, BillingDocument document, Person by, Instant now, CancellationToken cancel)
    {
        var before = invoice.Total;
        var customer = await db.Customers.SingleAsync(c => c.Id == invoice.CustomerId, cancel);
        var company = await db.Companies.SingleAsync(cancel);
        var notes = new NoteBooking(db, customer.Id);
        foreach (var note in document.Notes)
        {
            notes.Book(note, new InvoiceId(Guid.Parse(note.Invoice)));
        }

        invoice.Refresh(notes.Named(document.Content), company, customer, by, now);
        db.Record(by, now, "Refreshed", "Invoice", invoice.Id.Value,
            $"{invoice.Buyer.Name}, {invoice.Period}: {before} became {invoice.Total}");
    }

    /// <summary>Whether the invoice says what the engine says, and nothing is to be given back that no credit note holds yet.</summary>
    public static bool IsSaidBy(this BillingDocument document, Invoice invoice) =>
        document.Notes.Count == 0 && invoice.Says(document.Content);
}
