using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Billing;
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
    ImportId ImportId, long ImportNumber, long Line, bool IsLate)
{
    /// <summary>The invoice that bills it although it was late; null while none does.</summary>
    public string? LateOn { get; init; }
}

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
        var codes = await db.Subscriptions.OrderBy(s => s.Code).Select(s => new { s.Id, s.Code }).ToListAsync(cancel);
        var codeOf = codes.ToDictionary(s => s.Id, s => s.Code);
        List<StoredEvent> events = [];
        if (await Query(db, filter, zone, cancel) is { } query)
        {
            events = await db.Usage(query, EventOrder.LastStoredFirst, take: PageSize + 1, cancel: cancel).ToListAsync(cancel);
        }

        var imports = events.Select(e => e.ImportId).Distinct().ToList();
        var numberOf = await db.Imports.Where(i => imports.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Number, cancel);
        var lateOn = await LateBilling.DocumentsOf(db, [.. events.Where(e => e.IsLate)], cancel);
        var rows = events.Take(PageSize).Select(e => Row(e, codeOf[e.SubscriptionId], numberOf[e.ImportId]) with
        {
            LateOn = lateOn.GetValueOrDefault(e.Id),
        }).ToList();
        return new EventList(rows, events.Count > PageSize ? rows[^1].Id : null, zone, [.. codes.Select(s => s.Code)]);
    }

    // Null when nothing can be found: there is no such subscription or import.
    private static async Task<EventQuery?> Query(BackOfficeDb db, EventFilter filter, DateTimeZone zone, CancellationToken cancel)
    {
        var query = new EventQuery(Before: filter.Before, Late: filter.LateOnly ? true : null);
        if (filter.Subscription is { Length: > 0 } code)
        {
            var found = await db.Subscriptions.Where(s => s.Code == code).Select(s => s.Id).ToListAsync(cancel);
            if (found is not [var subscription])
            {
                return null;
            }

            query = query with { Subscription = subscription };
        }

        if (filter.Import is { } number)
        {
            var found = await db.Imports.Where(i => i.Number == number).Select(i => i.Id).ToListAsync(cancel);
            if (found is not [var import])
            {
                return null;
            }

            query = query with { Import = import };
        }

        return query with
        {
            FromMicros = filter.From is { } first ? Micros.Of(zone.AtStartOfDay(first).ToInstant()) : null,
            ToMicros = filter.To is { } last ? Micros.Of(zone.AtStartOfDay(last.PlusDays(1)).ToInstant()) : null,
        };
    }

    private static EventRow Row(StoredEvent e, string code, long import) => new(
        e.Id, e.At, e.Name, code, e.Shown, e.TransactionId,
        e.ImportId, import, e.Line, e.IsLate);
}
