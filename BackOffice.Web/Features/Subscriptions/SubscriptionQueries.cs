using BackOffice.Core.Catalog;
using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>Where a subscription stands on the customer's calendar.</summary>
public enum SubscriptionState
{
    Upcoming,
    Active,
    Ended,
}

/// <summary>A subscription as lists show it.</summary>
/// <param name="BilledThrough">The last day that has been billed; null when none has.</param>
/// <param name="Today">The customer's day, on which <paramref name="State"/> was decided.</param>
public sealed record SubscriptionRow(
    SubscriptionId Id, string Code, CustomerId CustomerId, string CustomerName, PlanId PlanId, string PlanName, int PlanVersion,
    LocalDate StartsOn, LocalDate? EndsOn, LocalDate? BilledThrough, SubscriptionState State, LocalDate Today);

/// <summary>Reads subscriptions.</summary>
public sealed class SubscriptionQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    /// <param name="search">Part of the subscription's code, or of the customer's name or code.</param>
    /// <param name="page">1 for the first.</param>
    public async Task<Found<SubscriptionRow>> List(string? search = null, int page = 1, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = Raw(db).Matching(search, r => r.Subscription.Code, r => r.Customer.Name, r => r.Customer.Code);
        var sorted = rows.OrderBy(r => r.Customer.Name).ThenBy(r => r.Subscription.Code);
        var shown = await sorted.Skip((Math.Max(1, page) - 1) * Found<SubscriptionRow>.PageSize)
            .Take(Found<SubscriptionRow>.PageSize).ToListAsync(cancel);
        return new Found<SubscriptionRow>([.. shown.Select(Row)], await rows.CountAsync(cancel));
    }

    /// <summary>Those of one customer, the latest first.</summary>
    public async Task<IReadOnlyList<SubscriptionRow>> Of(CustomerId customer, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await Raw(db).Where(r => r.Customer.Id == customer)
            .OrderByDescending(r => r.Subscription.StartsOn).ThenBy(r => r.Subscription.Code).ToListAsync(cancel);
        return [.. rows.Select(Row)];
    }

    private static IQueryable<RawRow> Raw(BackOfficeDb db) =>
        from subscription in db.Subscriptions.AsNoTracking()
        join customer in db.Customers on subscription.CustomerId equals customer.Id
        join plan in db.Plans.IgnoreAutoIncludes() on subscription.PlanId equals plan.Id
        select new RawRow
        {
            Subscription = subscription,
            Customer = customer,
            PlanName = plan.Name,
            BilledEnd = db.BilledPeriods.Where(b => b.SubscriptionId == subscription.Id).Max(b => (LocalDate?)b.End),
        };

    private SubscriptionRow Row(RawRow raw)
    {
        var (subscription, customer) = (raw.Subscription, raw.Customer);
        var today = clock.GetCurrentInstant().InZone(customer.Zone).Date;
        var state = subscription.EndsOn < today ? SubscriptionState.Ended
            : subscription.StartsOn > today ? SubscriptionState.Upcoming
            : SubscriptionState.Active;
        return new SubscriptionRow(
            subscription.Id, subscription.Code, customer.Id, customer.Name, subscription.PlanId, raw.PlanName, subscription.PlanVersion,
            subscription.StartsOn, subscription.EndsOn, raw.BilledEnd?.PlusDays(-1), state, today);
    }

    private sealed record RawRow
    {
        public required Subscription Subscription { get; init; }

        public required Customer Customer { get; init; }

        public required string PlanName { get; init; }

        public LocalDate? BilledEnd { get; init; }
    }
}
