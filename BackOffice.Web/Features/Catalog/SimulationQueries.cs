using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Data;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A line of a past period on the terms the customer has and on others; null where one of them has none.</summary>
public sealed record ReplayedLine(string Name, Money? Old, Money? New);

/// <summary>A past period of a subscription, rated on both terms.</summary>
public sealed record Replay(Core.Common.Period Days, IReadOnlyList<ReplayedLine> Lines, Money Old, Money New);

/// <summary>Rates past usage again on other terms. The engine computes it; nothing is stored.</summary>
public sealed class SimulationQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    /// <summary>How many subscriptions are offered at once.</summary>
    public const int Most = 50;

    /// <summary>The subscriptions of a plan whose past can be replayed.</summary>
    /// <param name="plan">Null for those of all plans with the same interval and currency, to try a new plan on them.</param>
    /// <param name="search">Part of the subscription's code.</param>
    /// <returns>The first <see cref="Most"/> by code, and how many there are.</returns>
    public async Task<Found<string>> Subscriptions(
        PlanId? plan, BillingInterval interval, Currency currency, string? search = null, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var alike = db.Plans.Where(p => p.Interval == interval && p.Currency == currency).Select(p => p.Id);
        var subscriptions = plan is { } one
            ? db.Subscriptions.Where(s => s.PlanId == one)
            : db.Subscriptions.Where(s => alike.Contains(s.PlanId));
        var codes = subscriptions.Matching(search, s => s.Code).Select(s => s.Code);
        return new Found<string>(await codes.Order().Take(Most).ToListAsync(cancel), await codes.CountAsync(cancel));
    }

    /// <param name="day">Any day of the period; null for the last one that is over.</param>
    /// <returns>Null when that period is not over, or before the start.</returns>
    /// <exception cref="RuleBroken">There is no such version, or it refuses what was agreed.</exception>
    public Task<Replay?> Replay(string subscriptionCode, int version, LocalDate? day, CancellationToken cancel = default) =>
        Replay(subscriptionCode, (_, plan) => Task.FromResult(plan.Terms(version)), day, cancel);

    /// <summary>The same on a plan as it is typed in, before it is saved.</summary>
    /// <exception cref="RuleBroken">The plan is not complete, a metric is unknown, or it refuses what was agreed.</exception>
    public Task<Replay?> Replay(string subscriptionCode, PlanInput draft, LocalDate? day, CancellationToken cancel = default) =>
        Replay(subscriptionCode, async (db, plan) => await Terms(db, plan, draft, cancel), day, cancel);

    /// <summary>What a version would change for everybody who is on the plan, to be computed part by part.</summary>
    /// <exception cref="RuleBroken">There is no such version.</exception>
    public async Task<ImpactStudy> Impact(PlanId id, int version, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var world = await SimulationWorld.Load(db, cancel);
        var ids = await db.Subscriptions.Where(s => s.PlanId == id).OrderBy(s => s.Code).Select(s => s.Id).ToListAsync(cancel);
        return new ImpactStudy(dbs, world, world.Plans[id].Terms(version), ids, clock.GetCurrentInstant());
    }

    private async Task<Replay?> Replay(
        string subscriptionCode, Func<BackOfficeDb, Plan, Task<PlanTerms>> other, LocalDate? day, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var subscription = await db.Subscriptions.AsNoTracking().SingleAsync(s => s.Code == subscriptionCode, cancel);
        var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == subscription.CustomerId, cancel);
        var world = await SimulationWorld.Load(db, cancel);
        var terms = await other(db, world.Plans[subscription.PlanId]);
        if (await world.Past(db, subscription, customer, clock.GetCurrentInstant(), day, cancel) is not { } past)
        {
            return null;
        }

        var (old, renewed) = (past.Rate(world.Terms(subscription)), past.Rate(terms));
        return new Replay(
            past.Days, Beside(old, renewed),
            SimulationWorld.Sum(old, terms.Currency), SimulationWorld.Sum(renewed, terms.Currency));
    }

    // A plan beside the stored ones: nothing that is tried here can ever be saved.
    private static async Task<PlanTerms> Terms(BackOfficeDb db, Plan of, PlanInput draft, CancellationToken cancel)
    {
        var plan = Plan.Create(of.Code, draft.Name, of.Currency, of.Interval);
        plan.Edit(Money.Of(draft.BaseFee, plan.Currency), await SavePlan.Charges(db, draft.Charges, cancel), draft.Settings);
        return plan.Terms(plan.Draft!);
    }

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
}
