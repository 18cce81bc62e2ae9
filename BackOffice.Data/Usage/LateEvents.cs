using BackOffice.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Data.Usage;

/// <summary>Asks the store about usage that came after its period was closed.</summary>
public static class LateEvents
{
    private const int SubscriptionsAtOnce = 500;

    /// <summary>The last event that is stored by now, or the last correction of one, which takes a number of its own; 0 for none.</summary>
    public static async Task<long> LastEvent(this BackOfficeDb db, CancellationToken cancel)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = UsageTables.NextNumber;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture) - 1;
    }

    /// <summary>
    /// From the first late or corrected event of each subscription to its last; subscriptions whose usage all came in time are missing.
    /// </summary>
    public static async Task<IReadOnlyDictionary<SubscriptionId, Interval>> LateSpans(
        this BackOfficeDb db, IReadOnlyCollection<SubscriptionId> subscriptions, CancellationToken cancel)
    {
        var spans = new Dictionary<SubscriptionId, Interval>();
        foreach (var part in subscriptions.Chunk(SubscriptionsAtOnce))
        {
            await using var command = await UsageStore.Open(db, cancel);
            command.CommandText = $"""
                SELECT s.id, MIN(t.min_at), MAX(t.max_at) FROM usage_subscriptions s JOIN (
                    SELECT r.subscription, r.min_at, r.max_at FROM usage_rollups r WHERE r.late = @late
                    UNION ALL
                    SELECT e.subscription, e.at_micros, e.at_micros FROM usage_corrections c JOIN usage_events e ON e.id = c.event
                ) t ON t.subscription = s.no WHERE s.id IN ({string.Join(", ", part.Select((_, i) => $"@s{i}"))}) GROUP BY s.id
                """;
            command.Add("late", true);
            for (var i = 0; i < part.Length; i++)
            {
                command.Add($"s{i}", part[i].Value);
            }

            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                spans.Add(
                    new SubscriptionId(row.GetGuid(0)),
                    new Interval(Micros.ToInstant(row.GetInt64(1)), Micros.ToInstant(row.GetInt64(2) + 1)));
            }
        }

        return spans;
    }

    /// <summary>The last late event of each subscription that has one, or the last correction of a billed one.</summary>
    public static async Task<IReadOnlyDictionary<SubscriptionId, long>> LastLate(this BackOfficeDb db, CancellationToken cancel)
    {
        await using var command = await UsageStore.Open(db, cancel);
        var late = db.Database.IsSqlite() ? "e.late = 1" : "e.late";
        command.CommandText = $"""
            SELECT s.id, MAX(t.number) FROM usage_subscriptions s JOIN (
                SELECT e.subscription, e.id AS number FROM usage_events e WHERE {late} AND {UsageStore.Kept}
                UNION ALL
                SELECT e.subscription, c.position FROM usage_corrections c JOIN usage_events e ON e.id = c.event WHERE c.billed = TRUE
            ) t ON t.subscription = s.no GROUP BY s.id
            """;
        await using var row = await command.ExecuteReaderAsync(cancel);
        var last = new Dictionary<SubscriptionId, long>();
        while (await row.ReadAsync(cancel))
        {
            last.Add(new SubscriptionId(row.GetGuid(0)), row.GetInt64(1));
        }

        return last;
    }
}
