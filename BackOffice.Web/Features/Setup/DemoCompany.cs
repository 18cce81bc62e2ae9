using System.Globalization;
using System.Text;
using BackOffice.Core.Common;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Features.Setup;

/// <summary>One invented company with a real month of usage: for a first look, for screenshots and for tests.</summary>
/// <remarks>The usage is the public trace of Demo/README.md. It goes in through the same import as anybody's file.</remarks>
public sealed class DemoCompany(ImportCatalog catalog, ReceiveUpload upload, ImportUsage import)
{
    private static readonly LocalDate Start = new(2023, 11, 1);

    /// <param name="more">Further customers, 0 to 100,000, who share the same usage among them.</param>
    /// <param name="withCompany">False when the company was typed in at set-up and stays as it is.</param>
    /// <exception cref="RuleBroken">The number is out of range, or what is stored contradicts the demo.</exception>
    public async Task Run(int more = 0, bool withCompany = true, CancellationToken cancel = default)
    {
        if (more is < 0 or > 100_000)
        {
            throw new RuleBroken("The demo can have 0 to 100000 further customers.");
        }

        var file = Catalog(more);
        await catalog.Run(withCompany ? file : file with { Company = null }, cancel);
        await Import("llm-trace-code.csv", Resource("llm-trace-code.csv"), OneSubscription("rheinwerk-api"), cancel);
        if (more > 0)
        {
            await Import("llm-trace-shared.csv", Shared(more), ManySubscriptions(), cancel);
        }
    }

    private static CatalogFile Catalog(int more)
    {
        using var reader = new StreamReader(Resource("demo-catalog.json"), Encoding.UTF8);
        var file = CatalogFile.Parse(reader.ReadToEnd());
        var pattern = file.Customers[0];
        var extra = Enumerable.Range(1, more).Select(Code).ToList();
        return file with
        {
            Customers =
            [
                .. file.Customers,
                .. extra.Select(code => pattern with { Code = code, Name = $"Customer {code[5..]}", TaxNumber = null }),
            ],
            Subscriptions = [.. file.Subscriptions, .. extra.Select(code => new SubscriptionEntry($"{code}-api", code, "ai-api", Start))],
        };
    }

    private static string Code(int number) => "demo-" + number.ToString("00000", CultureInfo.InvariantCulture);

    private async Task Import(string name, Stream content, UsageMapping mapping, CancellationToken cancel)
    {
        await using (content)
        {
            var id = await upload.Run(name, content, cancel);
            await import.Run(id, mapping, ImportMode.AllOrNothing, null, cancel);
        }
    }

    private static UsageMapping OneSubscription(string code) =>
        new()
        {
            TimestampColumn = "TIMESTAMP",
            TimestampFormat = Core.Usage.TimestampFormat.Iso8601,
            ZoneId = "UTC",
            SubscriptionCode = code,
            EventName = "request",
            Properties =
            [
                new("ContextTokens", "input_tokens", PropertyKind.Number),
                new("GeneratedTokens", "output_tokens", PropertyKind.Number),
            ],
        };

    private static UsageMapping ManySubscriptions() =>
        OneSubscription("") with
        {
            SubscriptionCode = null,
            SubscriptionColumn = "Subscription",
        };

    // The rows are dealt out in turn, so that every customer has a share of the month.
    private static MemoryStream Shared(int customers)
    {
        using var reader = new StreamReader(Resource("llm-trace-code.csv"), Encoding.UTF8);
        var text = new StringBuilder(reader.ReadLine()).Append(",Subscription\n");
        for (var row = 0; reader.ReadLine() is { } line; row++)
        {
            text.Append(line).Append(',').Append(Code((row % customers) + 1)).Append("-api\n");
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static Stream Resource(string name) =>
        typeof(DemoCompany).Assembly.GetManifestResourceStream("Demo/" + name)
        ?? throw new InvalidOperationException($"The resource {name} is missing from the assembly.");
}
