using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Offers a plan no longer, or again. Subscriptions that are on it go on either way.</summary>
public sealed class RetirePlan(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="offered">False to retire the plan, true to offer it again.</param>
    /// <param name="seen">The revision that was looked at; null when a script does not care.</param>
    /// <exception cref="RuleBroken">He may not, or the plan is that already, or nothing of it was ever published.</exception>
    public async Task Run(PlanId id, bool offered, int? seen = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.PublishPlans, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var plan = await db.Plans.SingleAsync(p => p.Id == id, cancel);
        var now = clock.GetCurrentInstant();
        if (offered)
        {
            plan.OfferAgain();
        }
        else
        {
            plan.Retire(now);
        }

        if (seen is { } revision)
        {
            db.Expect(plan, revision);
        }

        db.Record(actor.AsPerson(), now, offered ? "Offered again" : "Retired", "Plan", plan.Id.Value, plan.Code);
        await db.SaveChangesAsync(cancel);
    }
}
