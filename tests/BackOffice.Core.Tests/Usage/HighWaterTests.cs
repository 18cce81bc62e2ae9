using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Usage.Metering;

namespace BackOffice.Core.Tests.Usage;

public sealed class HighWaterTests
{
    [Theory]
    [InlineData("0", "0", "10", "10", "the first units are all new")]
    [InlineData("4", "10", "10", "4", "only what rises above the mark")]
    [InlineData("4", "10", "3", "0", "what comes back up to it is paid for")]
    [InlineData("10", "10", "-5", "0", "nothing is given back")]
    [InlineData("-3", "0", "5", "2", "a debt of units is filled first")]
    public void One_event_is_billed_above_the_mark(string level, string peak, string value, string billed, string why) =>
        Assert.True(D(billed) == HighWater.BilledUnits(D(level), D(peak), D(value)), why);

    [Theory]
    [InlineData(Aggregation.Sum, "2025-06-06 10|2025-06-07 -5|2025-06-08 2", "10", "7", "paid to the peak, seven are left")]
    [InlineData(Aggregation.Sum, "2025-05-06 4|2025-06-07 3", "7", "7", "what renewal billed, and three more")]
    [InlineData(Aggregation.UniqueCount, "2025-06-06 +a|2025-06-07 -a|2025-06-08 +b", "1", "1", "the paid seat covers its replacement")]
    [InlineData(Aggregation.UniqueCount, "2025-06-06 +a|2025-06-07 +b|2025-06-08 -a", "2", "1", "two at once are two")]
    public void A_period_is_billed_to_its_peak(Aggregation aggregation, string events, string peak, string level, string why)
    {
        var measured = Measure(MetricOf(aggregation, recurring: true), June, Events(events.Split('|')), MeterNeeds.Advance);

        Assert.True((measured.Quantity, measured.Level) == (D(peak), D(level)), why);
    }

    [Fact]
    public void Each_part_is_billed_from_its_day_to_the_end()
    {
        var measured = Measure(MetricOf(Aggregation.Sum, recurring: true), June,
            Events("2025-05-06 4", "2025-06-06 10", "2025-06-07 -5", "2025-06-21 8"), MeterNeeds.Advance | MeterNeeds.Days);

        Assert.Equal(["4×30", "10×25", "3×10"], measured.Parts.Select(part => FormattableString.Invariant($"{part.Quantity}×{part.Days}")));
    }

    [Fact]
    public void A_meter_says_what_each_event_was_billed_for()
    {
        var meter = new Meter(MetricOf(Aggregation.Sum), June, MeterNeeds.Advance);
        foreach (var usage in Events("2025-06-07 -5", "2025-06-06 10", "2025-06-08 8"))
        {
            meter.Add(usage);
        }

        Assert.Equal([10, 0, 3], meter.HighWater().Billed.Select(billed => billed.Units));
        Assert.Throws<InvalidOperationException>(() => new Meter(MetricOf(Aggregation.Sum), June).HighWater());
    }

    [Fact]
    public void Units_so_far_are_those_carried_in_and_the_most_that_was_billed() => Assert.Equal(11, HighWater.UnitsSoFar(5, 4, 4, 6));

    [Fact]
    public void What_is_billed_adds_up_to_the_highest_level() =>
        Gen.Select(Gen.Int[-20, 20], Gen.Int[-20, 20].Array[0, 20]).Sample((carried, values) =>
        {
            var readings = values.Select((value, i) => new Reading(At("2025-06-05"), i, value)).ToList();
            var mark = HighWater.Of(readings, carried);
            var levels = values.Aggregate(new List<int> { carried }, (list, value) => [.. list, list[^1] + value]);
            var billed = mark.Opening + mark.Billed.Sum(reading => reading.Units);
            return mark.Peak == Math.Max(0, levels.Max()) && billed == mark.Peak && mark.Level == levels[^1];
        }, iter: Cases);
}
