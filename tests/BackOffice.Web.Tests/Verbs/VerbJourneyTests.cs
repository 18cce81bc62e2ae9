using System.Diagnostics;
using System.Text.Json;
using BackOffice.Data.Providers;

namespace BackOffice.Web.Tests.Verbs;

/// <summary>The whole month of docs/operate/verbs.md by verbs alone, on an empty installation of each engine.</summary>
public sealed class VerbJourneyTests(PostgresServer server)
{
    private static readonly string Trace = Path.Combine(AppContext.BaseDirectory, "Data", "llm-trace-code.csv");

    [Theory, ClassData<BothDatabases>]
    public async Task A_month_by_verbs_alone_ends_with_the_totals_of_the_browser(DatabaseProvider provider)
    {
        await using var empty = await TestDatabase.Empty(provider, server);
        var program = new Executable(provider, empty.ConnectionString, empty.DataDirectory);

        Assert.Equal(provider.ToString(), (await program.Json("migrate")).GetProperty("provider").GetString());
        Assert.Equal(10, (await program.Json("catalog", "import", CatalogFile())).GetProperty("created").GetInt32());
        Assert.Equal(10, (await program.Json("catalog", "import", CatalogFile())).GetProperty("unchanged").GetInt32());
        await program.Json("user", "add", "--email", "ann@example.test", "--role", "Approver");
        await program.Json("user", "add", "--email", "carl@example.test", "--role", "Clerk");

        await ImportsTwice(program);
        await Bills(program);
        await ApprovesAndIssues(program);
        await WritesPdfs(program);
        Assert.True((await program.Json("verify")).GetProperty("ok").GetBoolean());
    }

    private static async Task ImportsTwice(Executable program)
    {
        string[] import = ["usage", "import", Trace, "--subscription", "rheinwerk-api", "--zone", "UTC"];
        var first = await program.Json(import);
        Assert.Equal((8819, 0, 0), Counts(first));
        Assert.Equal(18_059_974m, first.GetProperty("totals").GetProperty("input_tokens").GetDecimal());
        Assert.Equal(245_896m, first.GetProperty("totals").GetProperty("output_tokens").GetDecimal());

        Assert.Equal((0, 8819, 0), Counts(await program.Json(import)));
    }

    private static async Task Bills(Executable program)
    {
        var preview = await program.Json("billing", "preview", "--through", "2023-11-30");
        var rheinwerk = preview
            .GetProperty("customers")
            .EnumerateArray()
            .Single(c => c.GetProperty("customer").GetString() == "rheinwerk")
            .GetProperty("invoices")[0];
        Assert.Equal((148.31m, 28.18m, 176.49m), Sums(rheinwerk));

        var run = await program.Json("billing", "run", "--through", "2023-11-30", "--as", "carl@example.test");
        Assert.Equal(275.49m, run.GetProperty("totals").GetProperty("USD").GetDecimal());
        var invoice = run.GetProperty("invoices").EnumerateArray().Single(i => i.GetProperty("customer").GetString() == "rheinwerk");
        Assert.Equal((148.31m, 28.18m, 176.49m), Sums(invoice));
        Assert.Equal(
            [("Base fee", 99.00m), ("Input tokens", 41.62m), ("Output tokens", 3.69m), ("Requests", 4.00m)],
            invoice
                .GetProperty("lines")
                .EnumerateArray()
                .Select(l => (l.GetProperty("name").GetString()!, l.GetProperty("amount").GetDecimal()))
        );

        var again = await program.Run("billing", "run", "--through", "2023-11-30");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("every period that has ended is billed already", again.Errors);
    }

    private static async Task ApprovesAndIssues(Executable program)
    {
        var byTheClerk = await program.Run("invoices", "approve", "--run", "1", "--as", "carl@example.test");
        Assert.Equal(1, byTheClerk.ExitCode);
        Assert.Contains("needs the role Approver", byTheClerk.Errors);
        var byNobody = await program.Run("invoices", "approve", "--run", "1");
        Assert.Equal(1, byNobody.ExitCode);
        Assert.Contains("approved by a person", byNobody.Errors);
        Assert.Equal(0, (await program.Json("invoices", "issue", "--run", "1")).GetProperty("done").GetInt32());

        Assert.Equal(
            2,
            (await program.Json("invoices", "approve", "--run", "1", "--as", "ann@example.test")).GetProperty("done").GetInt32()
        );
        var issued = await program.Json("invoices", "issue", "--run", "1", "--as", "ann@example.test");
        Assert.Equal(2, issued.GetProperty("done").GetInt32());
        Assert.All(
            issued
                .GetProperty("invoices")
                .EnumerateArray()
                .Select((invoice, i) => (Number: invoice.GetProperty("number").GetString()!, Place: i + 1)),
            invoice => Assert.EndsWith($"-00000{invoice.Place}", invoice.Number)
        );
    }

    private static async Task WritesPdfs(Executable program)
    {
        var folder = Path.Combine(program.DataDirectory, "pdf");
        var files = (await program.Json("invoices", "pdf", "--run", "1", "--out", folder)).GetProperty("files");
        var text = await PdfText(files.EnumerateArray().Last().GetString()!);
        Assert.All(
            ["Rheinwerk Analytik GmbH", "Nordlicht Cloud GmbH (Demo)", "18,059,974", "41.62", "148.31", "28.18", "176.49", "DE323209973"],
            figure => Assert.Contains(figure, text)
        );
    }

    private static async Task<string> PdfText(string path)
    {
        using var reader = Process.Start(
            new ProcessStartInfo("pdftotext", ["-layout", path, "-"]) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        var text = await reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await reader.WaitForExitAsync(TestContext.Current.CancellationToken);
        return text;
    }

    private static (long Accepted, long Duplicates, long Rejected) Counts(JsonElement report) =>
        (report.GetProperty("accepted").GetInt64(), report.GetProperty("duplicates").GetInt64(), report.GetProperty("rejected").GetInt64());

    private static (decimal Subtotal, decimal Tax, decimal Total) Sums(JsonElement invoice) =>
        (invoice.GetProperty("subtotal").GetDecimal(), invoice.GetProperty("tax").GetDecimal(), invoice.GetProperty("total").GetDecimal());

    private static string CatalogFile()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BackOffice.sln")))
            {
                return Path.Combine(folder.FullName, "BackOffice.Web", "Features", "Setup", "Demo", "demo-catalog.json");
            }
        }

        throw new InvalidOperationException("The tests run inside the source tree.");
    }
}
