using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>The catalogue that lives are made of, read once for a simulation.</summary>
internal sealed record SimulationWorld(IReadOnlyDictionary<PlanId, Plan> Plans, IReadOnlyDictionary<MetricId, Metric> Metrics)
{
    public static async Task<SimulationWorld> Load(BackOfficeDb db, CancellationToken cancel) => new(
        await db.Plans.AsNoTracking().ToDictionaryAsync(plan => plan.Id, cancel),
        await db.Metrics.AsNoTracking().ToDictionaryAsync(metric => metric.Id, cancel));

    /// <summary>What the plan of a subscription says to it, before anything that was agreed.</summary>
    public PlanTerms Terms(Subscription subscription) => Plans[subscription.PlanId].Terms(subscription.PlanVersion);

    /// <param name="day">Any day of the period; null for the last one that is over.</param>
    /// <returns>Null when that period is not over, or outside the subscription.</returns>
    public Task<PastPeriod?> Past(
        BackOfficeDb db, Subscription subscription, Customer customer, Instant now, LocalDate? day, CancellationToken cancel)
    {
        var life = subscription.Life(customer.Zone, (plan, version) => Plans[plan].Terms(version));
        return PastPeriod.Load(db, life, Metrics, now, day, cancel);
    }

    public static Money Sum(IEnumerable<RatedLine> lines, Currency currency) => lines.Select(line => line.Amount).Sum(currency);
}
