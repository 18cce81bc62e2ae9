using System.Text;
using BackOffice.Browser.Tests.Harness;
using BackOffice.Browser.Tests.Screens;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests;

/// <summary>What was billed turns out to be wrong: usage comes late, and an invoice is withdrawn and replaced.</summary>
public sealed class CorrectionJourneyTests(Chromium chromium)
{
    private const string LateFile =
        "request_id,timestamp,customer,metric,quantity\n"
        + "late1,2023-11-20T10:00:00Z,rheinwerk-api,input_tokens,2000000\n";

    [Fact]
    public async Task Late_usage_is_on_the_next_invoice_as_what_it_changes_and_shows_its_events()
    {
        await using var filled = new FilledOffice(chromium);
        await filled.InitializeAsync();
        var eva = await SignedIn(filled);
        await eva.Upload(new FilePayload { Name = "late.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(LateFile) });
        await eva.Import();
        await eva.ReportSays(("accepted", "1"), ("late", "1"));
        await eva.Reads("The next invoice bills what it changes, unless the plan only lists it.");

        await eva.Preview("2023-12-31");
        await Assertions.Expect(eva.Page.Locator(".preview-line").Filter(new() { HasText = "late usage" })).ToHaveCountAsync(1);
        await eva.Press("Make drafts");
        await eva.Page.WaitForURLAsync(address => !address.Contains("/new", StringComparison.Ordinal));
        await eva.Open("/invoices");
        await eva.Row("Dec 2023").Filter(new() { HasText = "Rheinwerk" }).GetByRole(AriaRole.Link).ClickAsync();
        await eva.Page.Locator("article.paper").WaitForAsync();
        await eva.LineIs("late usage", "2,000,000 tokens", "4.00");
        await eva.Pictures("late-usage-invoice");

        await eva.Explain("Input tokens: late usage");
        await eva.Reads("This usage came after the period had been billed.");
        await eva.SumIs("Rounded once", "4.00 USD");
        await eva.Reads("input_tokens 2000000");
        await eva.Pictures("late-usage-explained");
        Assert.Empty(filled.Office.Complaints);
    }

    [Fact]
    public async Task An_approver_voids_an_invoice_and_the_next_run_replaces_it()
    {
        await using var filled = new FilledOffice(chromium);
        await filled.InitializeAsync();
        var eva = await SignedIn(filled);
        await DiscardCreditNote(eva);
        await eva.Open("/invoices?status=issued");
        await eva.Row("Rheinwerk").GetByRole(AriaRole.Link).ClickAsync();
        await eva.Page.Locator("article.paper").WaitForAsync();

        await Person.Press(eva.Page.GetByLabel("Decisions"), "Void…");
        var dialog = eva.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Void", Exact = true })).ToBeDisabledAsync();
        await dialog.GetByLabel("Why").FillAsync("Sent to the wrong address");
        await eva.Pictures("void-dialog");
        await Person.Press(dialog, "Void");
        await Assertions.Expect(eva.Page.Locator("h1")).ToContainTextAsync("Voided");
        await eva.Reads("Voided: Sent to the wrong address.");
        await eva.Reads("Invoice (void)");
        await eva.DoesNotSee("Void…");
        await eva.Pictures("invoice-voided");

        await eva.Preview("2023-11-30");
        await eva.PreviewSays("Rheinwerk", "148.31 USD", "22.54 USD", "141.19 USD"); // With the coupon he got since.
        await eva.Press("Make drafts");
        await eva.Page.WaitForURLAsync(address => !address.Contains("/new", StringComparison.Ordinal));
        await eva.Open("/invoices?status=voided");
        await Assertions.Expect(eva.Row("Rheinwerk")).ToContainTextAsync("176.49");
        Assert.Empty(filled.Office.Complaints);
    }

    // Nobody withdraws an invoice that a credit note takes something back of.
    private static async Task DiscardCreditNote(Person eva)
    {
        await eva.Open("/credit-notes");
        await eva.Main.Locator("a[href*='/credit-notes/']").First.ClickAsync();
        await eva.Press("Discard…");
        await Person.Press(eva.Page.GetByRole(AriaRole.Dialog), "Discard");
        await eva.Page.WaitForURLAsync(address => address.Contains("/invoices/", StringComparison.Ordinal));
    }

    private static async Task<Person> SignedIn(FilledOffice filled)
    {
        var eva = new Person(await filled.Office.Window());
        await eva.SignIn(FilledOffice.EverythingMail, FilledOffice.Password);
        await eva.Sees("Home");
        return eva;
    }
}
