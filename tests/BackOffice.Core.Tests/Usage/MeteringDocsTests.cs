using System.Text.RegularExpressions;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Usage.Metering;

namespace BackOffice.Core.Tests.Usage;

/// <summary>The worked numbers of docs/domain/metering.md, computed.</summary>
public sealed partial class MeteringDocsTests
{
    [Fact]
    public void The_example_is_what_the_engine_measures()
    {
        foreach (var row in Rows("An example"))
        {
            Assert.Equal(row[2], Plain(Measure(MetricOf(Kind(row[0])), June, Events(Quoted(row[1]))).Quantity));
        }
    }

    [Fact]
    public void The_days_are_what_the_engine_counts()
    {
        foreach (var row in Rows("By the day"))
        {
            var measured = Measure(MetricOf(Kind(row[0]), recurring: true), June, Events(Quoted(row[1])), MeterNeeds.Days);

            var parts = measured.Parts.Select(part => FormattableString.Invariant($"{part.Quantity}×{part.Days}"));
            Assert.Equal(row[2], string.Join(' ', parts));
            Assert.Equal(row[3], measured.Prorated.ToString());
        }
    }

    [Fact]
    public void The_peak_is_what_the_engine_bills()
    {
        var rows = Rows("As it comes");
        var mark = HighWater.Of([.. rows.Select((row, i) => new Reading(Now, i, D(row[0])))], carried: 4);

        Assert.Equal(rows.Select(row => row[2]), mark.Billed.Select(billed => Plain(billed.Units)));
        Assert.Equal((rows[^1][1], rows[^1][3]), (Plain(mark.Level), Plain(mark.Peak)));
    }

    [Fact]
    public void The_expressions_have_these_values()
    {
        var usage = new UsageEvent(1, "event", Now, new Dictionary<string, decimal> { ["a"] = 7, ["b"] = 2 });
        foreach (var row in Rows("Expressions"))
        {
            Assert.Equal(row[1], MetricExpression.Of(Quoted(row[0])[0]).Evaluate(usage)!.Value.AsText());
        }
    }

    /// <summary>The rows of the table under a heading; there is always one, or the test would prove nothing.</summary>
    private static IReadOnlyList<string[]> Rows(string heading)
    {
        var rows = File.ReadLines(Path.Combine(Root(), "docs", "domain", "metering.md")).SkipWhile(line => line != "## " + heading).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToList();
        Assert.NotEmpty(rows);
        return rows;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "BackOffice.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private static Aggregation Kind(string name) => Enum.Parse<Aggregation>(name);

    private static string[] Quoted(string cell) => [.. Quotes().Matches(cell).Select(match => match.Groups[1].Value)];

    private static string Plain(decimal value) => ExactDecimal.Format(value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quotes();
}
