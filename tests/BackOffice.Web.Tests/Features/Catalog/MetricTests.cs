using BackOffice.Core.Catalog;
using BackOffice.Core.Usage;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace BackOffice.Web.Tests.Features.Catalog;

public sealed class MetricTests
{
    [Fact]
    public async Task A_metric_is_listed_with_how_it_is_measured_and_who_uses_it()
    {
        await using var test = await TestOffice.Create();
        await test.AddMetric();
        var charge = new ChargeInput("Input", "input-tokens", Samples.InputTokenPrice);
        await test.AsApprover<SavePlan>(save => save.Run(null, Samples.Plan("ai-api", charge)));

        var row = Assert.Single(await test.Services.CreateScope().ServiceProvider.GetRequiredService<CatalogQueries>().Metrics());

        Assert.Equal(("Input tokens", "input-tokens", "tokens", 1), (row.Name, row.Code, row.Unit, row.Plans));
        Assert.Equal("Sum of ContextTokens over all events", row.InWords);
    }

    [Theory]
    [InlineData(Aggregation.Count, null, null, "Number of events")]
    [InlineData(Aggregation.Count, null, "call", "Number of \"call\" events")]
    [InlineData(Aggregation.Sum, "bytes", "upload", "Sum of bytes over all \"upload\" events")]
    [InlineData(Aggregation.Sum, " ", null, "Sum of … over all events")]
    [InlineData(Aggregation.Max, "GB", null, "Largest GB of all events")]
    [InlineData(Aggregation.Latest, "GB", "disk", "Last GB of all \"disk\" events")]
    [InlineData(Aggregation.UniqueCount, "seat", null, "Number of different seat in all events")]
    [InlineData(Aggregation.WeightedSum, "GB", null, "Average level of GB over time, from all events")]
    public void How_it_is_measured_is_said_in_words(Aggregation aggregation, string? property, string? eventName, string words) =>
        Assert.Equal(words, MetricRow.Words(aggregation, property, eventName));

    [Fact]
    public async Task Two_metrics_cannot_have_one_code()
    {
        await using var test = await TestOffice.Create();
        await test.AddMetric();

        var refusal = await Samples.Refused(() => test.AddMetric());

        Assert.Equal("There is a metric with the code input-tokens already. Choose another code.", refusal.Message);
    }

    [Fact]
    public async Task A_viewer_defines_nothing()
    {
        await using var test = await TestOffice.Create();
        var vera = await test.AddPerson("vera", Roles.Viewer);

        var refusal = await Samples.Refused(() =>
            test.As<CreateMetric>(vera, create => create.Run(new("calls", "Calls", Aggregation.Count, null, "calls"))));

        Assert.Equal("This needs the role Clerk or Approver or Admin. Ask an administrator.", refusal.Message);
    }

    [Fact]
    public async Task Everything_the_engine_measures_can_be_defined()
    {
        await using var test = await TestOffice.Create();
        var how = new Measuring { Recurring = true, Rounding = new QuantityRounding(RoundingFunction.Ceil) };

        await test.AsApprover<CreateMetric>(create =>
            create.Run(new("seats", "Seats", Aggregation.UniqueCount, "seat", "seats", "login", how)));

        await using var db = await test.Open();
        var metric = db.Metrics.Single();
        Assert.Equal((Aggregation.UniqueCount, true, how.Rounding), (metric.Aggregation, metric.Recurring, metric.Rounding));
    }
}
