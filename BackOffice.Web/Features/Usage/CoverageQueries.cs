using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>What arrived for a metric on each day of a month.</summary>
/// <param name="Days">Events of each day, the first being the first of the month.</param>
/// <param name="Gaps">The days without an event that should have some: the metric has usage in the month, and the day is over.</param>
public sealed record CoverageRow(string Metric, string Name, IReadOnlyList<long> Days, long Total, IReadOnlySet<int> Gaps);

/// <summary>Events of a month that no metric measures, so that nobody can be billed for them.</summary>
public sealed record UnmatchedUsage(string Event, IReadOnlyList<string> Properties, long Events, LocalDate First, LocalDate Last);

/// <summary>Which usage arrived, in the company's days.</summary>
/// <param name="Subscription">The only subscription that is meant; null when there are several or all.</param>
/// <param name="Unknown">That there is no such customer, as a sentence.</param>
public sealed record Coverage(
    YearMonth Month, DateTimeZone Zone, IReadOnlyList<CoverageRow> Rows, IReadOnlyList<UnmatchedUsage> Unmatched,
    string? Subscription = null, string? Unknown = null)
{
    public int Gaps => Rows.SelectMany(row => row.Gaps).Distinct().Count();
}

/// <summary>Shows what arrived and what did not.</summary>
public sealed class CoverageQueries(IDbContextFactory<BackOfficeDb> dbs, UsageDays days, IClock clock)
{
    /// <param name="month">The current one if left out.</param>
    /// <param name="customer">The code of the only customer that is meant.</param>
    public async Task<Coverage> Month(YearMonth? month = null, string? customer = null, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var zone = await UsageQueries.CompanyZone(db, cancel);
        var today = clock.GetCurrentInstant().InZone(zone).Date;
        var shown = month ?? today.ToYearMonth();
        var all = new Coverage(shown, zone, [], []);
        List<(SubscriptionId Id, string Code)>? subscriptions = null;
        if (customer is { Length: > 0 })
        {
            var found = await db.Customers.Where(c => c.Code == customer).Select(c => c.Id).ToListAsync(cancel);
            if (found is not [var id])
            {
                return all with { Unknown = $"There is no customer with the code “{customer}”." };
            }

            subscriptions = [.. (await db.Subscriptions.AsNoTracking().Where(s => s.CustomerId == id).ToListAsync(cancel))
                .Select(s => (s.Id, s.Code))];
        }

        var usage = await days.Count(
            db, shown.OnDayOfMonth(1), shown.ToDateInterval().End, zone, subscriptions?.ConvertAll(s => s.Id), cancel);
        var metrics = await db.Metrics.AsNoTracking().OrderBy(m => m.Code).ToListAsync(cancel);
        return all with
        {
            Rows = [.. metrics.Select(metric => Row(metric, usage.Where(day => Measures(metric, day)), shown, today))],
            Unmatched = Unmatched(usage.Where(day => !metrics.Exists(metric => Measures(metric, day)))),
            Subscription = subscriptions is [var (_, code)] ? code : null,
        };
    }

    private static bool Measures(Metric metric, DayOfUsage day) => (metric.EventName ?? day.Event) == day.Event
        && (metric.Aggregation == Aggregation.Count || metric.Expression is not null || day.Properties.Contains(metric.Property!));

    private static CoverageRow Row(Metric metric, IEnumerable<DayOfUsage> usage, YearMonth month, LocalDate today)
    {
        var events = new long[month.ToDateInterval().Length];
        foreach (var day in usage)
        {
            events[day.Day.Day - 1] += day.Events;
        }

        var total = events.Sum();
        var gaps = Enumerable.Range(1, events.Length).Where(
            day => total > 0 && events[day - 1] == 0 && month.OnDayOfMonth(day) < today);
        return new CoverageRow(metric.Code, metric.Name, events, total, gaps.ToHashSet());
    }

    private static IReadOnlyList<UnmatchedUsage> Unmatched(IEnumerable<DayOfUsage> usage) =>
    [
        .. usage.GroupBy(day => (day.Event, Properties: string.Join(", ", day.Properties)))
            .Select(group => new UnmatchedUsage(
                group.Key.Event, group.First().Properties, group.Sum(day => day.Events), group.Min(day => day.Day),
                group.Max(day => day.Day)))
            .OrderByDescending(found => found.Events).ThenBy(found => found.Event, StringComparer.Ordinal),
    ];
}
