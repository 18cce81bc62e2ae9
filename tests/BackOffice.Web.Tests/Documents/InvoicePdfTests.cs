using BackOffice.Web.Documents;

namespace BackOffice.Web.Tests.Documents;

public sealed class InvoicePdfTests
{
    [Theory]
    [InlineData(1, "one-line")]
    [InlineData(60, "sixty-lines")]
    public async Task A_sample_is_left_in_the_output_for_people_to_look_at(int lines, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "samples")).FullName;

        await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.pdf"), await InvoicePdf.Render(SampleInvoices.WithLines(lines)));
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}-draft.pdf"), await InvoicePdf.Render(SampleInvoices.Draft(lines)));

        Assert.Equal(2, Directory.GetFiles(folder, $"{name}*.pdf").Length);
    }

    [Fact]
    public async Task Everything_on_an_invoice_can_be_read_back_in_the_order_it_is_read()
    {
        using var pdf = await InvoicePdf.Open(SampleInvoices.WithLines(2));

        InOrder(pdf.PlainText(),
            "Meridian Cloud GmbH", "Invoice", "Northwind & Fjord Logistics AG", "Hafenstraße 17", "VAT DE 136 695 976",
            "Lindenallee 8", "billing@meridian.example",
            "INV-2026-000205", "1 November 2026", "1 December 2026", "1 – 31 Oct 2026", "C-00117", "PO-44876",
            "Amount due", "EUR 216,772.85", "Please pay by 1 December 2026",
            "Description", "Quantity", "Unit price", "Tax", "Net amount, EUR",
            "Scale plan — Production workspace", "API requests 1", "33,778,893", "19 %", "20,001.00",
            "First 1,000,000", "0.00042", "420.00", "Over 10,000,000", "0.0000245", "582.5828785",
            "Object storage, region 2", "500 GB", "0.023", "1,002.00",
            "Tax summary", "180,057.02", "34,210.83",
            "Subtotal", "182,812.02", "Total, EUR", "217,022.85", "-250.00", "EUR 216,772.85",
            "Notes", "Payment", "DE89 3704 0044 0532 0130 00", "COBADEFFXXX",
            "HRB 123456 B", "Page 1 of 1");
    }

    [Fact]
    public async Task Every_amount_of_a_long_invoice_is_in_the_file_once_and_in_order()
    {
        var document = SampleInvoices.WithLines(500);
        using var pdf = await InvoicePdf.Open(document);
        var amounts = document.Groups.SelectMany(group => group.Lines).Select(line => line.Net).ToList();

        Assert.Equal(amounts, pdf.Words().Where(amounts.ToHashSet().Contains));
    }

    [Fact]
    public async Task The_header_of_the_table_is_repeated_on_every_page_the_table_reaches()
    {
        using var pdf = await InvoicePdf.Open(SampleInvoices.WithLines(60));

        Assert.True(pdf.NumberOfPages >= 3);
        Assert.All(pdf.GetPages().Where(page => page.Text.Contains("Object storage")), page =>
        {
            Assert.Contains("Unit price", page.Text);
            Assert.Contains("Net amount, EUR", page.Text);
        });
    }

    [Fact]
    public async Task Every_page_says_which_it_is_and_of_which_invoice()
    {
        using var pdf = await InvoicePdf.Open(SampleInvoices.WithLines(60));

        Assert.All(pdf.GetPages(), page =>
            Assert.EndsWith($"INV-2026-000205 · Page {page.Number} of {pdf.NumberOfPages}", page.Text.TrimEnd()));
    }

    [Fact]
    public async Task The_totals_stand_on_one_page()
    {
        foreach (var lines in Enumerable.Range(1, 30))
        {
            using var pdf = await InvoicePdf.Open(SampleInvoices.WithLines(lines));

            var last = pdf.GetPages().Last().Text;
            InOrder(last, "Tax summary", "Subtotal", "217,022.85", "EUR 216,772.85");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(60)]
    [InlineData(500)]
    [InlineData(3000)]
    public async Task Any_number_of_lines_makes_pages(int lines)
    {
        using var pdf = await InvoicePdf.Open(SampleInvoices.WithLines(lines));

        Assert.InRange(pdf.NumberOfPages, 1 + lines / 40, 2 + lines / 12);
        Assert.Equal(lines == 0, pdf.GetPage(1).Text.Contains("Nothing was charged in this period."));
    }

    [Fact]
    public async Task The_same_invoice_gives_the_same_bytes_whoever_renders_it()
    {
        var expected = await InvoicePdf.Render(SampleInvoices.WithLines(60));

        var rendered = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => InvoicePdf.Render(SampleInvoices.WithLines(60)))));

        Assert.All(rendered, bytes => Assert.Equal(expected, bytes));
    }

    [Fact]
    public async Task Another_invoice_gives_another_file_id()
    {
        var one = await InvoicePdf.Render(SampleInvoices.WithLines(1));
        var other = await InvoicePdf.Render(SampleInvoices.WithLines(1) with { AmountDue = "216,772.86" });

        Assert.NotEqual(one[^300..], other[^300..]);
    }

    [Fact]
    public async Task A_draft_is_marked_on_every_page_and_asks_for_nothing()
    {
        using var pdf = await InvoicePdf.Open(SampleInvoices.Draft(60));

        Assert.Contains("Draft invoice – not a demand for payment", pdf.GetPage(1).Text);
        Assert.All(pdf.GetPages(), page =>
        {
            Assert.Contains("DRAFT", page.Text);
            Assert.EndsWith($"Draft invoice · Page {page.Number} of {pdf.NumberOfPages}", page.Text.TrimEnd());
        });
        Assert.DoesNotContain("Please pay", pdf.PlainText());
        Assert.DoesNotContain("IBAN", pdf.PlainText());
    }

    [Fact]
    public async Task A_credit_note_speaks_of_credit()
    {
        using var pdf = await InvoicePdf.Open(SampleInvoices.WithLines(1) with
        {
            Kind = InvoiceDocumentKind.CreditNote,
            DueDate = null,
            References = [new("Corrects invoice", "INV-2026-000198")],
        });

        InOrder(pdf.PlainText(), "Credit note", "Credit note number", "Corrects invoice", "INV-2026-000198", "Amount credited");
        Assert.DoesNotContain("Please pay", pdf.PlainText());
    }

    private static void InOrder(string text, params string[] parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{part}' is not in the text after position {at}: {text}");
            at = found + part.Length;
        }
    }
}
