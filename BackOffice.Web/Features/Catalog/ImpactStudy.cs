using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>What a version changes for one subscription.</summary>
public sealed record ImpactRow(string Subscription, string Customer, Money Old, Money New)
{
    public Money Change => New - Old;
}

/// <summary>What a version changes for the subscriptions of a plan that were computed so far, by their last period that is over.</summary>
/// <param name="Rows">By change, the largest increase first: everybody, or the ten largest changes up and down.</param>
/// <param name="Compared">How many have such a period and could be rated.</param>
/// <param name="NotYet">How many have no such period.</param>
/// <param name="Refused">Some of those that the version cannot be applied to, with the reason.</param>
/// <param name="RefusedInAll">How many those are.</param>
public sealed record Impact(
    IReadOnlyList<ImpactRow> Rows, int Compared, int NotYet, IReadOnlyList<string> Refused, int RefusedInAll, Money Old, Money New);

/// <summary>Computes the impact of a version part by part, so that a plan with many subscriptions holds nothing up.</summary>
/// <remarks>One caller at a time. Whoever loses interest simply asks for no further part.</remarks>
public sealed class ImpactStudy
{
    private const int Part = 20;
    private const int Shown = 10;

    private readonly IDbContextFactory<BackOfficeDb> _dbs;
    private readonly SimulationWorld _world;
    private readonly PlanTerms _terms;
    private readonly List<SubscriptionId> _subscriptions;
    private readonly Instant _now;

    internal ImpactStudy(
        IDbContextFactory<BackOfficeDb> dbs, SimulationWorld world, PlanTerms terms, List<SubscriptionId> subscriptions, Instant now)
    {
        (_dbs, _world, _terms, _subscriptions, _now) = (dbs, world, terms, subscriptions, now);
        var nothing = Money.Zero(terms.Currency);
        Impact = new Impact([], 0, 0, [], 0, nothing, nothing);
    }

    /// <summary>How many subscriptions are on the plan.</summary>
    public int Total => _subscriptions.Count;

    /// <summary>How many of them were looked at.</summary>
    public int Done { get; private set; }

    public bool IsDone => Done == Total;

    /// <summary>Of those that were looked at.</summary>
    public Impact Impact { get; private set; }

    /// <summary>Looks at the next few.</summary>
    public async Task Next(CancellationToken cancel = default)
    {
        var ids = _subscriptions.Skip(Done).Take(Part).ToList();
        await using var db = await _dbs.CreateDbContextAsync(cancel);
        var part = await db.Subscriptions.AsNoTracking().Where(s => ids.Contains(s.Id))
            .Join(db.Customers, s => s.CustomerId, c => c.Id, (s, c) => new { Subscription = s, Customer = c }).ToListAsync(cancel);
        foreach (var each in part.OrderBy(each => each.Subscription.Code, StringComparer.Ordinal))
        {
            try
            {
                var past = await _world.Past(db, each.Subscription, each.Customer, _now, null, cancel);
                Impact = past is null ? Impact with { NotYet = Impact.NotYet + 1 } : With(new ImpactRow(
                    each.Subscription.Code, each.Customer.Name,
                    SimulationWorld.Sum(past.Rate(_world.Terms(each.Subscription)), _terms.Currency),
                    SimulationWorld.Sum(past.Rate(_terms), _terms.Currency)));
            }
            catch (Exception refusal) when (refusal is RuleBroken or ArithmeticException)
            {
                Impact = Refused($"{each.Subscription.Code}: {refusal.Message}");
            }
        }

        Done += ids.Count;
    }

    private Impact With(ImpactRow row)
    {
        var rows = Impact.Rows.Append(row)
            .OrderByDescending(each => each.Change.MinorUnits).ThenBy(each => each.Subscription, StringComparer.Ordinal).ToList();
        return Impact with
        {
            Rows = rows.Count <= 2 * Shown ? rows : [.. rows.Take(Shown), .. rows.TakeLast(Shown)],
            Compared = Impact.Compared + 1,
            Old = Impact.Old + row.Old,
            New = Impact.New + row.New,
        };
    }

    private Impact Refused(string sentence) => Impact with
    {
        Refused = Impact.Refused.Count < Shown ? [.. Impact.Refused, sentence] : Impact.Refused,
        RefusedInAll = Impact.RefusedInAll + 1,
    };
}
