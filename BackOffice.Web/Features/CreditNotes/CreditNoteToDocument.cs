using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Web.Documents;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Shared;
using NodaTime;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>Writes a credit note down as it is printed. Depends on nothing but the note and its issued invoice.</summary>
internal static class CreditNoteToDocument
{
    // Documents are English, whoever prints them.
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <param name="company">The zone in which a note that is not issued is dated.</param>
    public static InvoiceDocument Of(CreditNote note, Invoice invoice, DateTimeZone company) => new()
    {
        Kind = InvoiceDocumentKind.CreditNote,
        IsDraft = note.IsOpen,
        Number = note.Number,
        IssueDate = (note.IssuedOn ?? (note.PreparedAt ?? invoice.PreparedAt).InZone(company).Date).ToDateOnly(),
        ServicePeriod = InvoiceToDocument.Days(invoice.Period),
        Currency = note.Currency.Code,
        References = [new("Invoice", invoice.Number!)],
        Seller = InvoiceToDocument.PartyOf(invoice.Seller),
        Buyer = InvoiceToDocument.PartyOf(invoice.Buyer),
        Groups = [new($"Credit for invoice {invoice.Number}", [.. LinesOf(note, invoice)])],
        Subtotal = Amount(note.Net),
        Taxes = [.. note.Taxes.Select(tax => new TaxBreakdownRow(TaxLabel(tax), Amount(tax.Base), Amount(tax.Tax)))],
        Total = Amount(note.Total),
        Settlements = note.Split.Offset.MinorUnits > 0 ? [new($"Taken off invoice {invoice.Number}", Amount(note.Split.Offset))] : [],
        AmountDue = Amount(note.Total - note.Split.Offset),
        Notes = [.. new[] { CreditNoteWords.Of(note.Reason) + ".", note.Description, invoice.TaxNote, Kept(note) }.OfType<string>()],
        FooterLines = [string.Join(" · ", new[] { invoice.Seller.Name, invoice.Seller.TaxNumber, invoice.Seller.Email }.OfType<string>())],
    };

    // Lines stand before discount, as on the invoice; what the customer did not pay does not go back.
    private static IEnumerable<InvoiceDocumentLine> LinesOf(CreditNote note, Invoice invoice) => note.Lines
        .Select(line => LineOf(line, invoice))
        .Concat(note.DiscountMinor == 0 ? [] : [new InvoiceDocumentLine("Discount on these lines", Amount(-note.Discount))]);

    private static string TaxLabel(CreditNoteTax tax) => tax.Code is null ? tax.Name
        : $"{tax.Name} {DecimalText.Format(tax.Percent, 0, English)}\u00A0%";

    private static InvoiceDocumentLine LineOf(CreditNoteLine line, Invoice invoice) =>
        new(invoice.Lines[line.InvoiceLine].Name, Amount(line.Amount))
        {
            Quantity = line.Units == 0 ? null : InvoiceText.Quantity(line.Units, invoice.Lines[line.InvoiceLine].Unit, English),
        };

    private static string? Kept(CreditNote note) => note.CreditMinor == 0 ? null
        : $"{Amount(note.Split.Credit)} {note.Currency.Code} are kept and taken off your next invoices.";

    private static string Amount(Money money) => DecimalText.Format(money.Amount, money.Currency.Exponent, English);
}
