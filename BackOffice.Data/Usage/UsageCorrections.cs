using System.Text.Json;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data.Mapping;
using NodaTime;

namespace BackOffice.Data.Usage;

/// <summary>A correction as it lies with the events.</summary>
/// <param name="Event">The event that counts no more.</param>
/// <param name="Replacement">The event that counts in its place; null when it is voided.</param>
/// <param name="IsBilled">
/// The event stands on an issued document: what was billed still contains it (<see cref="EventQuery.Late"/> false), and what is known now
/// does not.
/// </param>
public sealed record StoredCorrection(long Event, long? Replacement, bool IsBilled, EventCorrection Correction)
{
    /// <summary>Its own number among the events: it counts from then on.</summary>
    public required long Position { get; init; }
}

/// <summary>Takes single events out of what is billed, or puts others in their place; never changes one.</summary>
public static class UsageCorrections
{
    private const string Columns = "SELECT c.event, c.position, c.voids, c.billed, c.correction FROM usage_corrections c";

    /// <summary>Instead of storing an import, the writer corrects an event; committed with the writer.</summary>
    /// <param name="wrong">The event; it counts until now.</param>
    /// <param name="numbers">All numbers of the event that counts in its place; null voids it.</param>
    /// <param name="isClosed">The period of the event is billed for good: what came in its place is late.</param>
    /// <param name="bucketOf">Where an event is added up, see <see cref="UsageEntry"/>.</param>
    public static async Task Correct(
        this UsageWriter writer, StoredEvent wrong, EventCorrection correction, IReadOnlyDictionary<string, decimal>? numbers,
        bool isClosed, Func<SubscriptionId, long, int> bucketOf, CancellationToken cancel)
    {
        writer.BringsImport = false;
        var isBilled = isClosed && !wrong.IsLate;
        await writer.Run(
            """
            INSERT INTO usage_corrections (event, origin, position, voids, billed, correction)
            SELECT @event, COALESCE((SELECT c.origin FROM usage_corrections c WHERE c.position = @event), @event),
                @position, @voids, @billed, @correction
            """,
            [
                ("event", wrong.Id), ("position", writer.NextEvent), ("voids", numbers is null), ("billed", isBilled),
                ("correction", JsonSerializer.Serialize(correction, DomainJson.Options)),
            ],
            cancel);
        if (!isBilled)
        {
            await UsageUndo.AddUpAround(writer, wrong.SubscriptionId, wrong.AtMicros, bucketOf, cancel);
        }

        if (numbers is not null)
        {
            writer.Books.FreesIds = true;
            var bucket = bucketOf(wrong.SubscriptionId, wrong.AtMicros);
            writer.Add(
                new UsageEntry(wrong.SubscriptionId, wrong.Name, wrong.AtMicros, wrong.TransactionId, wrong.Line, bucket, isClosed),
                [
                    .. numbers.Select(number => new UsageProperty(number.Key, number.Value, null)),
                    .. wrong.Texts.Select(text => new UsageProperty(text.Key, null, text.Value)),
                ]);
        }

        await writer.Finish(cancel);
    }

    /// <summary>The event with this number; null when there is none, or it counts no more.</summary>
    public static async Task<StoredEvent?> FindEvent(this BackOfficeDb db, long id, CancellationToken cancel = default)
    {
        await foreach (var found in db.Usage(new EventQuery(From: id, Before: id + 1), cancel: cancel))
        {
            return found;
        }

        return null;
    }

    /// <summary>An event that counts no more.</summary>
    public static async Task<StoredEvent> CorrectedEvent(this BackOfficeDb db, long id, CancellationToken cancel = default) =>
        await db.Usage(new EventQuery(From: id, Before: id + 1, Corrected: true), cancel: cancel).SingleAsync(cancel);

    /// <summary>All corrections there are, in the order of the events.</summary>
    public static Task<IReadOnlyList<StoredCorrection>> Corrections(this BackOfficeDb db, CancellationToken cancel = default) =>
        Read(db, $"{Columns} ORDER BY c.event", cancel);

    /// <summary>The corrections of these events, and those that brought them.</summary>
    public static Task<IReadOnlyList<StoredCorrection>> CorrectionsOf(
        this BackOfficeDb db, IReadOnlyCollection<long> events, CancellationToken cancel = default)
    {
        var listed = events.Count == 0 ? "0" : string.Join(',', events);
        return Read(db, $"{Columns} WHERE c.event IN ({listed}) OR c.position IN ({listed}) ORDER BY c.event", cancel);
    }

    /// <summary>
    /// What was corrected of the usage of a subscription after something had been billed with it: an adjustment has to make it good.
    /// </summary>
    /// <param name="after">The last event or correction that was billed.</param>
    public static Task<IReadOnlyList<StoredCorrection>> CorrectedAfter(
        this BackOfficeDb db, SubscriptionId subscription, Interval when, long after, CancellationToken cancel = default) =>
        Read(
            db,
            $"""
            {Columns} JOIN usage_events e ON e.id = c.event
            WHERE c.position > @after AND (c.event <= @after OR c.billed = TRUE)
            AND e.subscription = (SELECT no FROM usage_subscriptions WHERE id = @subscription)
            AND e.at_micros >= @from AND e.at_micros < @to AND {UsageStore.Kept} ORDER BY c.event
            """,
            cancel, ("after", after), ("subscription", subscription.Value), ("from", Micros.Of(when.Start)), ("to", Micros.Of(when.End)));

    /// <summary>Whose usage of these moments was corrected, before or after it was billed.</summary>
    public static async Task<IReadOnlyList<SubscriptionId>> SubscriptionsCorrected(
        this BackOfficeDb db, Interval when, CancellationToken cancel = default)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = """
            SELECT DISTINCT s.id FROM usage_corrections c JOIN usage_events e ON e.id = c.event
            JOIN usage_subscriptions s ON s.no = e.subscription WHERE e.at_micros >= @from AND e.at_micros < @to
            """;
        command.Add("from", Micros.Of(when.Start)).Add("to", Micros.Of(when.End));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var subscriptions = new List<SubscriptionId>();
        while (await row.ReadAsync(cancel))
        {
            subscriptions.Add(new SubscriptionId(row.GetGuid(0)));
        }

        return subscriptions;
    }

    /// <summary>How many events count in the place of events of an import; undoing it takes them back, too.</summary>
    public static async Task<long> CountReplacements(
        this BackOfficeDb db, ImportId import, SubscriptionId subscription, Interval when, CancellationToken cancel = default)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = $"""
            SELECT COUNT(*) FROM usage_imports i
            JOIN usage_corrections r ON r.origin >= i.first_event AND r.origin < i.next_event
            JOIN usage_events e ON e.id = r.position
            WHERE i.id = @import AND e.subscription = (SELECT no FROM usage_subscriptions WHERE id = @subscription)
            AND e.late = FALSE AND e.at_micros >= @from AND e.at_micros < @to AND {UsageStore.AsBilled}
            """;
        command.Add("import", import.Value).Add("subscription", subscription.Value)
            .Add("from", Micros.Of(when.Start)).Add("to", Micros.Of(when.End));
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<IReadOnlyList<StoredCorrection>> Read(
        BackOfficeDb db, string sql, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        await using var command = await UsageStore.Open(db, cancel);
        command.CommandText = sql;
        Array.ForEach(values, value => command.Add(value.Name, value.Value));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var all = new List<StoredCorrection>();
        while (await row.ReadAsync(cancel))
        {
            all.Add(new StoredCorrection(
                row.GetInt64(0), row.GetBoolean(2) ? null : row.GetInt64(1), row.GetBoolean(3),
                JsonSerializer.Deserialize<EventCorrection>(row.GetString(4), DomainJson.Options)!) { Position = row.GetInt64(1) });
        }

        return all;
    }
}
