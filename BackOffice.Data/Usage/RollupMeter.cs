using BackOffice.Core.Catalog;
using BackOffice.Core.Usage;

namespace BackOffice.Data.Usage;

/// <summary>Measures a metric from rollups, as far as they can tell: counts, sums, largest and latest values of a property.</summary>
/// <remarks>
/// Items, levels over time, expressions and what is carried from period to period are read from the events. So is a number that some
/// sender wrote as text, and an amount that events carry themselves.
/// </remarks>
internal sealed class RollupMeter(Metric metric)
{
    private readonly Meter _meter = new(metric);
    private long _withoutValue;

    public MetricId Metric => metric.Id;

    public Measured Result => _meter.Result with { WithoutValue = _withoutValue };

    /// <summary>Whether rollups can tell at all how this metric is measured.</summary>
    public static bool CanTell(Metric metric) => metric is { Expression: null, Recurring: false }
        && metric.Aggregation is (Aggregation.Count or Aggregation.Sum or Aggregation.Max or Aggregation.Latest);

    /// <returns>False when only the events can tell.</returns>
    /// <exception cref="ArithmeticException">The total needs more than 28 digits.</exception>
    public bool TryAdd(string name, PropertySet set, Rollup rollup)
    {
        if (metric.EventName is not null && metric.EventName != name)
        {
            return true;
        }

        if (set.Has(UsageEvent.CarriedAmountProperty))
        {
            return false;
        }

        if (metric.Aggregation == Aggregation.Count)
        {
            _meter.Merge(new CountState(rollup.Events));
            return true;
        }

        var number = Array.IndexOf(set.Numbers, metric.Property);
        if (number < 0 && !set.Has(metric.Property!))
        {
            _withoutValue += rollup.Events;
            return true;
        }

        return number >= 0 && StateOf(rollup.Numbers[number], rollup.Events) is { } state && Merge(state);
    }

    private MeterState? StateOf(in NumberTotals number, long events) => metric.Aggregation switch
    {
        Aggregation.Sum when !number.IsBeyond => new SumState(number.Sum, events),
        Aggregation.Max => new MaxState(number.Largest, events),
        Aggregation.Latest => new LatestState(new Reading(Micros.ToInstant(number.LatestAt), number.LatestId, number.Latest), events),
        _ => null,
    };

    private bool Merge(MeterState state)
    {
        _meter.Merge(state);
        return true;
    }
}
