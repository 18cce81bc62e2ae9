using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Coupons;

/// <summary>A coupon as it is typed in; see <see cref="Coupon"/> for what the fields mean.</summary>
public sealed record CouponInput(string Code, string Name, CouponTerms Terms, LocalDate? ExpiresOn, bool IsReusable);

/// <summary>Makes a coupon or changes what it offers from now on. Coupons that customers have keep their terms.</summary>
public sealed class SaveCoupon(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="id">The coupon to change; null to make a new one.</param>
    /// <param name="seen">The revision that was shown for editing; null when a script overwrites what is there.</param>
    /// <exception cref="RuleBroken">A field is wrong, the code is taken, or a plan or metric is unknown.</exception>
    public async Task<CouponId> Run(CouponId? id, CouponInput input, int? seen = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.EditCatalog, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await Check(db, id, input, cancel);
        var coupon = id is null
            ? Coupon.Create(input.Code, input.Name, input.Terms, input.ExpiresOn, input.IsReusable)
            : await db.Coupons.SingleAsync(c => c.Id == id, cancel);
        if (id is null)
        {
            db.Coupons.Add(coupon);
        }
        else
        {
            coupon.Edit(input.Name, input.Terms, input.ExpiresOn, input.IsReusable);
            db.Touch(coupon);
        }

        if (seen is { } revision && id is not null)
        {
            db.Expect(coupon, revision);
        }

        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), id is null ? "Created" : "Changed", "Coupon", coupon.Id.Value,
            $"{coupon.Code}: {coupon.Terms.InWords()}");
        await db.SaveChangesAsync(cancel);
        return coupon.Id;
    }

    private static async Task Check(BackOfficeDb db, CouponId? id, CouponInput input, CancellationToken cancel)
    {
        var code = Code.Check(input.Code, "Coupon code");
        if (id is null && await db.Coupons.AnyAsync(c => c.Code == code, cancel))
        {
            throw new RuleBroken($"There is a coupon with the code {code} already. Choose another code.");
        }

        await CheckScope(db, input.Terms.Scope, cancel);
    }

    /// <exception cref="RuleBroken">A plan or metric is unknown.</exception>
    internal static async Task CheckScope(BackOfficeDb db, CouponScope scope, CancellationToken cancel)
    {
        var plans = await db.Plans.Where(p => scope.PlanCodes.Contains(p.Code)).Select(p => p.Code).ToListAsync(cancel);
        if (scope.PlanCodes.Except(plans).FirstOrDefault() is { } plan)
        {
            throw new RuleBroken($"There is no plan with the code \"{plan}\".");
        }

        var metrics = await db.Metrics.Where(m => scope.MetricCodes.Contains(m.Code)).Select(m => m.Code).ToListAsync(cancel);
        if (scope.MetricCodes.Except(metrics).FirstOrDefault() is { } metric)
        {
            throw new RuleBroken($"There is no metric with the code \"{metric}\".");
        }
    }
}
