using BackOffice.Core.Coupons;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Invoices;

/// <summary>What an invoice only counted on while it was a draft is used up when it is issued, in the same transaction.</summary>
internal static class CouponSpending
{
    /// <exception cref="Core.Common.RuleBroken">A coupon is not there any more, or less of it is left.</exception>
    public static async Task SpendCoupons(this BackOfficeDb db, Invoice invoice, CancellationToken cancel)
    {
        foreach (var discount in invoice.Discounts.Where(discount => discount.Source is not null))
        {
            var id = new AppliedCouponId(discount.Source!.Value);
            (await db.AppliedCoupons.SingleAsync(coupon => coupon.Id == id, cancel)).Spend(discount.Amount);
        }
    }
}
