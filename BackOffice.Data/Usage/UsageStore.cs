using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data.Mapping;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;

namespace BackOffice.Data.Usage;

/// <summary>Reads usage, within the caller's transaction if there is one; only <see cref="UsageWriter"/> writes it.</summary>
public static class UsageStore
{
    private const string Columns = """
        SELECT e.id, s.id, n.name, e.at_micros, e.transaction_key, e.packed, e.line, e.late, p.content,
            (SELECT i.id FROM usage_imports i
                WHERE i.first_event <= COALESCE((SELECT c.origin FROM usage_corrections c WHERE c.position = e.id), e.id)
                AND i.next_event > i.first_event ORDER BY i.first_event DESC LIMIT 1)
        """;

    private const string OfImport = """
         AND e.id < (SELECT MAX(next_event) FROM usage_imports WHERE id = @import)
         AND (SELECT i.next_event FROM usage_imports i WHERE i.id = @import AND i.first_event <= e.id
            ORDER BY i.first_event DESC LIMIT 1) > e.id
        """;

    // An event whose predecessor of the same id was taken back has a count behind its key.
    private const string Named = """
         WHERE e.subscription = (SELECT no FROM usage_subscriptions WHERE id = @subscription)
         AND e.transaction_key >= @key AND e.transaction_key <= @longest AND
        """;

    private const string Joins = """
         JOIN usage_subscriptions s ON s.no = e.subscription JOIN usage_names n ON n.no = e.name
         JOIN usage_sets p ON p.no = e.property_set
        """;

    /// <summary>A condition: the event was not taken back.</summary>
    /// <remarks>Ranges do not overlap, so that the nearest below decides; nothing else is looked at, however many there are.</remarks>
    internal const string Kept = """
        COALESCE((SELECT u.next_event FROM usage_undone u WHERE u.first_event <= e.id ORDER BY u.first_event DESC LIMIT 1), 0) <= e.id
        """;

    /// <summary>A condition: the event counts, or it did when it was billed for good.</summary>
    internal const string AsBilled =
        Kept + " AND NOT EXISTS (SELECT 1 FROM usage_corrections c WHERE c.event = e.id AND c.billed = FALSE)";

    /// <summary>A condition: the event counts, by what is known now.</summary>
    internal const string AsKnown = Kept + " AND NOT EXISTS (SELECT 1 FROM usage_corrections c WHERE c.event = e.id)";

    // A correction has a number among the events: it counts from then on.
    private const string AsKnownThen =
        Kept + " AND NOT EXISTS (SELECT 1 FROM usage_corrections c WHERE c.event = e.id AND c.position <= @through)";

    private const string Corrected = Kept + " AND EXISTS (SELECT 1 FROM usage_corrections c WHERE c.event = e.id)";

    /// <summary>Opens the writer of an import, once no other import is running.</summary>
    public static Task<UsageWriter> Writer(this BackOfficeDb db, ImportId import, CancellationToken cancel = default) =>
        UsageWriter.Open(db, import, null, cancel);

    /// <summary>The same for one who commits often; whose events they are is said with <see cref="UsageWriter.For"/>.</summary>
    public static Task<UsageWriter> Writer(this BackOfficeDb db, UsageDesk desk, CancellationToken cancel = default) =>
        UsageWriter.Open(db, default, desk, cancel);

    /// <summary>The billable events of a subscription in a stretch of time, in the order of storing.</summary>
    /// <param name="known">Null for those that came in time.</param>
    public static async IAsyncEnumerable<UsageEvent> BillableEvents(
        this BackOfficeDb db, SubscriptionId subscription, Interval when, KnownUsage? known = null,
        [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var query = (known ?? new(null, true)).Of(EventQuery.In(subscription, when));
        await foreach (var e in db.Usage(query, cancel: cancel))
        {
            yield return e.AsUsage();
        }
    }

    /// <summary>Events as they were stored.</summary>
    /// <param name="take">At most so many; the rest is not read.</param>
    public static async IAsyncEnumerable<StoredEvent> Usage(
        this BackOfficeDb db, EventQuery query, EventOrder order = EventOrder.AsStored, int skip = 0, int take = int.MaxValue,
        [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var by = order switch
        {
            EventOrder.LastStoredFirst when query is { Subscription: not null, TransactionId: null } =>
                "g.first_event DESC, e.id DESC", // Segments lie apart.
            EventOrder.LastStoredFirst => "e.id DESC",
            EventOrder.ByTime => "e.at_micros, e.id",
            _ => "e.id",
        };
        await using var command = await Command(db, query, Columns, Joins, $" ORDER BY {by} LIMIT {take} OFFSET {skip}", cancel);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (Read(row) is var e && (query.TransactionId is null || e.TransactionId == query.TransactionId))
            {
                yield return e;
            }
        }
    }

    /// <summary>The number that the next event gets.</summary>
    public static async Task<long> NextUsageEvent(this BackOfficeDb db, CancellationToken cancel)
    {
        await using var command = await Open(db, cancel);
        command.CommandText = UsageTables.NextNumber;
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    public static async Task<long> CountUsage(this BackOfficeDb db, EventQuery query, CancellationToken cancel)
    {
        await using var command = await Command(db, query, "SELECT COUNT(*)", "", "", cancel);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    /// <summary>How many events of each import are stored, counted one by one.</summary>
    public static async Task<IReadOnlyDictionary<ImportId, long>> CountByImport(this BackOfficeDb db, CancellationToken cancel)
    {
        await using var command = await Open(db, cancel);
        command.CommandText = """
            SELECT i.id, (SELECT COUNT(*) FROM usage_events e WHERE e.id >= i.first_event AND e.id < i.next_event) FROM usage_imports i
            """;
        await using var row = await command.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<ImportId, long>();
        while (await row.ReadAsync(cancel))
        {
            var import = new ImportId(row.GetGuid(0));
            counts[import] = counts.GetValueOrDefault(import) + row.GetInt64(1);
        }

        return counts;
    }

    /// <summary>Whose usage an import brought.</summary>
    public static async Task<IReadOnlyList<SubscriptionId>> SubscriptionsOf(this BackOfficeDb db, ImportId import, CancellationToken cancel)
    {
        await using var command = await Open(db, cancel);
        command.CommandText = """
            SELECT DISTINCT s.id FROM usage_imports i
            JOIN usage_segments g ON g.first_event >= i.first_event AND g.first_event < i.next_event
            JOIN usage_subscriptions s ON s.no = g.subscription WHERE i.id = @id
            """;
        command.Add("id", import.Value);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var subscriptions = new List<SubscriptionId>();
        while (await row.ReadAsync(cancel))
        {
            subscriptions.Add(new SubscriptionId(row.GetGuid(0)));
        }

        return subscriptions;
    }

    /// <summary>The imports whose events were taken back, with who did it, when and why.</summary>
    public static async Task<IReadOnlyDictionary<ImportId, Undoing>> UndoneImports(this BackOfficeDb db, CancellationToken cancel)
    {
        await using var command = await Open(db, cancel);
        command.CommandText = """
            SELECT i.id, u.undoing FROM usage_undone u
            JOIN usage_imports i ON i.first_event = u.first_event AND i.next_event = u.next_event AND i.next_event > i.first_event
            WHERE u.undoing <> ''
            """;
        await using var row = await command.ExecuteReaderAsync(cancel);
        var undone = new Dictionary<ImportId, Undoing>();
        while (await row.ReadAsync(cancel))
        {
            undone.Add(new ImportId(row.GetGuid(0)), JsonSerializer.Deserialize<Undoing>(row.GetString(1), DomainJson.Options)!);
        }

        return undone;
    }

    /// <summary>What an import means, as its writer kept it with the events; null when nothing of it is stored.</summary>
    public static async Task<string?> OutcomeOf(this BackOfficeDb db, ImportId import, CancellationToken cancel)
    {
        await using var command = await Open(db, cancel);
        command.CommandText = "SELECT outcome FROM usage_imports WHERE id = @id ORDER BY first_event DESC LIMIT 1";
        command.Add("id", import.Value);
        return (string?)await command.ExecuteScalarAsync(cancel);
    }

    /// <summary>A command on the caller's connection and in its transaction, or on that of a writer the caller reads through.</summary>
    internal static async Task<DbCommand> Open(BackOfficeDb db, CancellationToken cancel)
    {
        if (db.UsageConnection is { } writing)
        {
            return writing.CreateCommand();
        }

        await db.Database.OpenConnectionAsync(cancel);
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    private static async Task<DbCommand> Command(
        BackOfficeDb db, EventQuery query, string columns, string joins, string end, CancellationToken cancel)
    {
        var command = await Open(db, cancel);
        var sql = new StringBuilder(columns);
        var counts = query switch
        {
            { Corrected: true } => Corrected,
            { Late: false } => AsBilled,
            { Through: null } => AsKnown,
            _ => AsKnownThen,
        };
        if (query is { Subscription: { } sender, TransactionId: { } id })
        {
            sql.Append(" FROM usage_events e").Append(joins).Append(Named).Append(' ').Append(counts);
            command.Add("subscription", sender.Value);
            var (key, longest) = TransactionKey.Keys(id);
            command.Add("key", key).Add("longest", longest);
        }
        else if (query.Subscription is { } subscription)
        {
            sql.Append(" FROM usage_segments g JOIN usage_events e ON e.id >= g.first_event AND e.id < g.next_event").Append(joins)
                .Append(" WHERE g.subscription = (SELECT no FROM usage_subscriptions WHERE id = @subscription) AND ").Append(counts);
            command.Add("subscription", subscription.Value);
        }
        else
        {
            sql.Append(" FROM usage_events e").Append(joins).Append(" WHERE ").Append(counts);
        }

        var segmented = query is { Subscription: not null, TransactionId: null };
        Where(query.FromMicros, " AND e.at_micros >= @from", "from", segmented ? " AND g.max_at >= @from" : "");
        Where(query.ToMicros, " AND e.at_micros < @to", "to", segmented ? " AND g.min_at < @to" : "");
        Where(query.Import?.Value, " AND e.id >= (SELECT MIN(first_event) FROM usage_imports WHERE id = @import)", "import", OfImport);
        Where(query.Name, " AND e.name = (SELECT no FROM usage_names WHERE name = @name)", "name");
        Where(query.Before, " AND e.id < @before", "before", segmented ? " AND g.first_event < @before" : "");
        Where(query.From, " AND e.id >= @first", "first");
        Where(query.After, " AND e.id > @after", "after");
        Where(query.Through, " AND e.id <= @through", "through");
        Where(query.Late, db.Database.IsSqlite() && query.Late == true ? " AND e.late = 1" : " AND e.late = @late", "late");
        if (query.Property is { } property)
        {
            var sets = await UsageSearch.SetsWith(db, property, cancel);
            sql.Append(CultureInfo.InvariantCulture, $" AND e.property_set IN ({(sets.Count == 0 ? "-1" : string.Join(',', sets))})");
        }

        command.CommandText = sql.Append(end).ToString();
        return command;

        void Where(object? value, string condition, string name, string also = "")
        {
            if (value is not null)
            {
                sql.Append(condition).Append(also);
                command.Add(name, value);
            }
        }
    }

    private static StoredEvent Read(DbDataReader row)
    {
        var (numbers, texts) = PropertySet.Parse(row.GetString(8)).Unpack(row.GetFieldValue<byte[]>(5));
        return new StoredEvent(
            row.GetInt64(0), new SubscriptionId(row.GetGuid(1)), row.GetString(2), row.GetInt64(3),
            TransactionKey.Read(row.GetFieldValue<byte[]>(4)), numbers, texts, new ImportId(row.GetGuid(9)),
            row.GetInt64(6), row.GetBoolean(7));
    }
}
