using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>The usage of a charge that is priced on its own: what met one filter and has one combination of group values.</summary>
/// <param name="Id">How the item of one event names the place.</param>
/// <param name="Before">What happened before the window and is carried in; in order of time, as <paramref name="Inside"/>.</param>
internal sealed record NaivePlace(
    int Filter, string Id, string Words, Price Price, IReadOnlyList<UsageEvent> Before, IReadOnlyList<UsageEvent> Inside)
{
    public IEnumerable<UsageEvent> All => Before.Concat(Inside);
}

/// <summary>Sorts events by guide §2.3: the filter with most keys, the first of equals; a missing group value is a value.</summary>
internal static class NaivePlaces
{
    /// <summary>Filters in their order, then what met none; within a filter, groups by their first event.</summary>
    public static IReadOnlyList<NaivePlace> Of(
        Charge charge, Metric metric, IEnumerable<UsageEvent> events, Instant from, Instant to)
    {
        var relevant = events.Where(e => e.Name == metric.EventName && e.At < to && (e.At >= from || metric.Recurring))
            .OrderBy(e => e.At).ThenBy(e => e.Id).ToList();
        var filters = charge.Settings.Filters.Select(each => each.Filter).ToList();
        var places = new List<NaivePlace>();
        for (var place = 0; place <= filters.Count; place++)
        {
            var met = place == filters.Count ? -1 : place;
            var keys = (met < 0 ? null : filters[met].GroupKeys) ?? charge.Settings.GroupKeys;
            var mine = relevant.Where(e => FilterOf(filters, metric, e) == met).ToList();
            var groups = keys.Count == 0 ? [(mine, "", "")] : mine
                .GroupBy(e => string.Join('|', keys.Select(key => ValueOf(e, key) ?? "?")))
                .Select(group => (
                    group.ToList(),
                    string.Join('\u001f', keys.Select(key => ValueOf(group.First(), key) ?? "\u001e")),
                    string.Join(", ", keys.Select(key => $"{key}: {ValueOf(group.First(), key) ?? "none"}"))));
            foreach (var (inGroup, id, words) in groups)
            {
                places.Add(new NaivePlace(
                    met, $"{met}:{id}", $"{(met < 0 ? "" : filters[met].Name)}/{words}",
                    met < 0 ? charge.Price : charge.Settings.Filters[met].Price,
                    [.. inGroup.Where(e => e.At < from)], [.. inGroup.Where(e => e.At >= from)]));
            }
        }

        return places;
    }

    private static int FilterOf(List<ChargeFilter> filters, Metric metric, UsageEvent usage)
    {
        var best = -1;
        for (var i = 0; i < filters.Count; i++)
        {
            var matches = filters[i].Conditions.All(condition => ValueOf(usage, condition.Key) is { } value
                && (condition.Values ?? metric.FilterKeys.Single(known => known.Key == condition.Key).Values).Contains(value));
            if (matches && (best < 0 || filters[i].Conditions.Count > filters[best].Conditions.Count))
            {
                best = i;
            }
        }

        return best;
    }

    private static string? ValueOf(UsageEvent usage, string key) => usage.Texts.GetValueOrDefault(key);
}
