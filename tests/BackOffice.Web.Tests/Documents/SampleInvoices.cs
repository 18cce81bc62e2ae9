using System.Globalization;
using BackOffice.Web.Documents;

namespace BackOffice.Web.Tests.Documents;

/// <summary>Invoices of one invented company to one invented customer, of any length.</summary>
internal static class SampleInvoices
{
    public static InvoiceDocument WithLines(int count) => new()
    {
        Number = "INV-2026-000205",
        IssueDate = new DateOnly(2026, 11, 1),
        DueDate = new DateOnly(2026, 12, 1),
        ServicePeriod = "1 – 31 Oct 2026",
        Currency = "EUR",
        PurchaseOrder = "PO-44876",
        Seller = new DocumentParty("Meridian Cloud GmbH", ["Lindenallee 8", "10115 Berlin", "Germany"])
        {
            TaxId = "VAT DE 811 907 980",
            Email = "billing@meridian.example",
        },
        Buyer = new DocumentParty("Northwind & Fjord Logistics AG", ["Hafenstraße 17", "20457 Hamburg", "Germany"])
        {
            TaxId = "VAT DE 136 695 976",
            Email = "ap@northwind-fjord.example",
            CustomerCode = "C-00117",
        },
        Groups = Groups(count),
        Subtotal = "182,812.02",
        Taxes = [new("VAT 19 %", "180,057.02", "34,210.83"), new("Reverse charge 0 %", "2,755.00", "0.00")],
        Total = "217,022.85",
        Settlements = [new("Credit note CN-2026-00418", "-250.00")],
        AmountDue = "216,772.85",
        Payment = new PaymentDetails
        {
            Beneficiary = "Meridian Cloud GmbH",
            Iban = "DE89 3704 0044 0532 0130 00",
            Bic = "COBADEFFXXX",
            Bank = "Commerzbank Berlin",
            Reference = "INV-2026-000205",
        },
        Notes =
        [
            "Net 30 days. Late payments bear interest at 9 percentage points above the ECB base rate (§ 288 BGB).",
            "Usage is metered in UTC and aggregated per calendar month; each tier's price applies only to the units within it.",
            "Training services: place of supply is the customer's country; the customer accounts for VAT (reverse charge).",
        ],
        FooterLines =
        [
            "Meridian Cloud GmbH · Lindenallee 8, 10115 Berlin · Amtsgericht Charlottenburg HRB 123456 B",
            "Managing directors: A. Keller, M. Okonjo · VAT DE 811 907 980",
        ],
    };

    public static InvoiceDocument Draft(int lines) => WithLines(lines) with { IsDraft = true, Number = null };

    /// <summary>The same text in every place of an invoice where somebody can type.</summary>
    public static InvoiceDocument Saying(string text) => WithLines(0) with
    {
        Number = text,
        ServicePeriod = text,
        Currency = text,
        PurchaseOrder = text,
        References = [new(text, text)],
        Seller = new DocumentParty(text, [text, text]) { TaxId = text, Email = text },
        Buyer = new DocumentParty(text, [text, text]) { TaxId = text, Email = text, CustomerCode = text },
        Groups =
        [
            new(text, [new(text, text)
            {
                Period = text,
                Quantity = text,
                UnitPrice = text,
                TaxRate = text,
                Steps = [new(text, text, text, text)],
            }])
            {
                Period = text,
            },
        ],
        Subtotal = text,
        Taxes = [new(text, text, text)],
        Total = text,
        Settlements = [new(text, text)],
        AmountDue = text,
        Payment = new PaymentDetails { Beneficiary = text, Iban = text, Bic = text, Bank = text, Reference = text },
        Notes = [text],
        FooterLines = [text],
    };

    private static IReadOnlyList<InvoiceDocumentGroup> Groups(int count)
    {
        string[] names = ["Scale plan — Production workspace", "Scale plan — Staging workspace", "AI inference add-on", "Training"];
        var perGroup = Math.Max(1, (count + names.Length - 1) / names.Length);
        return
        [
            .. Enumerable.Range(1, count).Select(Line).Chunk(perGroup)
                .Select((lines, i) => new InvoiceDocumentGroup(names[i], lines) { Period = "1 – 31 Oct 2026" }),
        ];
    }

    // Every fifth line is tiered; figures that say their line's number make it possible to look for each of them.
    private static InvoiceDocumentLine Line(int number) =>
        number % 5 == 1
            ? new($"API requests {number}", Amount(20_000 + number))
            {
                Period = "1 – 31 Oct 2026",
                Quantity = "33,778,893",
                TaxRate = "19 %",
                Steps =
                [
                    new("First 1,000,000", "1,000,000", "0.00042", "420.00"),
                    new("Next 9,000,000", "9,000,000", "0.00031", "2,790.00"),
                    new("Over 10,000,000", "23,778,893", "0.0000245", "582.5828785"),
                ],
            }
            : new($"Object storage, region {number}", Amount(1_000 + number))
            {
                Period = number % 2 == 0 ? "1 – 31 Oct 2026" : null,
                Quantity = "500 GB",
                UnitPrice = "0.023",
                TaxRate = "19 %",
            };

    private static string Amount(int value) => value.ToString("#,0.00", CultureInfo.InvariantCulture);
}
