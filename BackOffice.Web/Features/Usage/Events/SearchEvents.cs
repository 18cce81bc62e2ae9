using BackOffice.Core.Access;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Api;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>Which events a program asks for.</summary>
/// <param name="Metric">A metric's code: the events it listens to.</param>
/// <param name="From">The first moment.</param>
/// <param name="To">The moment after the last.</param>
/// <param name="Before">Only events stored before this one.</param>
public sealed record EventSearch(
    string? Subscription, string? Metric, string? TransactionId, Instant? From, Instant? To, long? Before, int Limit);

/// <summary>A stored event with what people call its import and its subscription.</summary>
public sealed record FoundEvent(StoredEvent Event, string Subscription, long ImportNumber);

/// <summary>Events, the last stored first.</summary>
/// <param name="Next">Where to go on; null when there is nothing more.</param>
public sealed record FoundEvents(IReadOnlyList<FoundEvent> Events, long? Next);

/// <summary>Finds stored events for a program.</summary>
/// <remarks>
/// Without a subscription a page looks at so many events at most, whether it finds any or not: then it says where to go on. So a question
/// costs the same whatever is stored.
/// </remarks>
public sealed class SearchEvents(IDbContextFactory<BackOfficeDb> dbs, KeyGate keys)
{
    public const int MaxLimit = 1_000;

    private const long MaxLookedAt = 500_000;

    /// <exception cref="ApiRefused">The key, or a filter that names what there is not.</exception>
    public async Task<FoundEvents> Run(string? key, EventSearch search, CancellationToken cancel = default)
    {
        await keys.Require(key, ApiScopes.UsageRead, cancel: cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var query = await Query(db, search, cancel);
        long? lowest = null;
        if (query.Subscription is null)
        {
            var top = search.Before ?? await db.NextUsageEvent(cancel);
            lowest = Math.Max(1, top - MaxLookedAt);
            query = query with { Before = top, From = lowest };
        }

        var events = await db.Usage(query, EventOrder.LastStoredFirst, take: search.Limit + 1, cancel: cancel).ToListAsync(cancel);
        var shown = events.Take(search.Limit).ToList();
        var next = events.Count > search.Limit ? shown[^1].Id : lowest > 1 ? lowest : null;
        return new FoundEvents(await Named(db, shown, cancel), next);
    }

    private static async Task<EventQuery> Query(BackOfficeDb db, EventSearch search, CancellationToken cancel)
    {
        var query = new EventQuery(
            FromMicros: search.From is { } from ? Micros.Of(from) : null, ToMicros: search.To is { } to ? Micros.Of(to) : null,
            Before: search.Before, TransactionId: search.TransactionId);
        if (search.Subscription is { } code)
        {
            var found = await db.Subscriptions.Where(s => s.Code == code).Select(s => s.Id).ToListAsync(cancel);
            query = found is [var id] ? query with { Subscription = id } : throw NotThere("subscription", code);
        }

        if (search.TransactionId is not null && search.Subscription is null)
        {
            throw new ApiRefused(
                ApiFault.Malformed, "subscription_missing", "A transactionId is unique within a subscription. Name the subscription, too.");
        }

        if (search.Metric is { } metric)
        {
            var found = await db.Metrics.Where(m => m.Code == metric).Select(m => new { m.EventName }).ToListAsync(cancel);
            query = found is [var known] ? query with { Name = known.EventName } : throw NotThere("metric", metric);
        }

        return query;
    }

    private static async Task<IReadOnlyList<FoundEvent>> Named(BackOfficeDb db, IReadOnlyList<StoredEvent> events, CancellationToken cancel)
    {
        var ids = events.Select(e => e.SubscriptionId).Distinct().ToList();
        var importIds = events.Select(e => e.ImportId).Distinct().ToList();
        var codeOf = await db.Subscriptions.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Code, cancel);
        var numberOf = await db.Imports.Where(i => importIds.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Number, cancel);
        return [.. events.Select(e => new FoundEvent(e, codeOf[e.SubscriptionId], numberOf[e.ImportId]))];
    }

    private static ApiRefused NotThere(string what, string code) => new(
        ApiFault.Malformed, $"unknown_{what}",
        $"There is no {what} with the code “{Files.CellText.Show(code)}”. Correct the parameter {what}.");
}
