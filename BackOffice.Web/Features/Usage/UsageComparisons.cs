using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Sets a file beside the month before it, so that a doubled or halved month is seen before it is stored.</summary>
internal static class UsageComparisons
{
    private const int Listed = 50;

    public static async Task<IReadOnlyList<UsageComparison>> Make(
        BackOfficeDb db, CheckDetails details, Instant? first, CancellationToken cancel)
    {
        if (first is not { } start || details.Totals.Count == 0)
        {
            return [];
        }

        var zone = await UsageQueries.CompanyZone(db, cancel);
        var month = start.InZone(zone).Date.With(DateAdjusters.StartOfMonth);
        var before = new Interval(zone.AtStartOfDay(month.PlusMonths(-1)).ToInstant(), zone.AtStartOfDay(month).ToInstant());
        var metrics = (await db.Metrics.AsNoTracking().Where(m => m.Property != null).ToListAsync(cancel))
            .GroupBy(m => m.Property!).ToDictionary(g => g.Key, g => string.Join(", ", g.Select(m => m.Name)));
        var rows = new List<UsageComparison>();
        foreach (var group in details.Totals.GroupBy(total => total.Key.Subscription).OrderByDescending(g => g.Sum(t => Math.Abs(t.Value))))
        {
            if (rows.Count >= Listed)
            {
                break;
            }

            var (subscription, customer) = await Of(db, group.Key, cancel);
            var stored = await Sums(db, subscription, before, cancel);
            rows.AddRange(group.OrderBy(total => total.Key.Property, StringComparer.Ordinal).Select(total => new UsageComparison(
                group.Key, customer, total.Key.Property, metrics.GetValueOrDefault(total.Key.Property, ""), total.Value,
                stored.TryGetValue(total.Key.Property, out var sum) ? sum : null)));
        }

        return rows;
    }

    private static async Task<(SubscriptionId Id, string Customer)> Of(BackOfficeDb db, string code, CancellationToken cancel)
    {
        var found = await db.Subscriptions.Where(s => s.Code == code)
            .Join(db.Customers, s => s.CustomerId, c => c.Id, (s, c) => new { s.Id, c.Name }).SingleAsync(cancel);
        return (found.Id, found.Name);
    }

    private static async Task<Dictionary<string, decimal>> Sums(
        BackOfficeDb db, SubscriptionId subscription, Interval when, CancellationToken cancel)
    {
        var sums = new Dictionary<string, decimal>(StringComparer.Ordinal);
        await foreach (var usage in db.BillableEvents(subscription, when, cancel: cancel))
        {
            foreach (var (name, value) in usage.Numbers)
            {
                sums[name] = Core.Common.Exact.Add(sums.GetValueOrDefault(name), value);
            }
        }

        return sums;
    }
}
