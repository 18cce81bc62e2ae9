using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A line of a past period on the terms the customer has and on others; null where one of them has none.</summary>
public sealed record ReplayedLine(string Name, Money? Old, Money? New);

/// <summary>A past period of a subscription, rated on both terms.</summary>
public sealed record Replay(Core.Common.Period Days, IReadOnlyList<ReplayedLine> Lines, Money Old, Money New);

/// <summary>What a version changes for one subscription.</summary>
public sealed record ImpactRow(string Subscription, string Customer, Money Old, Money New)
{
    public Money Change => New - Old;
}

/// <summary>What a version changes for everybody on the plan, by their last period that is over.</summary>
/// <param name="Rows">By change, the largest increase first.</param>
/// <param name="NotYet">Subscriptions without such a period.</param>
/// <param name="Refused">Subscriptions that the version cannot be applied to, with the reason.</param>
public sealed record Impact(IReadOnlyList<ImpactRow> Rows, int NotYet, IReadOnlyList<string> Refused, Money Old, Money New);

/// <summary>Rates past usage again on another version of the plan. The engine computes it; nothing is stored.</summary>
public sealed class SimulationQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    /// <summary>The subscriptions of a plan whose past can be replayed.</summary>
    public async Task<IReadOnlyList<string>> Subscriptions(PlanId plan, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Subscriptions.Where(s => s.PlanId == plan).OrderBy(s => s.Code).Select(s => s.Code).ToListAsync(cancel);
    }

    /// <param name="day">Any day of the period; null for the last one that is over.</param>
    /// <returns>Null when that period is not over, or before the start.</returns>
    /// <exception cref="RuleBroken">There is no such version, or it refuses what was agreed.</exception>
    public async Task<Replay?> Replay(string subscriptionCode, int version, LocalDate? day, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var subscription = await db.Subscriptions.AsNoTracking().SingleAsync(s => s.Code == subscriptionCode, cancel);
        var world = await World.Load(db, subscription.PlanId, cancel);
        if (await world.Past(db, subscription, clock.GetCurrentInstant(), day, cancel) is not { } past)
        {
            return null;
        }

        var (old, renewed) = (past.Rate(world.Terms(subscription)), past.Rate(world.Plan.Terms(version)));
        return new Replay(past.Days, Beside(old, renewed), Sum(old, world.Plan.Currency), Sum(renewed, world.Plan.Currency));
    }

    /// <summary>Everybody who is on the plan, under his own version and under another.</summary>
    public async Task<Impact> Impact(PlanId id, int version, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var world = await World.Load(db, id, cancel);
        var (rows, refused, notYet, now) = (new List<ImpactRow>(), new List<string>(), 0, clock.GetCurrentInstant());
        var subscriptions = await db.Subscriptions.AsNoTracking().Where(s => s.PlanId == id).OrderBy(s => s.Code).ToListAsync(cancel);
        foreach (var subscription in subscriptions)
        {
            try
            {
                if (await world.Past(db, subscription, now, null, cancel) is not { } past)
                {
                    notYet++;
                    continue;
                }

                rows.Add(new ImpactRow(
                    subscription.Code, world.Customers[subscription.CustomerId].Name,
                    Sum(past.Rate(world.Terms(subscription)), world.Plan.Currency),
                    Sum(past.Rate(world.Plan.Terms(version)), world.Plan.Currency)));
            }
            catch (RuleBroken refusal)
            {
                refused.Add($"{subscription.Code}: {refusal.Message}");
            }
        }

        return new Impact(
            [.. rows.OrderByDescending(row => row.Change.MinorUnits).ThenBy(row => row.Subscription, StringComparer.Ordinal)],
            notYet, refused,
            rows.Select(row => row.Old).Sum(world.Plan.Currency), rows.Select(row => row.New).Sum(world.Plan.Currency));
    }

    private static Money Sum(IEnumerable<RatedLine> lines, Currency currency) => lines.Select(line => line.Amount).Sum(currency);

    private static IReadOnlyList<ReplayedLine> Beside(IReadOnlyList<RatedLine> old, IReadOnlyList<RatedLine> renewed)
    {
        var keys = old.Concat(renewed).Select(KeyOf).Distinct();
        return
        [
            .. keys.Select(key => new ReplayedLine(
                old.Concat(renewed).First(line => KeyOf(line) == key).Name, Of(old, key), Of(renewed, key))),
        ];
    }

    private static Money? Of(IReadOnlyList<RatedLine> lines, (LineKind, string?, string?, string?) key) =>
        lines.Where(line => KeyOf(line) == key).Select(line => line.Amount).ToList() is { Count: > 0 } amounts
            ? amounts.Sum(amounts[0].Currency)
            : null;

    private static (LineKind, string?, string?, string?) KeyOf(RatedLine line) => (line.Kind, line.ChargeCode, line.Filter, line.Group);

    /// <summary>The catalogue and the customers that lives are made of.</summary>
    private sealed record World(
        Plan Plan, IReadOnlyDictionary<PlanId, Plan> Plans, IReadOnlyDictionary<MetricId, Metric> Metrics,
        IReadOnlyDictionary<CustomerId, Customer> Customers)
    {
        public static async Task<World> Load(BackOfficeDb db, PlanId id, CancellationToken cancel)
        {
            var plans = await db.Plans.AsNoTracking().ToDictionaryAsync(plan => plan.Id, cancel);
            return new World(
                plans[id], plans, await db.Metrics.AsNoTracking().ToDictionaryAsync(metric => metric.Id, cancel),
                await db.Customers.AsNoTracking().ToDictionaryAsync(customer => customer.Id, cancel));
        }

        public PlanTerms Terms(Subscription subscription) => Plan.Terms(subscription.PlanVersion);

        public Task<PastPeriod?> Past(BackOfficeDb db, Subscription subscription, Instant now, LocalDate? day, CancellationToken cancel)
        {
            var life = subscription.Life(Customers[subscription.CustomerId].Zone, (plan, version) => Plans[plan].Terms(version));
            return PastPeriod.Load(db, life, Metrics, now, day, cancel);
        }
    }
}
