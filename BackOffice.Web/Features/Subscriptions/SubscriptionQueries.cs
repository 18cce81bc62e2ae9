using BackOffice.Core.Billing;
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
/// <param name="PlanId">The plan it is on today; before its start the first one, after its end the last one.</param>
/// <param name="Today">The customer's day, on which <paramref name="State"/> was decided.</param>
public sealed record SubscriptionRow(
    SubscriptionId Id, string Code, CustomerId CustomerId, string CustomerName, PlanId PlanId, string PlanName, int PlanVersion,
    LocalDate StartsOn, LocalDate? EndsOn, LocalDate? BilledThrough, SubscriptionState State, LocalDate Today)
{
    /// <summary>The day on which the next document is due; null when nothing more is.</summary>
    public LocalDate? NextBillOn { get; init; }

    /// <summary>Whether a change of terms waits for its day.</summary>
    public bool IsChanging { get; init; }
}

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
        return new Found<SubscriptionRow>(await Rows(db, shown, cancel), await rows.CountAsync(cancel));
    }

    /// <summary>Those of one customer, the latest first.</summary>
    public async Task<IReadOnlyList<SubscriptionRow>> Of(CustomerId customer, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await Raw(db).Where(r => r.Customer.Id == customer)
            .OrderByDescending(r => r.Subscription.StartsOn).ThenBy(r => r.Subscription.Code).ToListAsync(cancel);
        return await Rows(db, rows, cancel);
    }

    private static IQueryable<RawRow> Raw(BackOfficeDb db) =>
        from subscription in db.Subscriptions.AsNoTracking()
        join customer in db.Customers on subscription.CustomerId equals customer.Id
        select new RawRow
        {
            Subscription = subscription,
            Customer = customer,
            BilledEnd = db.BilledPeriods
                .Where(b => b.SubscriptionId == subscription.Id && !b.Kind.StartsWith(BilledPeriod.Progressive))
                .Max(b => (LocalDate?)b.End),
        };

    private async Task<IReadOnlyList<SubscriptionRow>> Rows(BackOfficeDb db, List<RawRow> raw, CancellationToken cancel)
    {
        var (book, now) = (new LifeBook(db), clock.GetCurrentInstant());
        var rows = new List<SubscriptionRow>();
        foreach (var row in raw)
        {
            var life = await book.LifeOf(row.Subscription, row.Customer.Zone, cancel);
            rows.Add(Row(new LifeInHand(row.Subscription, row.Customer, life), row.BilledEnd, now));
        }

        return rows;
    }

    internal static SubscriptionRow Row(LifeInHand inHand, LocalDate? billedEnd, Instant now)
    {
        var (subscription, customer, life) = inHand;
        var today = life.DayOf(now);
        var terms = NowOf(life, now).Terms;
        var state = subscription.EndsOn < today ? SubscriptionState.Ended
            : subscription.StartsOn > today ? SubscriptionState.Upcoming
            : SubscriptionState.Active;
        return new SubscriptionRow(
            subscription.Id, subscription.Code, customer.Id, customer.Name, terms.PlanId, terms.PlanName, terms.Version,
            subscription.StartsOn, subscription.EndsOn, billedEnd?.PlusDays(-1), state, today)
        {
            NextBillOn = NextBill(life, now),
            IsChanging = life.Last.From > now && life.Phases.Count > 1,
        };
    }

    /// <summary>The phase of today; before the start the first, after the end the last.</summary>
    internal static Phase NowOf(SubscriptionLife life, Instant now) =>
        life.PhaseAt(now) ?? (now < life.First.From ? life.First : life.Last);

    // Looks to the end of the current period on today's and on the coming terms, so a whole year at most.
    private static LocalDate? NextBill(SubscriptionLife life, Instant now)
    {
        var day = LocalDate.Max(life.DayOf(now), life.First.FirstDay);
        var through = new[] { NowOf(life, now), life.Last }.Max(phase => life.FirstMomentOf(life.GridOf(phase).Containing(day).End));
        return DueItems.Of(life, through, after: now) is [var next, ..] ? life.DayOf(next.DueAt) : null;
    }

    private sealed record RawRow
    {
        public required Subscription Subscription { get; init; }

        public required Customer Customer { get; init; }

        public LocalDate? BilledEnd { get; init; }
    }
}
