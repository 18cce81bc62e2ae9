using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Usage that is billed as it happens (guide §3.2): what each event makes the period dearer than it has been.</summary>
internal sealed class NaiveAdvance(IReadOnlyDictionary<MetricId, Metric> metrics, IReadOnlyList<IReadOnlyList<UsageEvent>> usage)
{
    /// <summary>The items of a life, with their lines.</summary>
    public IEnumerable<NaiveItem> Of(int number, SubscriptionLife life, Instant through) =>
        from phase in life.Phases
        from charge in phase.Terms.Charges
        where charge.Settings.PayInAdvance
        from window in NaiveItems.Used(number, life, phase)
        where window.UsageFrom <= through
        from item in Within(window, charge, through)
        where item.DueAt <= through && !(item.Life.BillFrom is { } first && item.DueAt.InZone(life.Zone).Date < first)
        select item;

    private List<NaiveItem> Within(NaiveItem window, Charge charge, Instant through)
    {
        var metric = metrics[charge.MetricId];
        var items = NaivePlaces.Of(charge, metric, usage[window.LifeNumber], window.UsageFrom, window.UsageTo)
            .SelectMany(place => InPlace(window, charge, metric, place))
            .OrderBy(each => each.Item.DueAt).ThenBy(each => each.Item.Part, StringComparer.Ordinal).ToList();
        Fraction used = 0;
        foreach (var (item, asked, words) in items.Where(each => each.Item.DueAt <= through))
        {
            var amount = NaiveUsage.WithinMaximum(charge, used, Fraction.Max(0, asked));
            used += amount;
            if (amount > 0)
            {
                item.Lines.Add(NaiveLine.Of(item, charge.Name, amount, metric.Code, metric.Code, charge.Settings.TaxCodes) with
                {
                    Words = words,
                });
            }
        }

        return [.. items.Select(each => each.Item)];
    }

    private static IEnumerable<(NaiveItem Item, Fraction Amount, string Words)> InPlace(
        NaiveItem window, Charge charge, Metric metric, NaivePlace place)
    {
        var there = NaiveMeter.There(place.Before);
        var level = metric.Aggregation == Aggregation.UniqueCount ? there.Count
            : place.Before.Aggregate(Fraction.Zero, (sum, e) => sum + NaiveMeter.ValueOf(metric, e));
        var units = new NaiveUnits(0, 0, [], 0);
        if (level > 0)
        {
            units = new NaiveUnits(level, place.Before.Count, [.. place.Before.Select(e => NaiveMeter.ValueOf(metric, e))], 0);
            yield return Item(window, charge, metric, place, "renewal", window.UsageFrom, new(0, 0, [], 0), units);
        }

        foreach (var usage in place.Inside)
        {
            if (metric.Aggregation == Aggregation.UniqueCount)
            {
                var changes = NaiveMeter.Removes(usage) ? there.Remove(usage.Texts["who"]) : there.Add(usage.Texts["who"]);
                if (!changes)
                {
                    continue;
                }
            }

            level += NaiveMeter.ValueOf(metric, usage);
            var after = new NaiveUnits(
                Fraction.Max(units.Quantity, level), units.Events + 1, [.. units.Values, NaiveMeter.ValueOf(metric, usage)],
                units.Carried + (usage.Numbers[UsageEvent.CarriedAmountProperty] / window.Phase.Terms.Currency.Scale));
            yield return Item(window, charge, metric, place, $"{usage.Id}", usage.At, units, after);
            units = after;
        }
    }

    private static (NaiveItem Item, Fraction Amount, string Words) Item(
        NaiveItem window, Charge charge, Metric metric, NaivePlace place, string what, Instant at, NaiveUnits before, NaiveUnits after)
    {
        var day = LocalDate.Max(at.InZone(window.Life.Zone).Date, window.From);
        var left = Math.Max(0, NodaTime.Period.DaysBetween(day, window.From.PlusDays(window.Days)));
        var byTheDay = charge.Settings.Prorated && metric.Recurring;
        var item = window with
        {
            Kind = DueKind.UsageInAdvance,
            Part = $"{metric.Code}:{what}{(place.Id == "-1:" ? "" : ":" + place.Id)}",
            From = day,
            Days = byTheDay ? Math.Max(1, left) : 1,
            DueAt = at,
        };
        var amount = byTheDay && NaiveDays.Know(place.Price)
            ? For(place.Price, after, left, window) - For(place.Price, before, left, window)
            : Cost(place.Price, after) - Cost(place.Price, before);
        return (item, left == 0 && byTheDay && NaiveDays.Know(place.Price) ? 0 : amount, place.Words);
    }

    // Before the first unit nothing is owed, no flat fee either.
    private static Fraction Cost(Price price, NaiveUnits units) =>
        units is { Events: 0, Quantity: var quantity } && quantity == Fraction.Zero ? 0 : NaivePrices.Of(price, units);

    private static Fraction For(Price price, NaiveUnits units, int days, NaiveItem window) =>
        units is { Events: 0, Quantity: var quantity } && quantity == Fraction.Zero
            ? 0
            : NaivePrices.ForDays(price, units.Quantity, new Fraction(days, window.Whole.Days));
}
