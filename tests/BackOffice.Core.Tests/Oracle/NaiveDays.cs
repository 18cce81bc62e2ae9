using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Units that cost their share of days (guide §3.1, §4): day after day, what is there on it costs a day of the period.</summary>
internal static class NaiveDays
{
    /// <summary>Whether the guide says what a part of the days costs.</summary>
    public static bool Know(Price price) => price is PerUnitPrice or VolumePrice
        || (price is GraduatedPrice graduated && graduated.Tiers.All(tier => tier.BlockSize is null));

    /// <summary>Units by day at a price; tiers fill by what is there, flat fees are due in full for every tier that was reached.</summary>
    /// <param name="last">How many there are at the end: they choose the tier of a volume price.</param>
    /// <param name="most">The most there were at any moment.</param>
    public static Fraction Of(Price price, IReadOnlyList<Fraction> byDay, int ofDays, Fraction last, Fraction most) => price switch
    {
        PerUnitPrice each => Sum(byDay) * each.UnitPrice / each.Per / ofDays,
        VolumePrice volume => volume.Tiers.First(tier => tier.UpTo is not { } upTo || last <= upTo) is var tier
            ? (Sum(byDay) * tier.UnitPrice / volume.Per / ofDays) + tier.Flat : 0,
        GraduatedPrice graduated => (Sum([.. byDay.Select(units => Filled(graduated, units))]) / ofDays) + Flats(graduated, most),
        _ => throw new NotSupportedException($"The oracle does not prorate {price}."),
    };

    /// <summary>What the days of a recurring metric cost; nothing when fewer than none are left.</summary>
    public static Fraction Of(NaiveItem item, Metric metric, NaivePlace place) => metric.Aggregation == Aggregation.UniqueCount
        ? OfItems(item, place)
        : OfSums(item, metric, place);

    // An event counts from its day on.
    private static Fraction OfSums(NaiveItem item, Metric metric, NaivePlace place)
    {
        var carried = place.Before.Aggregate(Fraction.Zero, (sum, e) => sum + NaiveMeter.ValueOf(metric, e));
        var days = Enumerable.Range(0, item.Days).Select(item.From.PlusDays).ToList();
        var levels = days.Select(day => place.Inside.Where(e => DayOf(item, e) <= day)
            .Aggregate(carried, (sum, e) => sum + NaiveMeter.ValueOf(metric, e))).ToList();
        var running = carried;
        var most = Fraction.Max(0, carried);
        foreach (var usage in place.Inside)
        {
            running += NaiveMeter.ValueOf(metric, usage);
            most = Fraction.Max(most, running);
        }

        return running < 0 ? 0 : Of(place.Price, levels, item.Whole.Days, running, most);
    }

    // A person costs every day on which he was there, however shortly; tiers fill in the order of coming.
    private static Fraction OfItems(NaiveItem item, NaivePlace place)
    {
        var there = NaiveMeter.There(place.Before);
        if (place.Price is GraduatedPrice graduated)
        {
            return ItemsInTiers(item, place, graduated, there);
        }

        var byDay = new List<Fraction>();
        for (var i = 0; i < item.Days; i++)
        {
            var today = place.Inside.Where(e => DayOf(item, e) == item.From.PlusDays(i)).ToList();
            var now = new HashSet<string>(there, StringComparer.Ordinal);
            foreach (var usage in today)
            {
                _ = NaiveMeter.Removes(usage) ? there.Remove(usage.Texts["who"]) : there.Add(usage.Texts["who"]);
                now.UnionWith(there);
            }

            byDay.Add(now.Count);
        }

        var last = NaiveMeter.There(place.All).Count;
        return Of(place.Price, byDay, item.Whole.Days, last, 0);
    }

    private static Fraction ItemsInTiers(NaiveItem item, NaivePlace place, GraduatedPrice price, HashSet<string> there)
    {
        var (sum, most) = (Filled(price, there.Count) * item.Days, there.Count);
        var paidUntil = new Dictionary<string, LocalDate>(StringComparer.Ordinal);
        foreach (var usage in place.Inside)
        {
            var (who, before, day) = (usage.Texts["who"], there.Count, DayOf(item, usage));
            var removes = NaiveMeter.Removes(usage);
            if (removes ? !there.Remove(who) : !there.Add(who))
            {
                continue;
            }

            var from = removes ? paidUntil[who] = day.PlusDays(1) : LocalDate.Max(day, paidUntil.GetValueOrDefault(who, day));
            var days = Math.Max(0, NodaTime.Period.DaysBetween(from, item.From.PlusDays(item.Days)));
            sum += (Filled(price, there.Count) - Filled(price, before)) * days;
            most = Math.Max(most, there.Count);
        }

        return (sum / item.Whole.Days) + Flats(price, most);
    }

    // The day an event is on; what came before the first day that is billed counts from that.
    private static LocalDate DayOf(NaiveItem item, UsageEvent usage) => LocalDate.Max(item.From, usage.At.InZone(item.Life.Zone).Date);

    private static Fraction Filled(GraduatedPrice price, Fraction units)
    {
        Fraction sum = 0;
        Fraction from = 0;
        foreach (var tier in price.Tiers)
        {
            var inside = (tier.UpTo is { } upTo ? Fraction.Min(units, upTo) : units) - from;
            sum += (from > 0 ? Fraction.Max(0, inside) : inside) * tier.UnitPrice / price.Per;
            from = tier.UpTo ?? from;
        }

        return sum;
    }

    private static Fraction Flats(GraduatedPrice price, Fraction most)
    {
        var reached = price.Tiers.TakeWhile((_, i) => i == 0 || most > price.Tiers[i - 1].UpTo!.Value);
        return reached.Aggregate(Fraction.Zero, (sum, tier) => sum + tier.Flat);
    }

    private static Fraction Sum(IEnumerable<Fraction> all) => all.Aggregate(Fraction.Zero, (sum, each) => sum + each);
}
