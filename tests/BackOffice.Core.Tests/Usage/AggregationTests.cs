using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Usage.Metering;

namespace BackOffice.Core.Tests.Usage;

public sealed class AggregationTests
{
    [Theory]
    [InlineData(Aggregation.Count, "2025-06-01 7|2025-06-30T23:59:59.999999Z 1", "2", "the first and the last moment are in it")]
    [InlineData(Aggregation.Count, "2025-05-31T23:59:59.999999Z 7|2025-07-01 1", "0", "a microsecond before, and the end itself, are not")]
    [InlineData(Aggregation.Sum, "2025-06-02 1.5|2025-06-03 -2", "-0.5", "corrections are added like anything else")]
    [InlineData(Aggregation.Max, "2025-06-02 5|2025-06-03 20|2025-06-04 3", "20", "the largest, whenever it was")]
    [InlineData(Aggregation.Max, "", "0", "nothing happened")]
    [InlineData(Aggregation.Max, "2025-06-02 -5|2025-06-03 -7", "-5", "the largest of losses is a loss")]
    [InlineData(Aggregation.Latest, "2025-06-04 3|2025-06-02 10", "3", "the last by time, not by storing")]
    [InlineData(Aggregation.Latest, "2025-06-04 3|2025-06-04 8", "8", "of one moment, what was stored last")]
    [InlineData(Aggregation.Latest, "2025-06-04 -3", "0", "below zero counts as zero")]
    [InlineData(Aggregation.UniqueCount, "2025-06-04 +a|2025-06-05 +a|2025-06-05 +b", "2", "an item counts once")]
    [InlineData(Aggregation.UniqueCount, "2025-06-04 +a|2025-06-05 -a|2025-06-06 -a|2025-06-07 +a", "1", "it comes, goes and comes back")]
    [InlineData(Aggregation.UniqueCount, "2025-06-04 -a", "0", "what is not there cannot go")]
    [InlineData(Aggregation.WeightedSum, "2025-06-01 30|2025-06-16 -20", "20", "30 for half the time, 10 for the other half")]
    [InlineData(Aggregation.WeightedSum, "2025-06-10 4|2025-06-10 -4", "0", "a level that holds for no time weighs nothing")]
    [InlineData(Aggregation.WeightedSum, "2025-06-30T23:59:59.999999Z 2592000000000", "1", "a microsecond is one of 2,592,000,000,000")]
    public void What_events_of_June_add_up_to(Aggregation aggregation, string events, string quantity, string why)
    {
        var measured = Measure(MetricOf(aggregation), June, Events(events.Split('|', StringSplitOptions.RemoveEmptyEntries)));

        Assert.True(measured.Quantity == D(quantity), $"{why}: expected {quantity}, got {measured.Quantity}");
    }

    [Theory]
    [InlineData(Aggregation.Sum, "2025-05-01 5|2025-06-10 2", "7", "past units are still there")]
    [InlineData(Aggregation.UniqueCount, "2025-05-01 +a|2025-05-01 +b|2025-06-10 -a", "1", "an item of May leaves in June")]
    [InlineData(Aggregation.UniqueCount, "2025-05-01 +a|2025-06-10 +a", "1", "an item of May is added again in June")]
    [InlineData(Aggregation.WeightedSum, "2025-05-01 10|2025-06-16 10", "15", "the level of May holds until it changes")]
    public void A_recurring_metric_carries_units_into_June(Aggregation aggregation, string events, string quantity, string why)
    {
        var lines = events.Split('|');

        Assert.True(D(quantity) == Measure(MetricOf(aggregation, recurring: true), June, Events(lines)).Quantity, why);
        Assert.Equal(
            Measure(MetricOf(aggregation), June, Events(lines)).Quantity,
            Measure(MetricOf(aggregation), June, Events(lines).Where(usage => usage.At >= June.When.Start)).Quantity);
    }

    [Fact]
    public void State_from_a_store_carries_units_as_the_events_themselves_do()
    {
        var past = Events("2025-04-01 5", "2025-05-01 -2");
        var metric = MetricOf(Aggregation.Sum, recurring: true);
        var store = new Meter(metric);
        store.Add(past[0]);
        store.Add(past[1]);
        var meter = new Meter(metric, June);
        meter.Carry(store.State);
        meter.Add(Numbered(9, At("2025-06-05"), 4));

        Assert.Equal((7m, 3L), (meter.Result.Quantity, meter.Result.Events));
        Assert.Throws<RuleBroken>(() => new Meter(MetricOf(Aggregation.Sum), June).Carry(store.State));
    }

    [Fact]
    public void A_period_begins_and_ends_at_the_customers_midnight()
    {
        var window = Whole("2025-06-01", "2025-06-30", BerlinZone);
        var events = Events("2025-05-31T21:59:59Z 1", "2025-05-31T22:00:00Z 10", "2025-06-30T21:59:59Z 100", "2025-06-30T22:00:00Z 1000");

        Assert.Equal(110, Measure(MetricOf(Aggregation.Sum), window, events).Quantity);
    }

    [Theory]
    [InlineData("2025-03-01", "2025-03-31", 2_674_800, "clocks go forward: 31 days less an hour")]
    [InlineData("2025-10-01", "2025-10-31", 2_682_000, "clocks go back: 31 days and an hour")]
    [InlineData("2025-06-01", "2025-06-30", 2_592_000, "no change")]
    public void A_level_that_never_changes_is_the_average_also_when_clocks_do(string first, string last, int seconds, string why)
    {
        var window = Whole(first, last, BerlinZone);
        var measured = Measure(MetricOf(Aggregation.WeightedSum), window, [Numbered(1, window.When.Start, 1000)]);

        Assert.True(measured.Quantity == 1000, why);
        Assert.Equal(seconds, measured.Exact.Denominator);
    }

    [Fact]
    public void An_average_is_kept_as_what_is_divided_by_what()
    {
        var measured = Measure(MetricOf(Aggregation.WeightedSum), June, Events("2025-06-11 1"));

        Assert.Equal(new Quotient(1_728_000, 2_592_000), measured.Exact);
        Assert.Equal((D("0.6666666666666666666666666667"), 1m), (measured.Quantity, measured.Level));
    }

    [Fact]
    public void A_subscription_that_ends_inside_has_the_level_for_its_part_only()
    {
        var window = UsageWindow.Of(Days("2025-06-01", "2025-06-15"), Days("2025-06-01", "2025-06-30"), Utc);

        Assert.Equal(5, Measure(MetricOf(Aggregation.WeightedSum), window, Events("2025-06-01 10")).Quantity);
    }

    [Fact]
    public void An_average_needs_its_period() => Assert.Throws<InvalidOperationException>(() =>
        Measure(MetricOf(Aggregation.WeightedSum), null, Events("2025-06-01 10")));

    [Fact]
    public void What_cannot_be_read_does_not_count_and_says_why()
    {
        var sum = new Meter(MetricOf(Aggregation.Sum), June);
        var items = new Meter(MetricOf(Aggregation.UniqueCount), June);

        Assert.Equal(Exclusion.NotANumber, sum.Add(Texted(1, At("2025-06-05"), ("v", "foo_bar"))));
        Assert.Equal(Exclusion.NoValue, sum.Add(Texted(2, At("2025-06-05"), ("w", "1"))));
        Assert.Equal(Exclusion.OutsideWindow, sum.Add(Numbered(3, At("2025-07-01"), 1)));
        Assert.Null(sum.Add(Texted(4, At("2025-06-05"), ("v", "12.5"))));
        Assert.Equal(Exclusion.UnknownOperation, items.Add(Texted(5, At("2025-06-05"), ("v", "a"), ("operation_type", "delete"))));
        Assert.Equal(new Measured(D("12.5"), 1, 2), sum.Result);
        Assert.Equal(1, items.Result.WithoutValue);
    }

    [Fact]
    public void An_item_may_be_a_number() => Assert.Equal(2, Measure(
        MetricOf(Aggregation.UniqueCount), June, Events("2025-06-04 7", "2025-06-05 7.0", "2025-06-05 8")).Quantity);

    [Fact]
    public void Values_are_handed_over_in_order_of_time_then_of_storing() => Assert.Equal(
        [3, 1, 2],
        Measure(MetricOf(Aggregation.Sum), June, Events("2025-06-04 1", "2025-06-04 2", "2025-06-03 3"), MeterNeeds.Values).Values);

    [Fact]
    public void What_events_say_they_cost_is_added_up_in_major_units()
    {
        UsageEvent Priced(long id, decimal cents) => new(id, "event", At("2025-06-05"),
            new Dictionary<string, decimal> { ["v"] = 1, [UsageEvent.CarriedAmountProperty] = cents });

        var units = Measure(MetricOf(Aggregation.Sum), June, [Priced(1, D("12.5")), Priced(2, 100)]).ToUnits(Eur);

        Assert.Equal((2m, D("1.125")), (units.Quantity, units.CarriedAmount));
    }

    [Theory]
    [InlineData(4, 2, "12,24", "no more than the free events")]
    [InlineData(4, 0, "12,24,36", "with the one that crosses the free units")]
    public void Running_totals_end_with_the_allowance(int events, int freeEvents, string totals, string why) =>
        Assert.True(totals == string.Join(',', RunningTotal.Of([.. Enumerable.Repeat(12m, events)], freeEvents, 30)), why);
}
