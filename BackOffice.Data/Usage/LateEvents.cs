using BackOffice.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Data.Usage;

/// <summary>Asks the store about usage that came after its period was closed.</summary>
public static class LateEvents
{
    /// <summary>The last event that is stored by now; 0 for none.</summary>
    public static async Task<long> LastEvent(this BackOfficeDb db, CancellationToken cancel)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = "SELECT COALESCE(MAX(id), 0) FROM usage_events";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>From the first late event of a subscription to its last; null when all its usage came in time. Reads no event.</summary>
    public static async Task<Interval?> LateSpan(this BackOfficeDb db, SubscriptionId subscription, CancellationToken cancel)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = """
            SELECT MIN(min_at), MAX(max_at) FROM usage_rollups
            WHERE subscription = (SELECT no FROM usage_subscriptions WHERE id = @subscription) AND late = @late
            """;
        command.Add("subscription", subscription.Value).Add("late", true);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) && !await row.IsDBNullAsync(0, cancel)
            ? new Interval(Micros.ToInstant(row.GetInt64(0)), Micros.ToInstant(row.GetInt64(1) + 1))
            : null;
    }

    /// <summary>The last late event of each subscription that has one.</summary>
    public static async Task<IReadOnlyDictionary<SubscriptionId, long>> LastLate(this BackOfficeDb db, CancellationToken cancel)
    {
        await using var command = await UsageStore.Open(db, cancel);
        var late = db.Database.IsSqlite() ? "e.late = 1" : "e.late";
        command.CommandText = $"""
            SELECT s.id, MAX(e.id) FROM usage_events e JOIN usage_subscriptions s ON s.no = e.subscription
            WHERE {late} AND {UsageStore.Kept} GROUP BY s.id
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
