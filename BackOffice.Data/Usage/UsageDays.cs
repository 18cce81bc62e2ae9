using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using BackOffice.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Data.Usage;

/// <summary>How many events of a name, with the same properties, there are on a day.</summary>
/// <param name="Properties">The names of the properties they carry.</param>
public sealed record DayOfUsage(string Event, IReadOnlyList<string> Properties, LocalDate Day, long Events);

/// <summary>Counts the events of each day.</summary>
/// <remarks>
/// Events never change, so what a block of a hundred thousand of them counts is remembered: a month of ten million events is read once,
/// afterwards only what was stored since. Blocks without an event of the asked days are never read; segments tell.
/// </remarks>
public sealed class UsageDays
{
    private const long BlockEvents = 100_000;
    private const long QuarterMicros = 900_000_000; // No zone's offset is finer.
    private const int MostBlocks = 4_000;
    private const int MostKept = 3_000; // Of a block; one that tells more is counted again.

    private readonly ConcurrentDictionary<(long Block, string Zone), IReadOnlyList<DayOfUsage>> _blocks = [];
    private long _undone = -1;

    /// <summary>What there is from the first to the last of these days, in <paramref name="zone"/>.</summary>
    /// <param name="subscriptions">Only theirs, read each time; null counts everybody's.</param>
    public async Task<IReadOnlyList<DayOfUsage>> Count(
        BackOfficeDb db, LocalDate first, LocalDate last, DateTimeZone zone, IReadOnlyCollection<SubscriptionId>? subscriptions = null,
        CancellationToken cancel = default)
    {
        var (from, to) = (Micros.Of(zone.AtStartOfDay(first).ToInstant()), Micros.Of(zone.AtStartOfDay(last.PlusDays(1)).ToInstant()));
        var all = new List<DayOfUsage>();
        if (subscriptions is null)
        {
            await ForgetAfterUndo(db, cancel);
            foreach (var block in await Blocks(db, from, to, cancel))
            {
                all.AddRange(await Block(db, block, zone, cancel));
            }
        }

        foreach (var subscription in subscriptions ?? [])
        {
            all.AddRange(await Read(
                db,
                """
                 FROM usage_segments g JOIN usage_events e ON e.id >= g.first_event AND e.id < g.next_event
                 WHERE g.subscription = (SELECT no FROM usage_subscriptions WHERE id = @subscription)
                 AND g.max_at >= @from AND g.min_at < @to AND e.at_micros >= @from AND e.at_micros < @to
                """,
                zone, cancel, ("subscription", subscription.Value), ("from", from), ("to", to)));
        }

        return Together(all.Where(day => day.Day >= first && day.Day <= last));
    }

    private async Task<IReadOnlyList<DayOfUsage>> Block(BackOfficeDb db, long block, DateTimeZone zone, CancellationToken cancel)
    {
        if (_blocks.TryGetValue((block, zone.Id), out var known))
        {
            return known;
        }

        (string, object)[] range = [("first", block * BlockEvents), ("next", (block + 1) * BlockEvents)];
        var days = await Read(db, " FROM usage_events e WHERE e.id >= @first AND e.id < @next", zone, cancel, range);
        var isFull = await Number(db, "SELECT COUNT(*) FROM usage_events WHERE id >= @next AND id < @next + 1", cancel, range[1]) > 0;
        if (isFull && days.Count <= MostKept && _blocks.Count < MostBlocks)
        {
            _blocks.TryAdd((block, zone.Id), days);
        }

        return days;
    }

    private async Task ForgetAfterUndo(BackOfficeDb db, CancellationToken cancel)
    {
        var undone = await Number(db, "SELECT (SELECT COUNT(*) FROM usage_undone) + (SELECT COUNT(*) FROM usage_corrections)", cancel);
        if (Interlocked.Exchange(ref _undone, undone) != undone)
        {
            _blocks.Clear();
        }
    }

    private static async Task<SortedSet<long>> Blocks(BackOfficeDb db, long from, long to, CancellationToken cancel)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = $"""
            SELECT DISTINCT first_event / {BlockEvents}, (next_event - 1) / {BlockEvents} FROM usage_segments
            WHERE max_at >= @from AND min_at < @to
            """;
        command.Add("from", from).Add("to", to);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var blocks = new SortedSet<long>();
        while (await row.ReadAsync(cancel))
        {
            for (var block = row.GetInt64(0); block <= row.GetInt64(1); block++)
            {
                blocks.Add(block);
            }
        }

        return blocks;
    }

    private static async Task<IReadOnlyList<DayOfUsage>> Read(
        BackOfficeDb db, string source, DateTimeZone zone, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = $"""
            SELECT n.name, p.content, c.quarter, c.events FROM (
                SELECT e.name, e.property_set, e.at_micros / {QuarterMicros} AS quarter, COUNT(*) AS events{source} AND {UsageStore.AsKnown}
                GROUP BY e.name, e.property_set, e.at_micros / {QuarterMicros}) c
            JOIN usage_names n ON n.no = c.name JOIN usage_sets p ON p.no = c.property_set
            """;
        Array.ForEach(values, value => command.Add(value.Name, value.Value));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var days = new List<DayOfUsage>();
        while (await row.ReadAsync(cancel))
        {
            var day = Micros.ToInstant(row.GetInt64(2) * QuarterMicros).InZone(zone).Date;
            days.Add(new DayOfUsage(row.GetString(0), PropertySet.Parse(row.GetString(1)).Names, day, row.GetInt64(3)));
        }

        return Together(days);
    }

    private static IReadOnlyList<DayOfUsage> Together(IEnumerable<DayOfUsage> days)
    {
        var all = new Dictionary<(string, string, LocalDate), DayOfUsage>();
        foreach (var day in days)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(
                all, (day.Event, string.Join('\n', day.Properties), day.Day), out _);
            sum = day with { Events = day.Events + (sum?.Events ?? 0) };
        }

        return [.. all.Values];
    }

    private static async Task<long> Number(
        BackOfficeDb db, string sql, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = sql;
        Array.ForEach(values, value => command.Add(value.Name, value.Value));
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }
}
