using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Data.Usage;

/// <summary>What metrics measure, from what was added up when the usage was stored; from the events where that cannot tell.</summary>
public static class UsageMeasures
{
    private const string Rollups = """
        SELECT s.id, n.name, p.content, r.events, r.min_at, r.max_at, r.totals, r.late FROM usage_subscriptions s
        JOIN usage_rollups r ON r.subscription = s.no JOIN usage_names n ON n.no = r.name JOIN usage_sets p ON p.no = r.property_set
        WHERE r.max_at >= @from AND r.min_at < @to AND s.id IN (
        """;

    private const int SubscriptionsAtOnce = 500;

    /// <summary>What each metric measured of a subscription's billable usage in a stretch of time.</summary>
    /// <remarks>
    /// A rollup counts when all its events lie in the stretch. If one lies across a border (a period that was cut short, another zone), the
    /// events are read: never wrong, only slower.
    /// </remarks>
    /// <exception cref="ArithmeticException">A total needs more than 28 digits.</exception>
    public static async Task<IReadOnlyDictionary<MetricId, Measured>> Measure(
        this BackOfficeDb db, SubscriptionId subscription, Interval when, IReadOnlyCollection<Metric> metrics, CancellationToken cancel)
    {
        if (metrics.Count == 0)
        {
            return new Dictionary<MetricId, Measured>();
        }

        var known = (await FromRollups(db, [subscription], when, metrics, cancel)).ToDictionary(told => told.Metric, told => told.Measured);
        var rest = metrics.Where(metric => !known.ContainsKey(metric.Id)).ToList();
        return rest.Count == 0 ? known
            : known.Concat(await FromEvents(db, subscription, when, rest, cancel)).ToDictionary();
    }

    /// <summary>The same, from every single event: what the rollups are checked against.</summary>
    public static async Task<IReadOnlyDictionary<MetricId, Measured>> FromEvents(
        this BackOfficeDb db, SubscriptionId subscription, Interval when, IReadOnlyCollection<Metric> metrics, CancellationToken cancel)
    {
        var meters = metrics.Select(metric => new Meter(metric)).ToList();
        await foreach (var usage in db.BillableEvents(subscription, when, cancel: cancel))
        {
            meters.ForEach(meter => meter.Add(usage));
        }

        return meters.ToDictionary(meter => meter.Metric, meter => meter.Result);
    }

    /// <summary>What can be told without an event being read; what only the events can tell is left out.</summary>
    /// <param name="known">Null for what came in time.</param>
    /// <param name="more">Events that are not stored, and measured as if they were.</param>
    /// <exception cref="ArithmeticException">A total needs more than 28 digits.</exception>
    public static async Task<IReadOnlyList<(SubscriptionId Subscription, MetricId Metric, Measured Measured)>> FromRollups(
        this BackOfficeDb db, IReadOnlyCollection<SubscriptionId> subscriptions, Interval when, IReadOnlyCollection<Metric> metrics,
        CancellationToken cancel, KnownUsage? known = null, ILookup<SubscriptionId, UsageEvent>? more = null)
    {
        var told = metrics.Where(RollupMeter.CanTell).ToList();
        var measured = new List<(SubscriptionId, MetricId, Measured)>();
        foreach (var part in told.Count == 0 ? [] : subscriptions.Chunk(SubscriptionsAtOnce))
        {
            var meters = part.ToDictionary(id => id, _ => told.ConvertAll(metric => new RollupMeter(metric)));
            await ReadRollups(db, meters, when, known, cancel);
            await LeaveToEvents(db, meters, when, known, cancel);
            Add(meters, more, when);
            measured.AddRange(meters.SelectMany(pair => pair.Value.Select(meter => (pair.Key, meter.Metric, meter.Result))));
        }

        return measured;
    }

    private static async Task ReadRollups(
        BackOfficeDb db, Dictionary<SubscriptionId, List<RollupMeter>> meters, Interval when, KnownUsage? known,
        CancellationToken cancel)
    {
        var (from, to) = (Micros.Of(when.Start), Micros.Of(when.End));
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = Rollups + string.Join(", ", meters.Keys.Select((_, i) => $"@s{i}")) + ")";
        command.Add("from", from).Add("to", to);
        foreach (var (id, i) in meters.Keys.Select((id, i) => (id, i)))
        {
            command.Add($"s{i}", id.Value);
        }

        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var mine = meters[new SubscriptionId(row.GetGuid(0))];
            var isLate = row.GetBoolean(7);
            if (isLate && known is null or { InTimeOnly: true })
            {
                continue;
            }

            if (row.GetInt64(4) < from || row.GetInt64(5) >= to || (isLate && known!.Through is not null))
            {
                mine.Clear(); // Only the events know what is on this side of the stretch, and what was there by then.
            }
            else if (mine.Count > 0)
            {
                var (name, set) = (row.GetString(1), PropertySet.Parse(row.GetString(2)));
                var packed = row.GetFieldValue<byte[]>(6);
                var rollup = Rollup.Unpack(set.Numbers.Length, row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), packed);
                mine.RemoveAll(meter => !meter.TryAdd(name, set, rollup));
            }
        }
    }

    // Rollups hold what was billed: of events that were corrected since only the events tell what counts when.
    private static async Task LeaveToEvents(
        BackOfficeDb db, Dictionary<SubscriptionId, List<RollupMeter>> meters, Interval when, KnownUsage? known, CancellationToken cancel)
    {
        if (known is null or { InTimeOnly: true })
        {
            return;
        }

        foreach (var id in await db.SubscriptionsCorrected(when, cancel))
        {
            meters.GetValueOrDefault(id)?.Clear();
        }
    }

    private static void Add(
        Dictionary<SubscriptionId, List<RollupMeter>> meters, ILookup<SubscriptionId, UsageEvent>? more, Interval when)
    {
        foreach (var (id, mine) in meters)
        {
            foreach (var usage in (more?[id] ?? []).Where(usage => when.Contains(usage.At)))
            {
                var (set, rollup) = Rollup.Of(usage);
                mine.RemoveAll(meter => !meter.TryAdd(usage.Name, set, rollup));
            }
        }
    }
}
