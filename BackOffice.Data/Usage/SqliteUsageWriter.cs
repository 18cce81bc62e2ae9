using System.Data.Common;
using BackOffice.Core.Usage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace BackOffice.Data.Usage;

/// <summary>Writes the usage file through the raw handle: at a million rows the library between costs as much as the disk.</summary>
internal sealed class SqliteUsageWriter : UsageWriter
{
    private const string Insert = """
        INSERT INTO usage_events (id, subscription, name, at_micros, transaction_key, property_set, packed, line, late)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subscription, transaction_key) DO NOTHING
        """;

    private const string Stored = """
        SELECT name, at_micros, property_set, packed, id FROM usage_events WHERE subscription = ? AND transaction_key = ?
        """;

    private const string Segment =
        "INSERT INTO usage_segments (subscription, first_event, next_event, min_at, max_at) VALUES (?, ?, ?, ?, ?)";

    private const string ReadRollup = """
        SELECT events, min_at, max_at, totals FROM usage_rollups
        WHERE subscription = ? AND bucket = ? AND late = ? AND name = ? AND property_set = ?
        """;

    private const string SaveRollup = """
        INSERT OR REPLACE INTO usage_rollups (subscription, bucket, late, name, property_set, events, min_at, max_at, totals)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private readonly BackOfficeDb _db;
    private readonly UsageDesk? _desk;
    private readonly SqliteConnection _file;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _stored;
    private IDbContextTransaction? _main;
    private bool _open = true;
    private bool _disposed;

    internal override DbConnection Connection => _file;

    private SqliteUsageWriter(
        BackOfficeDb db, UsageDesk? desk, SqliteConnection file, ImportId import, (UsageBooks Books, long Next) start)
        : base(import, start.Books, start.Next)
    {
        (_db, _desk, _file) = (db, desk, file);
        (_insert, _stored) = (new SqliteStatement(file, Insert), new SqliteStatement(file, Stored));
    }

    public static new async Task<SqliteUsageWriter> Open(BackOfficeDb db, ImportId import, UsageDesk? desk, CancellationToken cancel)
    {
        var path = UsageFile.Beside(db.Database.GetDbConnection().DataSource);
        if (desk is null)
        {
            UsageFile.Create(path);
        }

        var file = desk?.Open(path) ?? UsageFile.OpenToWrite(path);
        await Begin(file, cancel);
        await using var last = file.CreateCommand();
        last.CommandText = UsageTables.NextNumber;
        var next = (long)(await last.ExecuteScalarAsync(cancel))!;
        var books = desk is null ? await UsageBooks.Load(file, null, cancel) : await desk.Books(file, null, cancel);
        return new SqliteUsageWriter(db, desk, file, import, (books, next));
    }

    public override void ReadThrough() => _db.UsageConnection = _file;

    public override async Task Settle(CancellationToken cancel)
    {
        if (_db.Database.CurrentTransaction is null)
        {
            _main = await _db.Database.BeginTransactionAsync(cancel);
        }
    }

    public override async Task Commit(string outcome, CancellationToken cancel)
    {
        if (BringsImport)
        {
            await UsageRanges.Save(this, outcome, cancel);
        }

        UsageFile.Execute(_file, "COMMIT");
        _open = false;
        _desk?.Committed(Books);
        await (_main ?? _db.Database.CurrentTransaction!).CommitAsync(CancellationToken.None);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _db.UsageConnection = null;
        _insert.Dispose();
        _stored.Dispose();
        if (_main is not null)
        {
            await _main.DisposeAsync();
        }

        if (_open)
        {
            UsageFile.Execute(_file, "ROLLBACK");
        }

        if (_desk is null)
        {
            UsageFile.WriteBack(_file);
            await _file.DisposeAsync();
        }
    }

    private protected override Task SaveBooks(CancellationToken cancel) => Books.Save(_file, null, cancel);

    private protected override Task Store(ReadOnlyMemory<long> order, CancellationToken cancel)
    {
        using var segment = new SqliteStatement(_file, Segment);
        var run = new Run(0, NextEvent, 0, 0);
        foreach (var position in order.Span)
        {
            ref var e = ref this[position];
            if (!Keep(ref e))
            {
                continue;
            }

            if (run.Subscription != e.Subscription)
            {
                run.Save(segment, NextEvent);
                run = new Run(e.Subscription, NextEvent, e.At, e.At);
            }

            run = run.With(e.At);
            Accept(e);
            if ((NextEvent & 0xFFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }

        run.Save(segment, NextEvent);
        return Task.CompletedTask;
    }

    private protected override Task Save(IReadOnlyList<KeyValuePair<RollupKey, Rollup>> rollups, CancellationToken cancel)
    {
        using var read = new SqliteStatement(_file, ReadRollup);
        using var save = new SqliteStatement(_file, SaveRollup);
        foreach (var (key, rollup) in rollups)
        {
            read.Bind(key);
            if (read.Step())
            {
                rollup.Merge(Rollup.Unpack(rollup.Numbers.Length, read.Long(0), read.Long(1), read.Long(2), read.Blob(3)));
            }

            read.Reset();
            save.Bind(key);
            save.Bind(6, rollup.Events).Bind(7, rollup.MinAt).Bind(8, rollup.MaxAt).Bind(9, rollup.Pack());
            save.Run();
        }

        return Task.CompletedTask;
    }

    private bool Keep(ref PendingEvent e)
    {
        while (!TryInsert(e))
        {
            if (!IsFree(e))
            {
                return false;
            }

            TakeAgain(ref e);
        }

        return true;
    }

    private bool TryInsert(in PendingEvent e)
    {
        _insert.Bind(1, NextEvent).Bind(2, e.Subscription).Bind(3, e.Name).Bind(4, e.At).Bind(5, KeyOf(e))
            .Bind(6, e.Set).Bind(7, PackedOf(e)).Bind(8, e.Line).Bind(9, e.IsLate ? 1 : 0);
        return _insert.Run() == 1;
    }

    // Whether the event that has its id was taken back; if not, the two are compared.
    private bool IsFree(in PendingEvent e)
    {
        _stored.Bind(1, e.Subscription).Bind(2, KeyOf(e));
        _stored.Step();
        var (name, at, set) = ((int)_stored.Long(0), _stored.Long(1), (int)_stored.Long(2));
        var free = IsFree(e, _stored.Long(4), name, at, set, _stored.Blob(3));
        if (!free)
        {
            Meet(e, name, at, set, _stored.Blob(3));
        }

        _stored.Reset();
        return free;
    }

    private static async Task Begin(SqliteConnection file, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                UsageFile.Execute(file, "BEGIN IMMEDIATE");
                return;
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
            {
                await Task.Delay(20, cancel); // Another import is running, here or in another process; it may take minutes.
            }
        }
    }

    /// <summary>Events of one subscription that lie together.</summary>
    private readonly record struct Run(int Subscription, long First, long MinAt, long MaxAt)
    {
        public Run With(long at) => this with { MinAt = Math.Min(MinAt, at), MaxAt = Math.Max(MaxAt, at) };

        public void Save(SqliteStatement segment, long next)
        {
            if (Subscription != 0)
            {
                segment.Bind(1, Subscription).Bind(2, First).Bind(3, next).Bind(4, MinAt).Bind(5, MaxAt);
                segment.Run();
            }
        }
    }
}
