using System.Text.Json;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data.Mapping;

namespace BackOffice.Data.Usage;

/// <summary>Takes the usage of an import back. Its events stay, nothing reads them, and their rollups are made anew.</summary>
public static class UsageUndo
{
    private const string Touched = """
        SELECT g.subscription, s.id, MIN(g.min_at), MAX(g.max_at) FROM usage_segments g
        JOIN usage_subscriptions s ON s.no = g.subscription
        WHERE (SELECT i.next_event FROM usage_imports i WHERE i.id = @id AND i.first_event <= g.first_event
            ORDER BY i.first_event DESC LIMIT 1) > g.first_event
        GROUP BY g.subscription, s.id
        """;

    // The reason stands with the first range only: an import that came by the API may have many.
    private const string TakeBack = """
        INSERT INTO usage_undone (first_event, next_event, undoing)
        SELECT i.first_event, i.next_event, CASE WHEN i.first_event = r.first_event THEN @undoing ELSE '' END
        FROM usage_imports i, (SELECT MIN(first_event) AS first_event FROM usage_imports WHERE id = @id AND next_event > first_event) r
        WHERE i.id = @id AND i.next_event > i.first_event
        """;

    // What counts in the place of its events goes with them.
    private const string Replacements = """
        INSERT INTO usage_undone (first_event, next_event, undoing)
        SELECT c.position, c.position + 1, '' FROM usage_corrections c
        WHERE c.voids = FALSE AND (SELECT i.next_event FROM usage_imports i WHERE i.id = @id AND i.first_event <= c.origin
            ORDER BY i.first_event DESC LIMIT 1) > c.origin
        """;

    private const string Left = $"""
        SELECT e.id, e.late, e.name, e.property_set, e.at_micros, e.packed FROM usage_segments g
        JOIN usage_events e ON e.id >= g.first_event AND e.id < g.next_event
        WHERE g.subscription = @subscription AND g.max_at >= @from AND g.min_at <= @to
        AND e.at_micros >= @from AND e.at_micros <= @to AND {UsageStore.AsBilled}
        """;

    private sealed record Part(int Number, SubscriptionId Id, long From, long To);

    /// <summary>Instead of storing anything, the writer of a stored import takes it back; committed with the writer.</summary>
    /// <param name="bucketOf">Where an event is added up, see <see cref="UsageEntry"/>.</param>
    public static async Task Undo(
        this UsageWriter writer, Undoing undoing, Func<SubscriptionId, long, int> bucketOf, CancellationToken cancel)
    {
        writer.BringsImport = false;
        (string, object)[] import = [("id", writer.Import.Value)];
        var text = JsonSerializer.Serialize(undoing, DomainJson.Options);
        await writer.Run(TakeBack, [.. import, ("undoing", text)], cancel);
        await writer.Run(Replacements, import, cancel);
        var parts = await writer.Rows(
            Touched, import,
            row => new Part(row.GetInt32(0), new SubscriptionId(row.GetGuid(1)), row.GetInt64(2), row.GetInt64(3)), cancel);
        foreach (var part in parts)
        {
            await AddUp(writer, await Widened(writer, part, cancel), bucketOf, cancel);
        }

        await writer.Finish(cancel);
    }

    /// <summary>Adds up again what lies together with a moment of a subscription.</summary>
    internal static async Task AddUpAround(
        UsageWriter writer, SubscriptionId subscription, long at, Func<SubscriptionId, long, int> bucketOf, CancellationToken cancel)
    {
        var part = new Part(writer.Books.Subscription(subscription), subscription, at, at);
        await AddUp(writer, await Widened(writer, part, cancel), bucketOf, cancel);
        await writer.Finish(cancel);
    }

    // Until no rollup lies across its ends: then the events in it are exactly those of the rollups in it.
    private static async Task<Part> Widened(UsageWriter writer, Part part, CancellationToken cancel)
    {
        var rollups = await writer.Rows(
            "SELECT min_at, max_at FROM usage_rollups WHERE subscription = @subscription", [("subscription", part.Number)],
            row => (From: row.GetInt64(0), To: row.GetInt64(1)), cancel);
        for (var before = 0L; before != part.To - part.From + 1;)
        {
            before = part.To - part.From + 1;
            foreach (var (from, to) in rollups.Where(r => r.To >= part.From && r.From <= part.To).ToList())
            {
                part = part with { From = Math.Min(part.From, from), To = Math.Max(part.To, to) };
            }
        }

        return part;
    }

    private static async Task AddUp(
        UsageWriter writer, Part part, Func<SubscriptionId, long, int> bucketOf, CancellationToken cancel)
    {
        (string, object)[] stretch = [("subscription", part.Number), ("from", part.From), ("to", part.To)];
        await writer.Run(
            "DELETE FROM usage_rollups WHERE subscription = @subscription AND min_at >= @from AND max_at <= @to", stretch, cancel);
        await using (var command = writer.Command(Left, stretch))
        {
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                var at = row.GetInt64(4);
                var key = new RollupKey(part.Number, bucketOf(part.Id, at), row.GetBoolean(1), row.GetInt32(2), row.GetInt32(3));
                writer.AddUp(key, row.GetFieldValue<byte[]>(5), at, row.GetInt64(0));
            }
        }

        await writer.Flush(cancel);
    }
}
