using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Which events to show, of those that match otherwise.</summary>
public enum EventState
{
    /// <summary>All that count.</summary>
    Any,

    /// <summary>Those that came after their period was billed for good.</summary>
    Late,

    /// <summary>Those that count no more.</summary>
    Corrected,
}

/// <summary>Which events to show.</summary>
/// <param name="Metric">The code of a metric: events of its name that carry its property.</param>
/// <param name="Event">The name of events.</param>
/// <param name="From">The first day, on the company's calendar.</param>
/// <param name="To">The last day, on the company's calendar.</param>
/// <param name="Import">An import's number.</param>
/// <param name="Before">Only events stored before this one.</param>
public sealed record EventFilter(
    string? Subscription = null, string? Metric = null, string? Event = null, LocalDate? From = null, LocalDate? To = null,
    long? Import = null, EventState State = EventState.Any, long? Before = null);

/// <param name="Correction">What became of it, or of the event in whose place it counts; null when nobody corrected anything.</param>
/// <param name="Counts">False when it was voided or another one counts in its place.</param>
public sealed record EventRow(
    long Id, Instant At, string Name, string Subscription, IReadOnlyDictionary<string, string> Properties,
    IReadOnlyDictionary<string, decimal> Numbers, string TransactionId, ImportId ImportId, long ImportNumber, long Line, bool IsLate,
    EventCorrection? Correction, bool Counts)
{
    /// <summary>The invoice that bills it although it was late; null while none does.</summary>
    public string? LateOn { get; init; }
}

/// <summary>A page of events, the last stored first.</summary>
/// <param name="Older">Where the next page begins; null on the last one.</param>
/// <param name="IsWhole">False when the search has looked at its share of events without filling the page.</param>
/// <param name="Unknown">What the filter names and is not there, as a sentence.</param>
public sealed record EventList(IReadOnlyList<EventRow> Rows, long? Older, DateTimeZone Zone, bool IsWhole = true, string? Unknown = null);

/// <summary>What the filters of events offer to choose from.</summary>
public sealed record EventChoices(IReadOnlyList<string> Subscriptions, IReadOnlyList<string> Metrics);

/// <summary>Reads events as they were stored.</summary>
public sealed class EventQueries(IDbContextFactory<BackOfficeDb> dbs)
{
    private const int PageSize = 100;
    private const int MostSuggested = 200;

    public async Task<EventList> List(EventFilter filter, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var zone = await UsageQueries.CompanyZone(db, cancel);
        var (query, unknown) = await Query(db, filter, zone, cancel);
        if (unknown is not null)
        {
            return new EventList([], null, zone, Unknown: unknown);
        }

        var page = await db.Page(query, PageSize, cancel);
        var rows = await Rows(db, page.Events, cancel);
        return new EventList(rows, page.Older, zone, IsWhole: page.Older is null || rows.Count == PageSize);
    }

    /// <summary>The first of them; whoever has more types the code.</summary>
    public async Task<EventChoices> Choices(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return new EventChoices(
            await db.Subscriptions.OrderBy(s => s.Code).Select(s => s.Code).Take(MostSuggested).ToListAsync(cancel),
            await db.Metrics.OrderBy(m => m.Code).Select(m => m.Code).ToListAsync(cancel));
    }

    private static async Task<IReadOnlyList<EventRow>> Rows(
        BackOfficeDb db, IReadOnlyList<StoredEvent> events, CancellationToken cancel)
    {
        var subscriptions = events.Select(e => e.SubscriptionId).Distinct().ToList();
        var codeOf = await db.Subscriptions.Where(s => subscriptions.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Code, cancel);
        var imports = events.Select(e => e.ImportId).Distinct().ToList();
        var numberOf = await db.Imports.Where(i => imports.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Number, cancel);
        var lateOn = await LateBilling.DocumentsOf(db, [.. events.Where(e => e.IsLate)], cancel);
        var corrections = await db.CorrectionsOf([.. events.Select(e => e.Id)], cancel);
        var gone = corrections.ToDictionary(c => c.Event, c => c.Correction);
        var came = corrections.Where(c => c.Replacement is not null).ToDictionary(c => c.Replacement!.Value, c => c.Correction);
        return [.. events.Select(e => new EventRow(
            e.Id, e.At, e.Name, codeOf[e.SubscriptionId], e.Shown, e.Numbers, e.TransactionId, e.ImportId, numberOf[e.ImportId], e.Line,
            e.IsLate, gone.GetValueOrDefault(e.Id) ?? came.GetValueOrDefault(e.Id), !gone.ContainsKey(e.Id))
        {
            LateOn = lateOn.GetValueOrDefault(e.Id),
        })];
    }

    private static async Task<(EventQuery Query, string? Unknown)> Query(
        BackOfficeDb db, EventFilter filter, DateTimeZone zone, CancellationToken cancel)
    {
        var query = new EventQuery(
            FromMicros: filter.From is { } first ? Micros.Of(zone.AtStartOfDay(first).ToInstant()) : null,
            ToMicros: filter.To is { } last ? Micros.Of(zone.AtStartOfDay(last.PlusDays(1)).ToInstant()) : null,
            Name: filter.Event, Late: filter.State == EventState.Late ? true : null, Before: filter.Before,
            Corrected: filter.State == EventState.Corrected);
        if (filter.Subscription is { Length: > 0 } code)
        {
            query = query with { Subscription = await Found(db.Subscriptions.Where(s => s.Code == code).Select(s => s.Id), cancel) };
            if (query.Subscription is null)
            {
                return (query, $"There is no subscription with the code “{code}”.");
            }
        }

        if (filter.Import is { } number)
        {
            query = query with { Import = await Found(db.Imports.Where(i => i.Number == number).Select(i => i.Id), cancel) };
            if (query.Import is null)
            {
                return (query, $"There is no import {number}.");
            }
        }

        return filter.Metric is { Length: > 0 } metric ? await Of(db, query, metric, cancel) : (query, null);
    }

    private static async Task<(EventQuery Query, string? Unknown)> Of(
        BackOfficeDb db, EventQuery query, string code, CancellationToken cancel) =>
        await db.Metrics.AsNoTracking().SingleOrDefaultAsync(m => m.Code == code, cancel) is { } metric
            ? (query with { Name = metric.EventName ?? query.Name, Property = metric.Property }, null)
            : (query, $"There is no metric with the code “{code}”.");

    private static async Task<T?> Found<T>(IQueryable<T> query, CancellationToken cancel)
        where T : struct => await query.ToListAsync(cancel) is [var found] ? found : null;
}
