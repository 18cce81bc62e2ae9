using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Data.Providers;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Coupons;

/// <summary>Takes a coupon from a customer. Issued invoices keep what it took off.</summary>
public sealed class EndCoupon(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">It is not active any more.</exception>
    public async Task Run(AppliedCouponId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockCustomer(await db.AppliedCoupons.Where(a => a.Id == id).Select(a => a.CustomerId).SingleAsync(cancel), cancel);
        var applied = await db.AppliedCoupons.SingleAsync(a => a.Id == id, cancel);
        applied.End();
        db.Touch(applied);
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Ended", "Coupon", id.Value, applied.Name);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
