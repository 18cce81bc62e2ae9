using BackOffice.Core.Catalog;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>What the events of a place come to (guide §2.2).</summary>
internal static class NaiveMeter
{
    public static NaiveUnits Of(NaiveItem item, Metric metric, NaivePlace place)
    {
        var all = place.All.ToList();
        var carried = place.Inside.Aggregate(Fraction.Zero, (sum, e) => sum + e.Numbers[UsageEvent.CarriedAmountProperty]);
        return new NaiveUnits(
            Quantity(item, metric, place), all.Count, [.. all.Select(e => ValueOf(metric, e))], carried / item.Phase.Terms.Currency.Scale);
    }

    /// <summary>The number of an event; one when events are counted.</summary>
    public static decimal ValueOf(Metric metric, UsageEvent usage) => metric.Aggregation switch
    {
        Aggregation.Count => 1,
        Aggregation.UniqueCount => Removes(usage) ? -1 : 1,
        _ => usage.Numbers["units"],
    };

    public static bool Removes(UsageEvent usage) => usage.Texts.GetValueOrDefault(UsageEvent.OperationProperty) == "remove";

    /// <summary>Who is there when some events have happened.</summary>
    public static HashSet<string> There(IEnumerable<UsageEvent> events)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var usage in events)
        {
            _ = Removes(usage) ? there.Remove(usage.Texts["who"]) : there.Add(usage.Texts["who"]);
        }

        return there;
    }

    private static Fraction Quantity(NaiveItem item, Metric metric, NaivePlace place)
    {
        var values = place.Inside.Select(e => (Fraction)ValueOf(metric, e)).ToList();
        switch (metric.Aggregation)
        {
            case Aggregation.Max:
                return values.Append(0).Max();
            case Aggregation.Latest:
                return values.Count == 0 ? 0 : Fraction.Max(0, values[^1]);
            case Aggregation.UniqueCount:
                return There(place.All).Count;
            case Aggregation.WeightedSum:
                // Each change holds until the end; what was there before holds all the time.
                return place.All.Aggregate(Fraction.Zero, (sum, e) =>
                    sum + (e.Numbers["units"] * Ticks(item.UsageTo - Instant.Max(e.At, item.UsageFrom)) / Ticks(item.WholeDuration)));
            default:
                return place.All.Aggregate(Fraction.Zero, (sum, e) => sum + ValueOf(metric, e));
        }
    }

    private static Fraction Ticks(Duration time) => time.BclCompatibleTicks;
}
