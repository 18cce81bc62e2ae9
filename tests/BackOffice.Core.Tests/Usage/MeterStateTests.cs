using BackOffice.Core.Catalog;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Usage.Metering;

namespace BackOffice.Core.Tests.Usage;

/// <summary>Laws that hold for any usage: how it is cut into files, days and periods never matters.</summary>
public sealed class MeterStateTests
{
    /// <summary>Events of May to July; many share a moment, so that the order of storing decides.</summary>
    private static readonly Gen<UsageEvent[]> Usage = Gen.Select(Gen.Int[0, 90 * 4], Gen.Int[-40, 60], Gen.Int[0, 4], Gen.Bool).Array[0, 30]
        .Select(rows => rows.Select((row, i) => new UsageEvent(
            i, "event", At("2025-05-01") + Duration.FromHours(6 * row.Item1),
            new Dictionary<string, decimal> { ["n"] = row.Item2 / 4m },
            new Dictionary<string, string>
            {
                ["v"] = row.Item3.ToString(System.Globalization.CultureInfo.InvariantCulture),
                [UsageEvent.OperationProperty] = row.Item4 ? "add" : "remove",
            })).ToArray());

    private static Metric MetricFor(Aggregation aggregation) => Metric.Create(
        "metric", "Metric", aggregation, aggregation switch
        {
            Aggregation.Count => null,
            Aggregation.UniqueCount => "v",
            _ => "n",
        }, "units", null, new Measuring { Recurring = aggregation.MayRecur() });

    [Fact]
    public void The_order_of_events_changes_nothing() =>
        Gen.Select(Usage, Gen.Enum<Aggregation>(), Gen.Int[0, 7]).Sample((usage, aggregation, needs) =>
    {
        var metric = MetricFor(aggregation);
        var wanted = aggregation.MayBeProrated() ? (MeterNeeds)needs : MeterNeeds.Values;
        var shuffled = usage.OrderBy(e => (e.Id * 7919) % 31).ThenByDescending(e => e.Id);
        return Alike(Measure(metric, June, usage, wanted), Measure(metric, June, shuffled, wanted));
    }, iter: Cases);

    [Fact]
    public void Parts_merged_in_any_order_are_the_whole() =>
        Gen.Select(Usage, Gen.Enum<Aggregation>(), Gen.Int[1, 5]).Sample((usage, aggregation, files) =>
    {
        var metric = MetricFor(aggregation);
        var whole = StateOf(metric, usage);
        var parts = usage.GroupBy(e => e.Id % files).Select(part => StateOf(metric, part)).Reverse();
        var merged = parts.Aggregate(MeterState.Empty(aggregation), (sum, part) => part.Merge(sum));
        return merged.Equals(whole) && merged.Events == usage.Length && merged.Finish(June).Equals(whole.Finish(June));
    }, iter: Cases);

    [Fact]
    public void A_state_per_period_measures_what_the_events_measure() =>
        Gen.Select(Usage, Gen.Enum<Aggregation>()).Sample((usage, aggregation) =>
    {
        var metric = MetricFor(aggregation);
        var meter = new Meter(metric, June);
        if (metric.Recurring)
        {
            meter.Carry(StateOf(metric, usage.Where(e => e.At < June.When.Start)));
        }

        meter.Merge(StateOf(metric, usage.Where(e => June.When.Contains(e.At))));
        return Alike(meter.Result, Measure(metric, June, usage));
    }, iter: Cases);

    [Fact]
    public void There_are_never_fewer_than_no_items() => Usage.Sample(usage =>
        Measure(MetricFor(Aggregation.UniqueCount), June, usage, MeterNeeds.Days)
            is { Quantity: >= 0, Prorated.Numerator: >= 0 }, iter: Cases);

    [Fact]
    public void An_average_lies_between_the_lowest_and_the_highest_level() => Usage.Sample(usage =>
    {
        var level = usage.Where(e => e.At <= June.When.Start).Sum(e => e.Numbers["n"]);
        var levels = usage.Where(e => e.At > June.When.Start && e.At < June.When.End).OrderBy(e => e.At).ThenBy(e => e.Id)
            .Aggregate(new List<decimal> { level }, (list, e) => [.. list, list[^1] + e.Numbers["n"]]);
        var average = Measure(MetricFor(Aggregation.WeightedSum), June, usage).Exact;
        return levels.Min() * average.Denominator <= average.Numerator && average.Numerator <= levels.Max() * average.Denominator;
    }, iter: Cases);

    [Fact]
    public void An_average_agrees_with_adding_up_every_stretch() => Usage.Sample(usage =>
    {
        var (area, level, at) = (0m, 0m, June.When.Start);
        foreach (var e in usage.Where(e => e.At < June.When.End).OrderBy(e => e.At))
        {
            var next = Instant.Max(e.At, June.When.Start);
            area += level * (decimal)(next - at).BclCompatibleTicks;
            (level, at) = (level + e.Numbers["n"], next);
        }

        area += level * (decimal)(June.When.End - at).BclCompatibleTicks;
        return Measure(MetricFor(Aggregation.WeightedSum), June, usage).Exact.Numerator * 10_000_000 == area;
    }, iter: Cases);

    [Fact]
    public void States_of_different_aggregations_do_not_mix() => Assert.Throws<ArgumentException>(() =>
        MeterState.Empty(Aggregation.Sum).Merge(MeterState.Empty(Aggregation.Max)));

    [Fact]
    public void Items_are_read_back_from_the_rows_of_a_store()
    {
        var state = (ItemsState)MeterState.Empty(Aggregation.UniqueCount)
            .With(Reading.Add("a", At("2025-06-01"), 1)).With(Reading.Add("b", At("2025-06-01"), 2))
            .With(Reading.Remove("a", At("2025-06-02"), 3));

        Assert.Equal(state, ItemsState.Of(state.Last.Values, state.Count));
        Assert.Equal(1, state.Level);
    }

    [Fact]
    public void A_total_that_would_have_to_be_rounded_is_refused() => Assert.Throws<ArithmeticException>(() =>
        MeterState.Empty(Aggregation.Sum).With(D("79228162514264337593543950335"), Now, 1).With(D("0.4"), Now, 2));

    private static MeterState StateOf(Metric metric, IEnumerable<UsageEvent> usage)
    {
        var meter = new Meter(metric);
        foreach (var e in usage)
        {
            meter.Add(e);
        }

        return meter.State;
    }

    private static bool Alike(Measured a, Measured b) =>
        a with { Values = [], Parts = [] } == b with { Values = [], Parts = [] }
        && a.Values.SequenceEqual(b.Values) && a.Parts.SequenceEqual(b.Parts);
}
