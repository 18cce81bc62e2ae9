using System.Text.RegularExpressions;
using BackOffice.Browser.Tests.Harness;
using BackOffice.Browser.Tests.Screens;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests;

/// <summary>The first month of a new installation, from the set-up link to the printed invoice, with every figure.</summary>
public sealed class JourneyTests(Chromium chromium)
{
    [Fact]
    public async Task A_real_month_of_usage_becomes_an_invoice_that_explains_itself_to_the_cent()
    {
        await using var office = new Office(chromium);
        var ana = new Person(await office.Window());
        var otto = new Person(await office.Window());

        await SetUp(office, ana);
        await DefinePlan(ana);
        await PublishPlan(otto);
        await AddCustomers(ana);
        await ImportUsage(ana);
        await ImportAgain(ana);
        await ImportDamaged(ana);
        await PreviewAndBill(ana, otto);
        await ReadDraft(ana);
        await Explain(ana);
        await RefuseOwnWork(ana, otto);
        var invoice = await ApproveAndIssue(otto);
        var pdf = await ReadPdf(otto, invoice);
        await ChangeSettings(ana, invoice, pdf);

        Assert.Empty(office.Complaints);
    }

    private static async Task SetUp(Office office, Person ana)
    {
        await ana.SetUp(office.SetUpLink);
        await ana.Reads("BackOffice is set up.");
        await ana.SignIn(SetupScreens.AdminMail, SetupScreens.AdminPassword);
        await ana.Sees("Home");
    }

    private static async Task DefinePlan(Person ana)
    {
        await ana.DefineMetric("input_tokens", "Input tokens", "tokens", isSum: true);
        await ana.DefineMetric("output_tokens", "Output tokens", "tokens", isSum: true);
        await ana.DefineMetric("requests", "Requests", "requests", isSum: false);

        await ana.StartPlan("AI API", "USD", "99.00");
        var input = await ana.AddCharge(1, "Input tokens", "Graduated");
        await Person.Choose(input, "Unit price is per", "1,000,000 units");
        await input.PriceTiers(("1000000", "3.00"), ("10000000", "2.50"), (null, "2.00"));
        await input.HasPrice(
            "First 1,000,000 at 3.00 USD; 1,000,000 to 10,000,000 at 2.50 USD; above 10,000,000 at 2.00 USD, per 1,000,000");
        var output = await ana.AddCharge(2, "Output tokens", "Per unit");
        await Person.Choose(output, "Unit price is per", "1,000,000 units");
        await Person.Fill(output, "Unit price", "15.00");
        await output.HasPrice("15.00 USD per 1,000,000");
        var requests = await ana.AddCharge(3, "Requests", "Package");
        await Person.Fill(requests, "Units in a package", "1000");
        await Person.Fill(requests, "Price of a package", "0.50");
        await Person.Fill(requests, "Free units", "1000");
        await requests.HasPrice("First 1,000 free, then 0.50 USD for each package of 1,000, a started package in full");

        await ana.Costs(1, "Input tokens", "18059974", "41.619948 USD", "41.62 USD");
        await ana.Costs(2, "Output tokens", "245896", "3.68844 USD", "3.69 USD");
        await ana.Costs(3, "Requests", "8819", "4.00 USD", "4.00 USD");
        await Assertions.Expect(ana.Page.Locator("[data-total]")).ToHaveTextAsync("148.31 USD");
        await ana.SaveDraft("AI API");
        await ana.DoesNotSee("Publish version 1");
    }

    private static async Task PublishPlan(Person otto)
    {
        await otto.SignIn(SetupScreens.ApproverMail, SetupScreens.TemporaryPassword);
        await otto.ChooseOwnPassword(SetupScreens.TemporaryPassword, SetupScreens.ApproverPassword);
        await otto.Publish("AI API");
    }

    private static async Task AddCustomers(Person ana)
    {
        await ana.AddCustomer(new(
            "Rheinwerk Analytik GmbH", "rheinwerk", "Rheinuferweg 8", "50668", "Köln", "DE", "Europe/Berlin", "DE-VAT", "DE323209973", ""));
        await ana.AddCustomer(new(
            "Cascadia Labs, Inc.", "cascadia", "1420 5th Avenue", "98101", "Seattle", "US", "America/Los_Angeles",
            "", "", "Not subject to German VAT."));
        await ana.Subscribe("rheinwerk", "rheinwerk-api", "2023-11-01");
        await ana.Subscribe("cascadia", "cascadia-api", "2023-11-01");
    }

    private static async Task ImportUsage(Person ana)
    {
        await ana.Upload(Trace.Whole);
        await ana.MapColumns("rheinwerk-api");
        await ana.Import();
        await ana.Reads("All 8,819 rows were stored.");
        await ana.ReportSays(("rows", "8,819"), ("accepted", "8,819"), ("duplicates", "0"), ("rejected", "0"), ("late", "0"));
        await ana.TotalIs("input_tokens", "18,059,974");
        await ana.TotalIs("output_tokens", "245,896");
        await ana.Reads("Usage from 16 Nov 2023 19:17 to 16 Nov 2023 20:14 Europe/Berlin.");
    }

    private static async Task ImportAgain(Person ana)
    {
        await ana.Upload(Trace.Whole);
        await ana.Reads("Importing it again stores nothing twice.");
        await ana.Import();
        await ana.Reads("Nothing new: all 8,819 rows were stored before with the same content. Nothing is billed twice.");
        await ana.ReportSays(("accepted", "0"), ("duplicates", "8,819"), ("rejected", "0"));
    }

    private static async Task ImportDamaged(Person ana)
    {
        await ana.IsRefused(Trace.BadNumber);
        await ana.ProblemIs("8001", "ContextTokens", "4O8", "not a number");
        await ana.Import(goodRowsOnly: true);
        await ana.Reads("0 rows were stored, 8,818 stored before, 1 rejected.");
        await ana.ReportSays(("accepted", "0"), ("duplicates", "8,818"), ("rejected", "1"));
        await ana.ProblemIs("8001", "ContextTokens", "4O8", "not a number");

        await ana.IsRefused(Trace.BadDate);
        await ana.ProblemIs("8001", "TIMESTAMP", "2023-11-31", "no such day in the calendar");
        await ana.IsRefused(Trace.MissingCell);
        await ana.ProblemIs("8001", "–", "2023-11-16", "The row has 2 cells, the first row has 3.");

        await ana.Upload(Trace.MissingColumn);
        await ana.Reads("Choose the column that holds the time of the usage.");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToBeDisabledAsync();
        await ana.Upload(Trace.Semicolons);
        await ana.Choose("Between cells", "Comma ( , )");
        await ana.Reads("Choose the column that holds the time of the usage.");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToBeDisabledAsync();
    }

    private static async Task PreviewAndBill(Person ana, Person otto)
    {
        await ana.Preview("2023-11-30");
        await ana.PreviewSays("Rheinwerk", "148.31 USD", "28.18 USD", "176.49 USD");
        await ana.PreviewSays("Cascadia", "99.00 USD", "0.00 USD", "99.00 USD");
        await ana.Main.GetByText("4 lines").First.ClickAsync();
        await ana.PreviewLineIs("Input tokens", "41.62 USD");
        await ana.PreviewLineIs("Output tokens", "3.69 USD");
        await otto.Open("/invoices?status=all");
        await otto.Reads("No invoice yet");

        await ana.MakeDrafts();
        await ana.Reads("You prepared 2 of these invoices: a second person approves them.");
        await ana.DoesNotSee("Approve");
    }

    private static async Task ReadDraft(Person ana)
    {
        await ana.OpenInvoice("Rheinwerk");
        await ana.Reads("Not a demand for payment");
        await ana.LineIs("Base fee", "Whole month", "99.00");
        await ana.LineIs("Input tokens", "18,059,974 tokens", "41.62");
        await ana.LineIs("Output tokens", "245,896 tokens", "3.69");
        await ana.LineIs("Requests", "8,819 requests", "4.00");
        await ana.TotalsAre(("Subtotal", "148.31"), ("VAT 19 %", "28.18"), ("Total", "176.49 USD"));
    }

    private static async Task Explain(Person ana)
    {
        await ana.Explain("Input tokens");
        await ana.StepIs("First 1,000,000", "1,000,000", "3.00 per 1,000,000", "3.00 USD");
        await ana.StepIs("1,000,000 to 10,000,000", "9,000,000", "2.50 per 1,000,000", "22.50 USD");
        await ana.StepIs("Above 10,000,000", "8,059,974", "2.00 per 1,000,000", "16.119948 USD");
        await ana.SumIs("Exact sum", "41.619948 USD");
        await ana.SumIs("Rounded once", "41.62 USD");
        await ana.Reads("Σ of days = 18,059,974 ✓ equals the line");
        var first = ana.Page.Locator("#events tbody tr").First;
        await Assertions.Expect(first).ToContainTextAsync("input_tokens 4808");
        await Assertions.Expect(first).ToContainTextAsync("Import 1, line 2");
    }

    private static async Task RefuseOwnWork(Person ana, Person otto)
    {
        await ana.OpenInvoice("Rheinwerk");
        await ana.DoesNotSee("Approve");
        await otto.OpenInvoice("Cascadia");
        await otto.TotalsAre(("Subtotal", "99.00"), ("No tax", "0.00"), ("Total", "99.00 USD"));
        await otto.Press("Refresh");
        await otto.Reads("You prepared this invoice, so somebody else must approve it.");
        await otto.DoesNotSee("Approve");
    }

    private static async Task<string> ApproveAndIssue(Person otto)
    {
        var invoice = await otto.OpenInvoice("Rheinwerk");
        await otto.Approve();
        await otto.Issue();
        await Assertions.Expect(otto.Page.Locator("h1")).ToContainTextAsync(new Regex("INV-20[0-9]{2}-000001"));
        await otto.Reads("It never changes again.");
        await otto.DoesNotSee("Refresh");
        return invoice;
    }

    private static async Task<byte[]> ReadPdf(Person otto, string invoice)
    {
        var pdf = await Pdf.Download(otto, invoice);
        var text = await Pdf.Text(pdf);
        string[] parts =
        [
            "INV-20", "-000001", "Nordlicht Cloud GmbH", "DE739853787", "Rheinwerk Analytik GmbH", "50668 Köln", "DE323209973",
            "November 2023",
            "Input tokens", "Output tokens", "Requests", "1,000,000 to 10,000,000", "22.50", "16.119948", "41.62", "3.69", "99.00",
            "148.31",
            "VAT 19 %", "28.18", "176.49",
        ];
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
        return pdf;
    }

    private static async Task ChangeSettings(Person ana, string invoice, byte[] pdf)
    {
        await ana.Open("/settings/schedules");
        await ana.NightsAre("Every night at 02:30 Europe/Berlin", "02:30");
        await ana.PlanNights("04:15");
        await ana.PauseNights();

        await ana.AddPercentage("DE-VAT", "21", "2099-01-01");
        await ana.Reads("21 % from 1 Jan 2099");
        await ana.Open(invoice);
        await ana.TotalsAre(("Subtotal", "148.31"), ("VAT 19 %", "28.18"), ("Total", "176.49 USD"));
        Assert.Equal(pdf, await Pdf.Download(ana, invoice));
    }
}
