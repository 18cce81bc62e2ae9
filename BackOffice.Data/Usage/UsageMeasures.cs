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
        SELECT n.name, p.content, r.events, r.min_at, r.max_at, r.totals, r.late FROM usage_rollups r
        JOIN usage_names n ON n.no = r.name JOIN usage_sets p ON p.no = r.property_set
        WHERE r.subscription = (SELECT no FROM usage_subscriptions WHERE id = @subscription)
        AND r.max_at >= @from AND r.min_at < @to
        """;

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

        var known = await FromRollups(db, subscription, when, metrics, cancel);
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

    /// <summary>What can be told without an event being read; metrics that only the events can tell are left out.</summary>
    /// <param name="known">Null for what came in time.</param>
    /// <exception cref="ArithmeticException">A total needs more than 28 digits.</exception>
    public static async Task<IReadOnlyDictionary<MetricId, Measured>> FromRollups(
        this BackOfficeDb db, SubscriptionId subscription, Interval when, IReadOnlyCollection<Metric> metrics, CancellationToken cancel,
        KnownUsage? known = null)
    {
        var meters = metrics.Where(RollupMeter.CanTell).Select(metric => new RollupMeter(metric)).ToList();
        var (from, to) = (Micros.Of(when.Start), Micros.Of(when.End));
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = Rollups;
        command.Add("subscription", subscription.Value).Add("from", from).Add("to", to);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var isLate = row.GetBoolean(6);
            if (isLate && known is null or { InTimeOnly: true })
            {
                continue;
            }

            // Rollups do not say which of their events were there when.
            if (row.GetInt64(3) < from || row.GetInt64(4) >= to || (isLate && known!.Through is not null))
            {
                return new Dictionary<MetricId, Measured>();
            }

            var set = PropertySet.Parse(row.GetString(1));
            var packed = row.GetFieldValue<byte[]>(5);
            var rollup = Rollup.Unpack(set.Numbers.Length, row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), packed);
            var name = row.GetString(0);
            meters.RemoveAll(meter => !meter.TryAdd(name, set, rollup));
        }

        return meters.ToDictionary(meter => meter.Metric, meter => meter.Result);
    }
}
