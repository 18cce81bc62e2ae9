using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Coupons;

/// <summary>Offers a coupon no longer. Customers who have it keep it.</summary>
public sealed class WithdrawCoupon(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">It was withdrawn before.</exception>
    public async Task Run(CouponId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.EditCatalog, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var coupon = await db.Coupons.SingleAsync(c => c.Id == id, cancel);
        coupon.Withdraw(clock.GetCurrentInstant());
        db.Touch(coupon);
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Withdrawn", "Coupon", id.Value, coupon.Code);
        await db.SaveChangesAsync(cancel);
    }
}
