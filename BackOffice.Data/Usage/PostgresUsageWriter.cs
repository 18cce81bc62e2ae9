using System.Data.Common;
using BackOffice.Core.Usage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace BackOffice.Data.Usage;

/// <summary>
/// Writes usage on PostgreSQL in the main database's own transaction: the ids of a chunk are copied to a temporary table, those that are
/// there already are read and compared, the others are copied straight into the table. The unique key refuses what slipped through.
/// </summary>
internal sealed class PostgresUsageWriter : UsageWriter
{
    private const long ImportLock = 7_301_946_523;

    private const string TemporaryTables = """
        CREATE TEMPORARY TABLE IF NOT EXISTS usage_chunk_keys (
            position integer NOT NULL, subscription integer NOT NULL, transaction_key bytea NOT NULL) ON COMMIT DROP;
        CREATE TEMPORARY TABLE IF NOT EXISTS usage_chunk_rollups (LIKE usage_rollups) ON COMMIT DROP;
        """;

    // Each key is looked up in the unique index. As a plain join it would be hashed, and every chunk would read all events there are.
    private const string Known = """
        SELECT k.position, e.name, e.at_micros, e.property_set, e.packed, e.id FROM usage_chunk_keys k
        CROSS JOIN LATERAL (
            SELECT * FROM usage_events e WHERE e.subscription = k.subscription AND e.transaction_key = k.transaction_key LIMIT 1) e
        """;

    private const string CopyKeys = "COPY usage_chunk_keys (position, subscription, transaction_key) FROM STDIN (FORMAT binary)";

    private const string CopyEvents = """
        COPY usage_events (id, at_micros, line, subscription, name, property_set, late, transaction_key, packed) FROM STDIN (FORMAT binary)
        """;

    private const string CopySegments =
        "COPY usage_segments (subscription, first_event, next_event, min_at, max_at) FROM STDIN (FORMAT binary)";

    private readonly BackOfficeDb _db;
    private readonly UsageDesk? _desk;
    private readonly IDbContextTransaction? _own;
    private readonly NpgsqlConnection _connection;

    internal override DbConnection Connection => _connection;

    private PostgresUsageWriter(
        BackOfficeDb db, UsageDesk? desk, IDbContextTransaction? own, ImportId import, (UsageBooks Books, long Next) start)
        : base(import, start.Books, start.Next) =>
        (_db, _desk, _own, _connection) = (db, desk, own, (NpgsqlConnection)db.Database.GetDbConnection());

    public static new async Task<PostgresUsageWriter> Open(BackOfficeDb db, ImportId import, UsageDesk? desk, CancellationToken cancel)
    {
        var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ImportLock})", cancel);
        await db.Database.ExecuteSqlRawAsync(TemporaryTables, cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var last = new NpgsqlCommand(UsageTables.NextNumber, connection);
        var next = (long)(await last.ExecuteScalarAsync(cancel))!;
        var books = desk is null ? await UsageBooks.Load(connection, null, cancel) : await desk.Books(connection, null, cancel);
        return new PostgresUsageWriter(db, desk, own, import, (books, next));
    }

    public override Task Settle(CancellationToken cancel) => Task.CompletedTask;

    public override async Task Commit(string outcome, CancellationToken cancel)
    {
        if (BringsImport)
        {
            await UsageRanges.Save(this, outcome, cancel);
        }

        await (_own ?? _db.Database.CurrentTransaction!).CommitAsync(cancel);
        _desk?.Committed(Books);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }

    private protected override Task SaveBooks(CancellationToken cancel) => Books.Save(_connection, null, cancel);

    private protected override async Task Store(ReadOnlyMemory<long> order, CancellationToken cancel)
    {
        var met = new bool[order.Length];
        var asked = NextEvent > 1 ? Enumerable.Range(0, order.Length).ToList() : [];
        while (asked.Count > 0)
        {
            asked = await MeetStored(order, asked, met, cancel);
        }

        MeetEachOther(order, met);
        await CopyNew(order, met, cancel);
    }

    private protected override async Task Save(IReadOnlyList<KeyValuePair<RollupKey, Rollup>> rollups, CancellationToken cancel)
    {
        await MergeStored(rollups.ToDictionary(), cancel);
        await using (var copy = await _connection.BeginBinaryImportAsync("COPY usage_chunk_rollups FROM STDIN (FORMAT binary)", cancel))
        {
            foreach (var (key, rollup) in rollups)
            {
                await copy.StartRowAsync(cancel);
                copy.Write(key.Subscription);
                copy.Write(key.Bucket);
                copy.Write(key.IsLate);
                copy.Write(key.Name);
                copy.Write(key.Set);
                copy.Write(rollup.Events);
                copy.Write(rollup.MinAt);
                copy.Write(rollup.MaxAt);
                copy.Write(rollup.Pack());
            }

            await copy.CompleteAsync(cancel);
        }

        await Execute(
            """
            INSERT INTO usage_rollups SELECT * FROM usage_chunk_rollups
            ON CONFLICT (subscription, bucket, late, name, property_set) DO UPDATE
            SET events = excluded.events, min_at = excluded.min_at, max_at = excluded.max_at, totals = excluded.totals;
            TRUNCATE usage_chunk_rollups
            """, cancel);
    }

    // What it returns is to be asked again: the event that had the id was taken back, and the next key of that id may be free.
    private async Task<List<int>> MeetStored(ReadOnlyMemory<long> order, List<int> asked, bool[] met, CancellationToken cancel)
    {
        var again = new List<int>();
        await using (var copy = await _connection.BeginBinaryImportAsync(CopyKeys, cancel))
        {
            foreach (var i in asked)
            {
                var (key, subscription) = KeyAt(order.Span[i]);
                await copy.StartRowAsync(cancel);
                copy.Write(i);
                copy.Write(subscription);
                copy.Write(key, NpgsqlDbType.Bytea);
            }

            await copy.CompleteAsync(cancel);
        }

        await Execute("ANALYZE usage_chunk_keys", cancel);
        await using (var known = new NpgsqlCommand(Known, _connection))
        {
            await using var row = await known.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                var i = row.GetInt32(0);
                var (name, at, set, packed) = (row.GetInt32(1), row.GetInt64(2), row.GetInt32(3), row.GetFieldValue<byte[]>(4));
                if (IsFree(this[order.Span[i]], row.GetInt64(5), name, at, set, packed))
                {
                    TakeAgain(ref this[order.Span[i]]);
                    again.Add(i);
                    continue;
                }

                met[i] = true;
                Meet(this[order.Span[i]], name, at, set, packed);
            }
        }

        await Execute("TRUNCATE usage_chunk_keys", cancel);
        return again;
    }

    // Within a chunk the first one to arrive is kept, the others are compared with it.
    private void MeetEachOther(ReadOnlyMemory<long> order, bool[] met)
    {
        var byKey = new int[order.Length];
        for (var i = 0; i < byKey.Length; i++)
        {
            byKey[i] = i;
        }

        Array.Sort(byKey, (one, other) => Compare(order.Span[one], order.Span[other]) is var by and not 0 ? by : one.CompareTo(other));
        for (var i = 1; i < byKey.Length; i++)
        {
            var first = order.Span[byKey[i - 1]];
            if (met[byKey[i]] || Compare(first, order.Span[byKey[i]]) != 0)
            {
                continue;
            }

            ref var kept = ref this[first];
            Meet(this[order.Span[byKey[i]]], kept.Name, kept.At, kept.Set, PackedOf(kept));
            met[byKey[i]] = true;
            byKey[i] = byKey[i - 1]; // The next one of that id meets the one that is kept, too.
        }
    }

    private async Task CopyNew(ReadOnlyMemory<long> order, bool[] met, CancellationToken cancel)
    {
        var segments = new List<(int Subscription, long First, long Next, long MinAt, long MaxAt)>();
        await using (var copy = await _connection.BeginBinaryImportAsync(CopyEvents, cancel))
        {
            for (var i = 0; i < order.Length; i++)
            {
                if (met[i])
                {
                    continue;
                }

                await copy.StartRowAsync(cancel);
                WriteEvent(copy, order.Span[i]);
                Note(segments, order.Span[i]);
            }

            await copy.CompleteAsync(cancel);
        }

        await using var copySegments = await _connection.BeginBinaryImportAsync(CopySegments, cancel);
        foreach (var (subscription, first, next, minAt, maxAt) in segments)
        {
            await copySegments.StartRowAsync(cancel);
            copySegments.Write(subscription);
            Array.ForEach([first, next, minAt, maxAt], copySegments.Write);
        }

        await copySegments.CompleteAsync(cancel);
    }

    private void WriteEvent(NpgsqlBinaryImporter copy, long position)
    {
        ref var e = ref this[position];
        copy.Write(NextEvent);
        copy.Write(e.At);
        copy.Write(e.Line);
        copy.Write(e.Subscription);
        copy.Write(e.Name);
        copy.Write(e.Set);
        copy.Write(e.IsLate);
        copy.Write(Bytes.Memory(e.Start, e.KeyLength), NpgsqlDbType.Bytea);
        copy.Write(Bytes.Memory(e.Start + e.KeyLength, e.PackedLength), NpgsqlDbType.Bytea);
        Accept(e);
    }

    private void Note(List<(int Subscription, long First, long Next, long MinAt, long MaxAt)> segments, long position)
    {
        ref var e = ref this[position];
        if (segments.Count > 0 && segments[^1].Subscription == e.Subscription)
        {
            var run = segments[^1];
            segments[^1] = (run.Subscription, run.First, NextEvent, Math.Min(run.MinAt, e.At), Math.Max(run.MaxAt, e.At));
        }
        else
        {
            segments.Add((e.Subscription, NextEvent - 1, NextEvent, e.At, e.At));
        }
    }

    private async Task MergeStored(Dictionary<RollupKey, Rollup> rollups, CancellationToken cancel)
    {
        await using var read = new NpgsqlCommand(
            """
            SELECT subscription, bucket, late, name, property_set, events, min_at, max_at, totals FROM usage_rollups
            WHERE subscription = ANY(@subscriptions) AND bucket = ANY(@buckets)
            """, _connection);
        read.Add("subscriptions", rollups.Keys.Select(k => k.Subscription).Distinct().ToArray())
            .Add("buckets", rollups.Keys.Select(k => k.Bucket).Distinct().ToArray());
        await using var row = await read.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var key = new RollupKey(row.GetInt32(0), row.GetInt32(1), row.GetBoolean(2), row.GetInt32(3), row.GetInt32(4));
            if (rollups.TryGetValue(key, out var rollup))
            {
                rollup.Merge(Rollup.Unpack(
                    rollup.Numbers.Length, row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetFieldValue<byte[]>(8)));
            }
        }
    }

    private (ReadOnlyMemory<byte> Key, int Subscription) KeyAt(long position)
    {
        ref var e = ref this[position];
        return (Bytes.Memory(e.Start, e.KeyLength), e.Subscription);
    }

    private int Compare(long one, long other)
    {
        ref var a = ref this[one];
        ref var b = ref this[other];
        return a.Subscription != b.Subscription ? a.Subscription.CompareTo(b.Subscription) : KeyOf(a).SequenceCompareTo(KeyOf(b));
    }

    private async Task Execute(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
