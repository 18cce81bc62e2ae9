using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.Customers;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Providers;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Coupons;

/// <summary>Gives a coupon to a customer: the invoices that are not issued yet are reduced once they are refreshed.</summary>
public sealed class GiveCoupon(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="agreed">Terms for this customer; null for those of the catalogue.</param>
    /// <exception cref="RuleBroken">There is no such coupon, it is no longer offered, or the customer has it already.</exception>
    public async Task<AppliedCouponId> Run(
        CustomerId customerId, string couponCode, CouponTerms? agreed = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockCustomer(customerId, cancel); // Two people must not give what can be had once.
        var customer = await db.Customers.SingleAsync(c => c.Id == customerId, cancel);
        var coupon = await db.Coupons.SingleOrDefaultAsync(c => c.Code == couponCode, cancel)
            ?? throw new RuleBroken($"There is no coupon with the code \"{couponCode}\".");
        var hasIt = await db.AppliedCoupons.AnyAsync(
            a => a.CustomerId == customerId && a.CouponId == coupon.Id && a.Status == AppliedCouponStatus.Active, cancel);

        var now = clock.GetCurrentInstant();
        var applied = AppliedCoupon.Give(coupon, customerId, now, now.InZone(customer.Zone).Date, agreed, hasIt);
        db.AppliedCoupons.Add(applied);
        db.Record(actor.AsPerson(), now, "Given", "Coupon", applied.Id.Value,
            $"{coupon.Code} to {customer.Code}: {applied.Terms.InWords()}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return applied.Id;
    }
}
