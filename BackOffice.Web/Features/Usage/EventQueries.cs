using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Which events to show.</summary>
/// <param name="From">The first day, on the company's calendar.</param>
/// <param name="To">The last day, on the company's calendar.</param>
/// <param name="Import">An import's number.</param>
/// <param name="Before">Only events stored before this one.</param>
public sealed record EventFilter(
    string? Subscription = null, LocalDate? From = null, LocalDate? To = null, long? Import = null, bool LateOnly = false,
    long? Before = null);

public sealed record EventRow(
    long Id, Instant At, string Name, string Subscription, IReadOnlyDictionary<string, string> Properties, string TransactionId,
    ImportId ImportId, long ImportNumber, long Line, bool IsLate);

/// <summary>A page of events, the last stored first.</summary>
/// <param name="Older">Where the next page begins; null on the last one.</param>
public sealed record EventList(IReadOnlyList<EventRow> Rows, long? Older, DateTimeZone Zone, IReadOnlyList<string> Subscriptions);

/// <summary>Reads events as they were stored.</summary>
public sealed class EventQueries(IDbContextFactory<BackOfficeDb> dbs)
{
    private const int PageSize = 100;

    public async Task<EventList> List(EventFilter filter, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var zone = await UsageQueries.CompanyZone(db, cancel);
        var events = await Filtered(db, filter, zone).OrderByDescending(e => e.Id).Take(PageSize + 1)
            .Join(db.Subscriptions, e => e.SubscriptionId, s => s.Id, (e, s) => new { Event = e, s.Code })
            .Join(db.Imports, pair => pair.Event.ImportId, i => i.Id, (pair, i) => new { pair.Event, pair.Code, i.Number })
            .OrderByDescending(row => row.Event.Id).ToListAsync(cancel);
        var rows = events.Take(PageSize).Select(row => Row(row.Event, row.Code, row.Number)).ToList();
        var codes = await db.Subscriptions.OrderBy(s => s.Code).Select(s => s.Code).ToListAsync(cancel);
        return new EventList(rows, events.Count > PageSize ? rows[^1].Id : null, zone, codes);
    }

    private static IQueryable<StoredEvent> Filtered(BackOfficeDb db, EventFilter filter, DateTimeZone zone)
    {
        var events = db.Kept();
        if (filter.Subscription is { Length: > 0 } code)
        {
            events = events.Where(e => db.Subscriptions.Any(s => s.Id == e.SubscriptionId && s.Code == code));
        }

        if (filter.Import is { } number)
        {
            events = events.Where(e => db.Imports.Any(i => i.Id == e.ImportId && i.Number == number));
        }

        if (filter.From is { } first)
        {
            var from = Micros.Of(zone.AtStartOfDay(first).ToInstant());
            events = events.Where(e => e.AtMicros >= from);
        }

        if (filter.To is { } last)
        {
            var end = Micros.Of(zone.AtStartOfDay(last.PlusDays(1)).ToInstant());
            events = events.Where(e => e.AtMicros < end);
        }

        events = filter.LateOnly ? events.Where(e => e.IsLate) : events;
        return filter.Before is { } before ? events.Where(e => e.Id < before) : events;
    }

    private static EventRow Row(StoredEvent e, string code, long import) => new(
        e.Id, Micros.ToInstant(e.AtMicros), e.Name, code, EventProperties.All(e.Properties), TakenAgain.Original(e.TransactionId),
        e.ImportId, import, e.Line, e.IsLate);
}
