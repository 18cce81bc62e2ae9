using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data.Usage;

/// <summary>A page of events, the last stored first.</summary>
/// <param name="Older">Where to go on; null when everything was looked at. A page that is not full has not come further yet.</param>
public sealed record EventPage(IReadOnlyList<StoredEvent> Events, long? Older);

/// <summary>
/// Finds events page by page in a time that does not grow with the number of events: by key, never by counting or skipping. Where nothing
/// but looking helps, so many events are looked at, and the caller is told where to go on.
/// </summary>
public static class UsageSearch
{
    private const long FirstWindow = 25_000;
    private const long MostLookedAt = 1_000_000;

    /// <summary>The events that <paramref name="query"/> asks for, the last stored first.</summary>
    /// <param name="take">At most so many.</param>
    public static async Task<EventPage> Page(this BackOfficeDb db, EventQuery query, int take, CancellationToken cancel = default)
    {
        var isFound = query.Subscription is not null || query.Late == true; // There is an index for it.
        var (low, high) = await Bounds(db, query, cancel);
        var events = new List<StoredEvent>();
        var lowest = isFound ? low : Math.Max(low, high - MostLookedAt);
        for (var window = isFound ? long.MaxValue : FirstWindow; high > lowest && events.Count <= take; window *= 2)
        {
            var floor = isFound ? lowest : Math.Max(lowest, high - window);
            var part = query with { Before = high, From = floor };
            await foreach (var e in db.Usage(part, EventOrder.LastStoredFirst, take: take + 1 - events.Count, cancel: cancel))
            {
                events.Add(e);
            }

            high = floor;
        }

        return events.Count > take
            ? new EventPage(events[..take], events[take - 1].Id)
            : new EventPage(events, high > low ? high : null);
    }

    /// <summary>The names of all events there are, in order.</summary>
    public static async Task<IReadOnlyList<string>> EventNames(this BackOfficeDb db, CancellationToken cancel = default)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = "SELECT name FROM usage_names ORDER BY name";
        await using var row = await command.ExecuteReaderAsync(cancel);
        var names = new List<string>();
        while (await row.ReadAsync(cancel))
        {
            names.Add(row.GetString(0));
        }

        return names;
    }

    /// <summary>The property sets in which events carry a property, by number.</summary>
    internal static async Task<IReadOnlyList<int>> SetsWith(BackOfficeDb db, string property, CancellationToken cancel)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = "SELECT no, content FROM usage_sets";
        await using var row = await command.ExecuteReaderAsync(cancel);
        var sets = new List<int>();
        while (await row.ReadAsync(cancel))
        {
            if (PropertySet.Parse(row.GetString(1)).Has(property))
            {
                sets.Add(row.GetInt32(0));
            }
        }

        return sets;
    }

    // Segments say where events of a time lie, so that a far day is found without looking at everything stored since.
    private static async Task<(long Low, long High)> Bounds(BackOfficeDb db, EventQuery query, CancellationToken cancel)
    {
        var (low, high) = await Range(db, "SELECT 1, COALESCE(MAX(id), 0) + 1 FROM usage_events", cancel);
        if (query.Import is { } import)
        {
            var (first, next) = await Range(
                db, "SELECT COALESCE(MIN(first_event), 0), COALESCE(MAX(next_event), 0) FROM usage_imports WHERE id = @import", cancel,
                ("import", import.Value));
            (low, high) = (Math.Max(low, first), Math.Min(high, next));
        }

        high = Math.Min(high, query.Before ?? long.MaxValue);
        if (query.Subscription is null && (query.FromMicros ?? query.ToMicros) is not null)
        {
            var (first, next) = await Range(
                db,
                """
                SELECT COALESCE(MIN(first_event), 0), COALESCE(MAX(next_event), 0) FROM usage_segments
                WHERE min_at < @to AND max_at >= @from AND first_event < @high AND next_event > @low
                """,
                cancel, ("to", query.ToMicros ?? long.MaxValue), ("from", query.FromMicros ?? long.MinValue), ("high", high), ("low", low));
            (low, high) = (Math.Max(low, first), Math.Min(high, next));
        }

        return (low, high);
    }

    private static async Task<(long Low, long High)> Range(
        BackOfficeDb db, string sql, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = sql;
        Array.ForEach(values, value => command.Add(value.Name, value.Value));
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (Number(row, 0), Number(row, 1)) : (0, 0);
    }

    private static long Number(DbDataReader row, int column) =>
        Convert.ToInt64(row.GetValue(column), System.Globalization.CultureInfo.InvariantCulture);
}
