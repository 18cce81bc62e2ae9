using BackOffice.Core.Usage;
using BackOffice.Web.Features.Catalog;

namespace BackOffice.Web.Tests.Features.Catalog;

public sealed class MetricEntryTests
{
    private const string Every = """
        { "metrics": [{
          "code": "storage", "name": "Storage", "aggregation": "weighted_sum", "unit": "GB", "eventName": "disk",
          "expression": "event.properties.bytes / 1000000000", "recurring": true, "rounding": { "function": "ceil", "precision": 2 },
          "filterKeys": [{ "key": "region", "values": ["eu", "us"] }] }] }
        """;

    [Fact]
    public void A_metric_in_a_file_has_every_field_and_goes_both_ways()
    {
        var metric = Assert.Single(CatalogFile.Parse(Every).Metrics).ToMetric();
        var again = MetricEntry.Of(metric).ToMetric();

        Assert.Equal((Aggregation.WeightedSum, true, "event.properties.bytes / 1000000000", "disk"),
            (metric.Aggregation, metric.Recurring, metric.Expression?.Text, metric.EventName));
        Assert.Equal(new QuantityRounding(RoundingFunction.Ceil, 2), metric.Rounding);
        Assert.Equal([new FilterKey("region", ["eu", "us"])], metric.FilterKeys);
        Assert.True(again.MeasuresLike(metric));
        Assert.Equal((metric.Code, metric.Name, metric.Unit), (again.Code, again.Name, again.Unit));
    }
}
