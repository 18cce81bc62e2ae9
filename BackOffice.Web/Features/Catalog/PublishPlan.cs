using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Makes a plan's draft the version that new subscriptions get. Existing subscriptions keep theirs.</summary>
public sealed class PublishPlan(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="seen">The revision the approver looked at; null when a script publishes what is there.</param>
    /// <param name="effectiveFrom">The first day on which new subscriptions get it; null for at once.</param>
    /// <exception cref="RuleBroken">He may not, there is no draft, or it charges nothing.</exception>
    public async Task Run(PlanId id, int? seen = null, LocalDate? effectiveFrom = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.PublishPlans, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var plan = await db.Plans.SingleAsync(p => p.Id == id, cancel);
        db.Touch(plan);
        if (seen is { } revision)
        {
            db.Expect(plan, revision);
        }

        var now = clock.GetCurrentInstant();
        var version = plan.Publish(now, effectiveFrom);
        db.Record(actor.AsPerson(), now, "Published", "Plan", plan.Id.Value, 
            $"{plan.Code} version {version.Number}" + (effectiveFrom is { } day ? $" from {day:uuuu-MM-dd}" : ""));
        await db.SaveChangesAsync(cancel);
    }
}
