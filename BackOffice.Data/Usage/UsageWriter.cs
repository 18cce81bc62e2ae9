using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data.Usage;

/// <summary>
/// Stores the events of one import, all or none of them, once each, and adds them up in the same transaction. One at a time: a second
/// writer waits until the first is done.
/// </summary>
/// <remarks>
/// Events are gathered into chunks; what became of each is known after <see cref="Flush"/>. On SQLite they lie in a file of their own, so
/// that nobody who works with the main one waits for an import; it is committed first and tells what the import means.
/// </remarks>
public abstract class UsageWriter : IAsyncDisposable
{
    /// <summary>Large, as every chunk touches nearly every page of the unique index; small enough for 300 MB.</summary>
    public const int ChunkEvents = 200_000;

    private const int MaxOpenRollups = 60_000;

    private readonly Dictionary<RollupKey, Rollup> _rollups = [];
    private readonly Dictionary<int, Rollup> _repeated = [];
    private PendingEvent[] _events = new PendingEvent[1024];
    private long[] _order = [];
    private (SubscriptionId Id, int Number) _subscription;
    private (string Name, int Number) _name = ("", -1);

    private protected UsageWriter(ImportId import, UsageBooks books, long nextEvent) =>
        (Import, Books, NextEvent, FirstEvent) = (import, books, nextEvent, nextEvent);

    public UsageCounts Counts { get; } = new();

    /// <summary>Told of each event that is refused because another one has its id: the line and the id.</summary>
    public Action<long, string>? OnConflict { get; set; }

    /// <summary>Told the line of each event that is stored and was not there before.</summary>
    public Action<long>? OnAccept { get; set; }

    public bool IsFull => Pending == ChunkEvents;

    /// <summary>Events that wait to be flushed.</summary>
    public int Pending { get; private set; }

    internal ImportId Import { get; private set; }

    internal UsageBooks Books { get; }

    internal long FirstEvent { get; }

    /// <summary>False when it takes an import back or corrects an event instead.</summary>
    internal bool BringsImport { get; set; } = true;

    internal abstract DbConnection Connection { get; }

    internal long NextEvent { get; private set; }

    private protected ByteBuffer Bytes { get; } = new(64 << 10);

    /// <summary>Waits until no other import is running and begins.</summary>
    /// <param name="desk">Kept by a caller that commits often; null for an import by itself.</param>
    public static async Task<UsageWriter> Open(BackOfficeDb db, ImportId import, UsageDesk? desk, CancellationToken cancel) =>
        db.Database.IsSqlite()
            ? await SqliteUsageWriter.Open(db, import, desk, cancel)
            : await PostgresUsageWriter.Open(db, import, desk, cancel);

    /// <summary>Says late, but before <see cref="Commit"/>, whose events these are: known only once nobody else can write.</summary>
    public void For(ImportId import) => Import = import;

    /// <summary>Takes an event in. A full writer must be flushed first.</summary>
    public void Add(in UsageEntry entry, ReadOnlySpan<UsageProperty> properties)
    {
        if (Pending == _events.Length)
        {
            Array.Resize(ref _events, Math.Min(ChunkEvents, _events.Length * 2));
        }

        ref var pending = ref _events[Pending];
        pending.Subscription = NumberOf(entry.Subscription);
        pending.Name = NumberOf(entry.Name);
        (pending.At, pending.Line, pending.Bucket, pending.IsLate) = (entry.AtMicros, entry.Line, entry.Bucket, entry.IsLate);
        pending.Start = Bytes.Length;
        Bytes.Advance(TransactionKey.Write(entry.TransactionId, Bytes.Room(TransactionKey.MaxBytes)));
        pending.KeyLength = Bytes.Length - pending.Start;
        pending.Set = Books.Sets.Pack(properties, Bytes);
        pending.PackedLength = Bytes.Length - pending.Start - pending.KeyLength;
        Pending++;
    }

    /// <summary>Stores a single event and says what became of it.</summary>
    public async Task<AppendOutcome> Append(NewEvent e, CancellationToken cancel)
    {
        var (accepted, duplicates) = (Counts.Accepted, Counts.Duplicates);
        var at = Micros.Of(e.At);
        Add(new UsageEntry(e.Subscription, e.Name, at, e.TransactionId, e.Line, Micros.DayOf(at), e.IsLate), Read(e.Properties));
        await Flush(cancel);
        return Counts.Accepted > accepted ? AppendOutcome.Accepted
            : Counts.Duplicates > duplicates ? AppendOutcome.Duplicate
            : AppendOutcome.Conflict;
    }

    /// <summary>Stores what was taken in.</summary>
    public async Task Flush(CancellationToken cancel)
    {
        if (Pending > 0)
        {
            await SaveBooks(cancel);
            await Store(Order(), cancel);
            Pending = 0;
            Bytes.Clear();
        }

        if (_rollups.Count > MaxOpenRollups)
        {
            await SaveRollups(cancel);
        }
    }

    /// <summary>Everything is in the database, uncommitted. From here on the main database is locked as the caller needs it.</summary>
    public async Task Finish(CancellationToken cancel)
    {
        await Flush(cancel);
        await SaveRollups(cancel);
    }

    /// <summary>Begins to settle: the main database's transaction, which keeps the import's record, is open from here on.</summary>
    public abstract Task Settle(CancellationToken cancel);

    /// <summary>
    /// From here on the database this writer was opened with reads usage as if it were committed; after <see cref="Finish"/>, and as long
    /// as the writer lives. Whether it does before differs between the engines.
    /// </summary>
    public virtual void ReadThrough()
    {
        // Within one transaction there is nothing to do.
    }

    /// <summary>Keeps the events, what the import means, and the main database's transaction, in this order.</summary>
    /// <param name="outcome">Kept with the events; from it the main record is recovered if the process dies in between.</param>
    public abstract Task Commit(string outcome, CancellationToken cancel);

    public abstract ValueTask DisposeAsync();

    private protected abstract Task SaveBooks(CancellationToken cancel);

    /// <param name="order">The positions of the pending events, sorted by subscription and then by arrival.</param>
    private protected abstract Task Store(ReadOnlyMemory<long> order, CancellationToken cancel);

    private protected abstract Task Save(IReadOnlyList<KeyValuePair<RollupKey, Rollup>> rollups, CancellationToken cancel);

    private protected ref PendingEvent this[long order] => ref _events[(uint)order];

    private protected ReadOnlySpan<byte> KeyOf(in PendingEvent e) => Bytes.Slice(e.Start, e.KeyLength);

    private protected ReadOnlySpan<byte> PackedOf(in PendingEvent e) => Bytes.Slice(e.Start + e.KeyLength, e.PackedLength);

    /// <summary>Gives an accepted event its number and adds it up.</summary>
    private protected void Accept(in PendingEvent e)
    {
        AddUp(new RollupKey(e.Subscription, e.Bucket, e.IsLate, e.Name, e.Set), PackedOf(e), e.At, NextEvent++);
        Counts.Count(duplicate: false, e.IsLate, e.At);
        OnAccept?.Invoke(e.Line);
    }

    internal void AddUp(RollupKey key, ReadOnlySpan<byte> packed, long at, long id)
    {
        ref var rollup = ref CollectionsMarshal.GetValueRefOrAddDefault(_rollups, key, out _);
        rollup ??= new Rollup(Books.Sets[key.Set].Numbers.Length);
        rollup.Add(packed, at, id);
    }

    /// <summary>The id is taken by an event of an undone import, which keeps its key: this one gets the next.</summary>
    private protected void TakeAgain(ref PendingEvent e)
    {
        var start = Bytes.Length;
        var room = Bytes.Room(TransactionKey.MaxBytes + e.PackedLength);
        KeyOf(e).CopyTo(room);
        var length = TransactionKey.TakeAgain(room, e.KeyLength);
        PackedOf(e).CopyTo(room[length..]);
        Bytes.Advance(length + e.PackedLength);
        (e.Start, e.KeyLength) = (start, length);
    }

    /// <summary>
    /// Whether an event may have the id of a stored one: that was taken back; or it was corrected and this one says something else, so that
    /// who sends a corrected event once more does not bring it back.
    /// </summary>
    private protected bool IsFree(in PendingEvent e, long stored, int name, long at, int set, ReadOnlySpan<byte> packed) =>
        Books.FreesIds || Books.IsUndone(stored) || (Books.IsCorrected(stored) && !IsSame(e, name, at, set, packed));

    private bool IsSame(in PendingEvent e, int name, long at, int set, ReadOnlySpan<byte> packed) =>
        name == e.Name && at == e.At && (set == e.Set
            ? packed.SequenceEqual(PackedOf(e))
            : PropertySet.SayTheSame(Books.Sets[set], packed, Books.Sets[e.Set], PackedOf(e)));

    /// <summary>The id is taken: by the same event, or by another one.</summary>
    private protected void Meet(in PendingEvent e, int name, long at, int set, ReadOnlySpan<byte> packed)
    {
        if (IsSame(e, name, at, set, packed))
        {
            ref var repeated = ref CollectionsMarshal.GetValueRefOrAddDefault(_repeated, e.Set, out _);
            repeated ??= new Rollup(Books.Sets[e.Set].Numbers.Length);
            repeated.Add(PackedOf(e), e.At, 0);
            Counts.Count(duplicate: true, late: false, e.At);
        }
        else
        {
            Counts.Conflicts++;
            OnConflict?.Invoke(e.Line, TransactionKey.Read(KeyOf(e)));
        }
    }

    private async Task SaveRollups(CancellationToken cancel)
    {
        var rollups = _rollups.ToList();
        rollups.Sort((one, other) => RollupKey.Order(one.Key, other.Key));
        foreach (var (key, rollup) in rollups)
        {
            Counts.Add(Books.Sets[key.Set], rollup); // Before they are merged with what is there.
        }

        foreach (var (set, rollup) in _repeated)
        {
            Counts.Add(Books.Sets[set], rollup);
        }

        _repeated.Clear();
        await Save(rollups, cancel);
        _rollups.Clear();
    }

    private ReadOnlyMemory<long> Order()
    {
        if (_order.Length < Pending)
        {
            _order = new long[_events.Length];
        }

        for (var i = 0; i < Pending; i++)
        {
            _order[i] = ((long)_events[i].Subscription << 32) | (uint)i;
        }

        Array.Sort(_order, 0, Pending);
        return _order.AsMemory(0, Pending);
    }

    private int NumberOf(SubscriptionId id)
    {
        if (_subscription.Number == 0 || _subscription.Id != id)
        {
            _subscription = (id, Books.Subscription(id));
        }

        return _subscription.Number;
    }

    private int NumberOf(string name)
    {
        if (!ReferenceEquals(_name.Name, name) && _name.Name != name)
        {
            _name = (name, Books.Name(name));
        }

        return _name.Number;
    }

    private static UsageProperty[] Read(string json) => [.. EventProperties.Read(json)];
}

/// <summary>An event in a chunk; its id and its values lie in the bytes of the chunk.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct PendingEvent
{
    public int Subscription;
    public int Name;
    public int Set;
    public int Bucket;
    public int Start;
    public int KeyLength;
    public int PackedLength;
    public long At;
    public long Line;
    public bool IsLate;
}
