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
}
