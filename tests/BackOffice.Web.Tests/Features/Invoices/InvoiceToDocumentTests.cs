using BackOffice.Core.Common;
using BackOffice.Web.Documents;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Tests.Features.Billing;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Invoices;

public sealed class InvoiceToDocumentTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public async Task A_draft_says_everything_and_asks_for_no_money()
    {
        await using var scene = await Scene.Create();
        await scene.UseRealMonth(await scene.Customer("acme", new(2023, 11, 1)));
        await scene.Bill();

        var document = InvoiceToDocument.Of(await scene.OnlyInvoice(), Berlin);

        Assert.Equal((true, null, new DateOnly(2023, 12, 1), null),
            (document.IsDraft, document.Number, document.IssueDate, document.DueDate));
        Assert.Equal(("1–30 November 2023", "USD", "148.31", "176.49"),
            (document.ServicePeriod, document.Currency, document.Subtotal, document.Total));
        Assert.Equal([new("VAT 19\u00A0%", "148.31", "28.18")], document.Taxes);
        Assert.Equal(("Tax number DE123456789", "acme"), (document.Seller.TaxId, document.Buyer.CustomerCode));
        Assert.Equal(["Payable within 30 days of the issue date."], document.Notes);
        Assert.Null(document.Payment);
        var group = Assert.Single(document.Groups);
        Assert.Equal(("Pro · acme-pro", "1–30 November 2023"), (group.Heading, group.Period));
        Assert.Equal(
            [
                "Base fee | 1 month | 99.00 | 19\u00A0% | 99.00",
                "Input tokens | 18,059,974 tokens |  | 19\u00A0% | 41.62",
                "Output tokens | 245,896 tokens | 15.00 per 1,000,000 | 19\u00A0% | 3.69",
                "Requests | 8,819 requests |  | 19\u00A0% | 4.00",
            ],
            group.Lines.Select(line => $"{line.Description} | {line.Quantity} | {line.UnitPrice} | {line.TaxRate} | {line.Net}"));
        Assert.Equal(
            [
                new PriceStep("First 1,000,000", "1,000,000", "3.00 per 1,000,000", "3.00"),
                new PriceStep("1,000,000 to 10,000,000", "9,000,000", "2.50 per 1,000,000", "22.50"),
                new PriceStep("Above 10,000,000", "8,059,974", "2.00 per 1,000,000", "16.119948"),
            ],
            group.Lines[1].Steps);
    }

    [Fact]
    public async Task A_part_of_a_month_is_told_in_days_and_never_ending_shares_end_in_dots()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", new(2023, 10, 21));
        await scene.Bill(new LocalDate(2023, 10, 31));

        var line = Assert.Single(Assert.Single(InvoiceToDocument.Of(await scene.OnlyInvoice(), Berlin).Groups).Lines);

        Assert.Equal(("11 days", "99.00 per 31 days", "35.13"), (line.Quantity, line.UnitPrice, line.Net));
        Assert.Equal("35.129032258064…", InvoiceText.Unrounded(99m * 11 / 31, Currency.Of("USD"),
            System.Globalization.CultureInfo.GetCultureInfo("en-GB")));
    }

    [Fact]
    public async Task An_issued_invoice_says_how_to_pay_and_is_the_same_bytes_each_time()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", new(2023, 11, 1));
        await scene.Bill();
        var id = (await scene.OnlyInvoice()).Id;
        await scene.Approve(id);
        await scene.Issue(id);

        var document = InvoiceToDocument.Of(await scene.OnlyInvoice(), Berlin);
        Assert.Equal((false, "INV-2023-000001", new DateOnly(2023, 12, 1), new DateOnly(2023, 12, 31)),
            (document.IsDraft, document.Number, document.IssueDate, document.DueDate!.Value));
        Assert.Equal(new PaymentDetails { Beneficiary = "Kontor AG", Iban = "DE02120300000000202051", Bic = "BYLADEM1001",
            Reference = "INV-2023-000001" }, document.Payment);

        var first = await Pdf(scene, id);
        scene.Clock.Advance(Duration.FromDays(400));
        var second = await Pdf(scene, id);
        Assert.Equal("INV-2023-000001.pdf", first.Name);
        Assert.Equal(first.Bytes, second.Bytes);
    }

    [Theory]
    [InlineData("2023-11-30", "2023-11-30", "30 November 2023")]
    [InlineData("2023-11-01", "2023-11-30", "1–30 November 2023")]
    [InlineData("2023-10-15", "2023-11-14", "15 October – 14 November 2023")]
    [InlineData("2023-12-15", "2024-01-14", "15 December 2023 – 14 January 2024")]
    public void Periods_are_told_with_their_last_day(string first, string last, string text) =>
        Assert.Equal(text, InvoiceToDocument.Days(new(Day(first), Day(last).PlusDays(1))));

    private static LocalDate Day(string iso) => NodaTime.Text.LocalDatePattern.Iso.Parse(iso).Value;

    private static async Task<PdfFile> Pdf(Scene scene, Core.Invoices.InvoiceId id) =>
        (await scene.Ask<InvoicePdf, PdfFile?>(scene.Clerk, pdf => pdf.Run(id)))!;
}
