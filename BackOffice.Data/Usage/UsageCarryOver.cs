using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data.Usage;

/// <summary>Moves usage from the table of earlier versions into the store, import by import; started again, it goes on.</summary>
public static class UsageCarryOver
{
    /// <summary>What the table of earlier versions is called since the store has its name.</summary>
    public const string Table = "usage_events_of_before";

    private const int RowsAtOnce = 20_000;

    private sealed record Row(
        long Id, Guid SubscriptionId, string Name, long AtMicros, string TransactionId, string Properties, long Line, bool IsLate);

    /// <param name="bucketOf">Where an event is added up, see <see cref="UsageEntry"/>.</param>
    /// <returns>How many events were moved.</returns>
    public static async Task<long> CarryOverUsage(
        this BackOfficeDb db, Func<SubscriptionId, long, int> bucketOf, CancellationToken cancel)
    {
        if (!await IsThere(db, cancel))
        {
            return 0;
        }

        var moved = 0L;
        var imports = await db.Database.SqlQueryRaw<Guid>($"""
            SELECT import_id AS "Value" FROM {Table} GROUP BY import_id ORDER BY MIN(id)
            """).ToListAsync(cancel);
        foreach (var import in imports)
        {
            if (await db.OutcomeOf(new ImportId(import), cancel) is null)
            {
                moved += await Move(db, new ImportId(import), bucketOf, cancel);
            }
        }

        await db.Database.ExecuteSqlRawAsync($"DROP TABLE {Table}", cancel);
        return moved;
    }

    private static async Task<bool> IsThere(BackOfficeDb db, CancellationToken cancel)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = db.Database.IsSqlite()
            ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = @table"
            : "SELECT COUNT(*) FROM pg_tables WHERE tablename = @table AND schemaname = current_schema()";
        command.Add("table", Table);
        return (long)(await command.ExecuteScalarAsync(cancel))! > 0;
    }

    private static async Task<long> Move(
        BackOfficeDb db, ImportId import, Func<SubscriptionId, long, int> bucketOf, CancellationToken cancel)
    {
        await using var writer = await db.Writer(import, cancel);
        var after = 0L;
        while (await Read(db, import, after, cancel) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                var subscription = new SubscriptionId(row.SubscriptionId);
                var bucket = bucketOf(subscription, row.AtMicros);
                writer.Add(
                    new UsageEntry(subscription, row.Name, row.AtMicros, row.TransactionId, row.Line, bucket, row.IsLate),
                    [.. EventProperties.Read(row.Properties)]);
            }

            await writer.Flush(cancel);
            after = rows[^1].Id;
        }

        await writer.Finish(cancel);
        await writer.Settle(cancel);
        await writer.Commit(ImportOutcome.Unknown, cancel);
        return writer.Counts.Accepted;
    }

    private static Task<List<Row>> Read(BackOfficeDb db, ImportId import, long after, CancellationToken cancel) =>
        db.Database.SqlQueryRaw<Row>(
            $$"""
            SELECT id AS "Id", subscription_id AS "SubscriptionId", name AS "Name", at_micros AS "AtMicros",
                transaction_id AS "TransactionId", properties AS "Properties", line AS "Line", is_late AS "IsLate"
            FROM {{Table}} WHERE import_id = {0} AND id > {1} ORDER BY id LIMIT {{RowsAtOnce}}
            """, import.Value, after).ToListAsync(cancel);
}
