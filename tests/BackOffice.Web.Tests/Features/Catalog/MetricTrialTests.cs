using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Catalog;

namespace BackOffice.Web.Tests.Features.Catalog;

public sealed class MetricTrialTests
{
    private const string Rows = """
        timestamp,event,bytes,seat,operation_type
        2026-11-01T10:00:00Z,upload,1500000,anna,
        2026-11-02 11:30:00,upload,500000,bert,add
        2026-11-03T09:00:00+02:00,download,900000,anna,remove
        2026-11-04T09:00:00Z,upload,,anna,maybe
        """;

    [Theory]
    [InlineData("Sum", "bytes", null, "upload", 2_000_000, 2, "only uploads that carry bytes")]
    [InlineData("Count", null, null, null, 4, 4, "every event")]
    [InlineData("Max", "bytes", null, null, 1_500_000, 3, "the largest")]
    [InlineData("UniqueCount", "seat", null, null, 1, 3, "anna came and went, bert stays")]
    [InlineData("Sum", null, "ceil(event.properties.bytes / 1000000)", null, 4, 3, "started megabytes, each on its own")]
    public void A_metric_is_tried_on_pasted_events(
        string aggregation, string? property, string? expression, string? eventName, int quantity, int counting, string why)
    {
        var draft = new MetricDraft
        {
            Aggregation = Enum.Parse<Aggregation>(aggregation), Property = property, Computes = expression is not null,
            Expression = expression, EventName = eventName,
        };

        var trial = MetricTrial.Of(draft.TryMetric().Metric!, PastedEvents.Read(Rows));

        Assert.True((quantity, counting) == (trial.Measured!.Quantity, trial.Rows.Count(row => row.Counts)), why);
    }

    [Fact]
    public void What_does_not_count_says_why()
    {
        var sum = Metric.Create("b", "B", Aggregation.Sum, "seat", "units", "upload");

        var trial = MetricTrial.Of(sum, PastedEvents.Read(Rows));

        Assert.Equal(
            ["seat is no number: anna", "seat is no number: bert", "has another name, download", "seat is no number: anna"],
            trial.Rows.Select(row => row.Taken));
    }

    [Theory]
    [InlineData("", "Paste a row with the names of the columns, and below it 1 to 500 rows with events.")]
    [InlineData("a\tb\n1", "Row 2 has 1 columns, the first row names 2.")]
    [InlineData("time;x\nyesterday;1", "The time in row 2, \"yesterday\", is not written like 2026-11-01T13:30:00Z.")]
    public void Rows_that_are_no_events_are_refused_with_their_number(string pasted, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<RuleBroken>(() => PastedEvents.Read(pasted)).Message);

    [Theory]
    [InlineData("event.properties.a +", "At character 21: ")]
    [InlineData("event.properties.a", null)]
    public void An_expression_that_goes_wrong_names_the_place(string expression, string? start)
    {
        var mistake = new MetricDraft { Computes = true, Expression = expression }.ExpressionMistake();

        Assert.Equal(start is null, mistake is null);
        Assert.StartsWith(start ?? "", mistake ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_a_metric_says_is_taken_over()
    {
        var draft = new MetricDraft
        {
            Name = "Seats", Code = "seats", Unit = "seats", Aggregation = Aggregation.UniqueCount, Property = "seat", Recurring = true,
            Rounding = "Ceil", Places = 2, FilterKeys = { new() { Key = "region", Values = "eu, us" }, new() },
        };

        var how = draft.ToInput().How!;

        Assert.Equal((true, new QuantityRounding(RoundingFunction.Ceil, 2)), (how.Recurring, how.Rounding));
        Assert.Equal([new FilterKey("region", ["eu", "us"])], how.FilterKeys);
        Assert.Equal("rounded up to 2 decimal places", MetricDraft.RoundingWords(how.Rounding!));
    }
}
