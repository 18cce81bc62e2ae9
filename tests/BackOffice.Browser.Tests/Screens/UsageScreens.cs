using BackOffice.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests.Screens;

/// <summary>Uploading usage, saying what its columns mean, and reading the report.</summary>
public static class UsageScreens
{
    public static async Task Upload(this Person person, FilePayload file)
    {
        await person.Open("/imports/new");
        await person.Page.Locator("#usage-file").SetInputFilesAsync(file);
        await person.Page.WaitForURLAsync(address => !address.EndsWith("/new", StringComparison.Ordinal));
        await person.Sees("Import");
        await person.Reads(file.Name);
    }

    /// <summary>Checks what was recognised by the names of the columns, and answers what was not.</summary>
    public static async Task MapColumns(this Person person, string subscription)
    {
        await person.Uses("TIMESTAMP", "Time", null);
        await person.Uses("ContextTokens", "Number", "input_tokens");
        await person.Uses("GeneratedTokens", "Number", "output_tokens");
        await person.Choose("Time zone", "UTC");
        await person.Reads("read as times in UTC");
        await person.Choose("All rows belong to", subscription);
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Region,
            new() { Name = "First rows" })).ToContainTextAsync("input_tokens = 4808");
    }

    /// <summary>Lets the file be imported and waits for its report.</summary>
    public static async Task Import(this Person person, bool goodRowsOnly = false)
    {
        if (goodRowsOnly)
        {
            await person.Page.GetByLabel("Good rows only").CheckAsync();
        }

        await person.Press("Import");
        await person.Page.GetByRole(AriaRole.Region, new() { Name = "Report" }).WaitForAsync();
    }

    public static async Task ReportSays(this Person person, params (string Figure, string Count)[] figures)
    {
        var report = person.Page.GetByRole(AriaRole.Region, new() { Name = "Report" });
        foreach (var (figure, count) in figures)
        {
            await Assertions.Expect(report.Locator($"[data-figure={figure}]")).ToHaveTextAsync(count);
        }
    }

    public static Task TotalIs(this Person person, string property, string total) => Assertions.Expect(
        person.Page.GetByRole(AriaRole.Region, new() { Name = "Report" }).Locator($"[data-total={property}]")).ToHaveTextAsync(total);

    public static async Task ProblemIs(this Person person, string line, string column, string value, string words)
    {
        var row = person.Page.GetByRole(AriaRole.Region, new() { Name = "Problems" }).Locator("tbody tr");
        await Assertions.Expect(row).ToHaveCountAsync(1);
        var cells = row.Locator("td");
        await Assertions.Expect(cells.Nth(0)).ToHaveTextAsync(line);
        await Assertions.Expect(cells.Nth(1)).ToHaveTextAsync(column);
        await Assertions.Expect(cells.Nth(2)).ToContainTextAsync(value);
        await Assertions.Expect(cells.Nth(3)).ToContainTextAsync(words);
    }

    /// <summary>Uploads a damaged copy, imports all of it or nothing, and nothing is stored.</summary>
    public static async Task IsRefused(this Person person, FilePayload file)
    {
        await person.Upload(file);
        await person.Import();
        await person.Reads("Refused, nothing stored");
        await person.Reads("Nothing was stored: 1 row has an error, of 8,819 in the file.");
    }

    private static async Task Uses(this Person person, string column, string use, string? property)
    {
        var select = person.Page.GetByLabel($"Use {column} as", new() { Exact = true });
        await Assertions.Expect(select.Locator("option:checked")).ToHaveTextAsync(use);
        if (property is not null)
        {
            await Assertions.Expect(person.Page.GetByLabel($"Property of {column}", new() { Exact = true })).ToHaveValueAsync(property);
        }
    }
}
