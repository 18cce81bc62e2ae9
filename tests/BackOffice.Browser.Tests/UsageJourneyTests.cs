using System.Text;
using BackOffice.Browser.Tests.Harness;
using BackOffice.Browser.Tests.Screens;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests;

/// <summary>A clerk brings files that are not right at once, sees what they do to money, repairs them and takes one back.</summary>
public sealed class UsageJourneyTests(FilledOffice filled) : IClassFixture<FilledOffice>
{
    private static readonly string Wide =
        "request_id;time;customer;input_tokens;output_tokens\n"
        + "j1;04/11/2023 10:00;cascadia-api;1000000;100000\n"
        + "j2;05/11/2023 10:00;cascadia-api;2000000;x12\n"
        + "j3;06/11/2023 10:00;cascadja-api;1000000;100000\n"
        + string.Concat(Enumerable.Range(4, 9).Select(i => $"j{i};06/11/2023 10:{i:00};cascadia-api;1000;100\n"));

    private const string Long =
        "request_id,timestamp,customer,metric,quantity\n"
        + "l1,2023-11-07T10:00:00Z,cascadia-api,input_tokens,500000\n"
        + "l2,2023-11-07T10:00:00Z,cascadia-api,output_token,20000\n";

    [Fact]
    public async Task A_wide_file_with_unclear_dates_is_asked_about_repaired_and_taken_back()
    {
        var eva = await SignedIn();
        await MapWide(eva);
        await CheckWide(eva);
        await eva.Import(goodRowsOnly: true);
        await eva.Reads("11 rows were stored, 1 rejected.");
        await eva.Pictures("usage-rejected");

        await eva.Upload(await RepairedRejects(eva));
        await eva.Reads("Mapped as import");
        await eva.Import();
        await eva.Reads("The only row was stored.");
        await Undo(eva);
        Assert.Empty(filled.Office.Complaints);
    }

    [Fact]
    public async Task A_long_file_is_recognised_and_an_unknown_metric_is_said_to_mean_another()
    {
        var eva = await SignedIn();
        await eva.Upload(File("long.csv", Long));
        await Assertions.Expect(eva.Page.GetByLabel("Use metric as").Locator("option:checked")).ToHaveTextAsync("Metric code");
        await eva.Press("Check");
        await eva.Reads("1 row has an error.");
        await eva.Reads("Did you mean “output_tokens”?");
        await eva.Press("Use output_tokens");
        await eva.Reads("Every row can be imported.");
        await eva.Import();
        await eva.Reads("All 2 rows were stored.");
        await eva.TotalIs("input_tokens", "500,000");
        await eva.TotalIs("output_tokens", "20,000");
        Assert.Empty(filled.Office.Complaints);
    }

    [Fact]
    public async Task A_page_that_is_reloaded_comes_back_with_its_answers_and_its_check()
    {
        var eva = await SignedIn();
        await eva.Upload(File("reloaded.csv", Wide.Replace("j", "r", StringComparison.Ordinal)));
        await eva.Choose("Times", "03/04/2026 is 3 April (day first)");
        await eva.Choose("Time zone", "UTC");
        await eva.Press("Check");
        await eva.Reads("rows have errors.");
        await eva.Page.ReloadAsync();
        await eva.Reads("rows have errors.");
        await Assertions.Expect(eva.Page.GetByLabel("Times", new() { Exact = true }).Locator("option:checked"))
            .ToHaveTextAsync("03/04/2026 is 3 April (day first)");
        Assert.Empty(filled.Office.Complaints);
    }

    private static async Task MapWide(Person eva)
    {
        await eva.Upload(File("wide.csv", Wide));
        await eva.Reads("Every date in the sample could be day first or month first. Choose one: nothing is assumed.");
        await Assertions.Expect(eva.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToBeDisabledAsync();
        await eva.Pictures("usage-asked");
        await eva.Choose("Times", "03/04/2026 is 3 April (day first)");
        await eva.Choose("Time zone", "UTC");
    }

    private static async Task CheckWide(Person eva)
    {
        await eva.Press("Check");
        await eva.Reads("2 rows have errors.");
        await eva.Pictures("usage-unknown");
        await eva.Press("Use cascadia-api");
        await eva.Reads("1 row has an error.");
        var money = eva.Page.GetByRole(AriaRole.Region, new() { Name = "Money" });
        await Assertions.Expect(money).ToContainTextAsync("One waiting invoice changes once it is refreshed.");
        await Assertions.Expect(money).ToContainTextAsync("Cascadia");
        var canary = eva.Page.GetByRole(AriaRole.Region, new() { Name = "Canary" });
        await Assertions.Expect(canary).ToContainTextAsync("input_tokens = 1000000");
        await eva.Pictures("usage-checked");
    }

    private static async Task<FilePayload> RepairedRejects(Person eva)
    {
        var download = await eva.Page.RunAndWaitForDownloadAsync(() => eva.Follow("Download the rejected rows"));
        Assert.EndsWith("-rejects.csv", download.SuggestedFilename, StringComparison.Ordinal);
        var text = await System.IO.File.ReadAllTextAsync((await download.PathAsync())!);
        Assert.Contains("j2;05/11/2023 10:00;cascadia-api;2000000;x12;3;number_malformed;", text, StringComparison.Ordinal);
        return File(download.SuggestedFilename, text.Replace("x12", "12", StringComparison.Ordinal));
    }

    private static async Task Undo(Person eva)
    {
        await eva.Press("Undo this import");
        var dialog = eva.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("It was a test.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
        await eva.Reads("1 row was stored and taken back. No invoice contains this usage.");
        await eva.Reads("It was a test.");
        await eva.DoesNotSee("Undo this import");
        await eva.Pictures("usage-undone");
    }

    private async Task<Person> SignedIn()
    {
        var person = new Person(await filled.Office.Window());
        await person.SignIn(FilledOffice.EverythingMail, FilledOffice.Password);
        await person.Sees("Home");
        return person;
    }

    private static FilePayload File(string name, string text) =>
        new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };
}
