using BackOffice.Core.Catalog;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Catalog;

public sealed class MetricTests
{
    [Fact]
    public void A_sum_names_the_property_it_adds_up()
    {
        var metric = Metric.Create(" input-tokens ", " Input tokens ", Aggregation.Sum, " input ", " tokens ", " completion ");

        Assert.Equal(("input-tokens", "Input tokens", "input", "tokens", "completion"),
            (metric.Code, metric.Name, metric.Property, metric.Unit, metric.EventName));
        Assert.Throws<RuleBroken>(() => Metric.Create("input-tokens", "Input tokens", Aggregation.Sum, " ", "tokens"));
    }

    [Fact]
    public void Counting_reads_no_property()
    {
        Assert.Null(Metric.Create("requests", "Requests", Aggregation.Count, "  ", "requests").Property);
        Assert.Throws<RuleBroken>(() => Metric.Create("requests", "Requests", Aggregation.Count, "input", "requests"));
    }

    [Fact]
    public void Only_what_people_read_can_change()
    {
        var metric = Metric.Create("requests", "Requests", Aggregation.Count, null, "requests");
        metric.Rename("API calls", "calls");

        Assert.Equal(("requests", "API calls", "calls"), (metric.Code, metric.Name, metric.Unit));
        Assert.Throws<RuleBroken>(() => metric.Rename("Calls", " "));
        Assert.Equal(("API calls", "calls"), (metric.Name, metric.Unit));
    }

    [Theory]
    [InlineData("", "Requests", "requests", "Metric code")]
    [InlineData("requests", " ", "requests", "Name")]
    [InlineData("requests", "Requests", "", "Unit")]
    public void Refuses_what_is_missing_and_names_it(string code, string name, string unit, string field) => Assert.StartsWith(
        field, Assert.Throws<RuleBroken>(() => Metric.Create(code, name, Aggregation.Count, null, unit)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(Aggregation.Count, "What was counted is over when the period is.")]
    [InlineData(Aggregation.Max, "A maximum is of its period.")]
    [InlineData(Aggregation.Latest, "So is a last value.")]
    public void Only_units_that_stay_are_carried_on(Aggregation aggregation, string why)
    {
        var property = aggregation == Aggregation.Count ? null : "v";
        var how = new Measuring { Recurring = true };
        var refusal = Record.Exception(() => Metric.Create("m", "M", aggregation, property, "units", null, how));

        Assert.True(refusal is RuleBroken, why);
    }

    [Fact]
    public void A_metric_reads_a_property_or_computes_an_expression()
    {
        var how = new Measuring { Expression = MetricExpression.Of("event.properties.a * 2") };

        Assert.Throws<RuleBroken>(() => Metric.Create("m", "M", Aggregation.Sum, "a", "units", null, how));
        Assert.Throws<RuleBroken>(() => Metric.Create("m", "M", Aggregation.Count, null, "units", null, how));
        Assert.Throws<RuleBroken>(() => Metric.Create("m", "M", Aggregation.UniqueCount, null, "units"));
        Assert.Equal(how.Expression, Metric.Create("m", "M", Aggregation.Sum, null, "units", null, how).Expression);
    }

    [Fact]
    public void Every_way_of_measuring_tells_metrics_apart()
    {
        Metric Of(Measuring how) => Metric.Create("m", "M", Aggregation.Sum, "v", "units", null, how);
        var plain = Of(new Measuring());

        Assert.True(plain.MeasuresLike(Of(new Measuring())));
        Assert.False(plain.MeasuresLike(Of(new Measuring { Recurring = true })));
        Assert.False(plain.MeasuresLike(Of(new Measuring { Rounding = new QuantityRounding(RoundingFunction.Ceil) })));
        Assert.False(plain.MeasuresLike(Of(new Measuring { FilterKeys = [new FilterKey("region", ["eu"])] })));
        Assert.Throws<RuleBroken>(() => new Measuring { FilterKeys = [new FilterKey("a", ["1"]), new FilterKey("a", ["2"])] });
    }
}
