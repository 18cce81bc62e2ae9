using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data.Usage;

/// <summary>Adds all events up again and compares with what was added up when they were stored.</summary>
public static class UsageCheck
{
    private const int Shown = 20;

    /// <returns>How many rollups were compared, and a sentence for each that is wrong.</returns>
    public static async Task<(long Cases, IReadOnlyList<string> Problems)> CheckRollups(this BackOfficeDb db, CancellationToken cancel)
    {
        var groups = await Stored(db, cancel);
        var problems = new List<string>();
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = $"""
            SELECT e.id, e.subscription, e.late, e.name, e.property_set, e.at_micros, e.packed FROM usage_events e
            WHERE {UsageStore.AsBilled} ORDER BY e.id
            """;
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var key = new RollupKey(row.GetInt32(1), 0, row.GetBoolean(2), row.GetInt32(3), row.GetInt32(4));
            var at = row.GetInt64(5);
            var cluster = groups.GetValueOrDefault(key)?.Find(c => c.Expected.MinAt <= at && at <= c.Expected.MaxAt);
            if (cluster is null)
            {
                problems.Add($"Event {row.GetInt64(0)} is in no rollup.");
            }

            cluster?.Found.Add(row.GetFieldValue<byte[]>(6), at, row.GetInt64(0));
        }

        foreach (var (key, clusters) in groups)
        {
            problems.AddRange(clusters.Where(c => !c.IsRight).Select(c =>
                $"The rollup of subscription {key.Subscription}, name {key.Name}, set {key.Set} counts {c.Expected.Events} events "
                + $"and there are {c.Found.Events}, or their totals differ."));
        }

        return (groups.Values.Sum(clusters => clusters.Count), [.. problems.Take(Shown)]);
    }

    // Rollups of the same kind whose times overlap are compared together: which of them an event went into is not kept.
    private static async Task<Dictionary<RollupKey, List<Cluster>>> Stored(BackOfficeDb db, CancellationToken cancel)
    {
        var groups = new Dictionary<RollupKey, List<Cluster>>();
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = """
            SELECT r.subscription, r.late, r.name, r.property_set, r.events, r.min_at, r.max_at, r.totals, p.content FROM usage_rollups r
            JOIN usage_sets p ON p.no = r.property_set ORDER BY r.min_at
            """;
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var numbers = PropertySet.Parse(row.GetString(8)).Numbers.Length;
            var key = new RollupKey(row.GetInt32(0), 0, row.GetBoolean(1), row.GetInt32(2), row.GetInt32(3));
            var stored = Rollup.Unpack(numbers, row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetFieldValue<byte[]>(7));
            ref var clusters = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out _);
            clusters ??= [];
            if (clusters.Count > 0 && clusters[^1].Expected.MaxAt >= stored.MinAt)
            {
                clusters[^1].Expected.Merge(stored);
            }
            else
            {
                clusters.Add(new Cluster(stored, new Rollup(numbers)));
            }
        }

        return groups;
    }

    private sealed record Cluster(Rollup Expected, Rollup Found)
    {
        public bool IsRight => Expected.Pack().AsSpan().SequenceEqual(Found.Pack())
            && (Expected.Events, Expected.MinAt, Expected.MaxAt) == (Found.Events, Found.MinAt, Found.MaxAt);
    }
}
