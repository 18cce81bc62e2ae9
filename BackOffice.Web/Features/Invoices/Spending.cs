using BackOffice.Core.Coupons;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using BackOffice.Web.Features.Wallets;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>What an invoice only counted on while it was a draft is used up when it is issued, in the same transaction.</summary>
internal static class Spending
{
    /// <exception cref="Core.Common.RuleBroken">A coupon is not there any more, or less of it is left.</exception>
    public static async Task SpendCoupons(this BackOfficeDb db, Invoice invoice, CancellationToken cancel)
    {
        foreach (var discount in invoice.Discounts.Where(discount => discount.Source is not null))
        {
            var id = new AppliedCouponId(discount.Source!.Value);
            var coupon = await db.AppliedCoupons.SingleAsync(coupon => coupon.Id == id, cancel);
            coupon.Spend(discount.Amount);
            db.Touch(coupon);
        }
    }

    /// <exception cref="Core.Common.RuleBroken">A wallet has ended, or holds less by now.</exception>
    public static Task SpendWallets(this BackOfficeDb db, Invoice invoice, Instant now, CancellationToken cancel) =>
        db.SpendFromWallets(invoice.CustomerId, invoice.Settlements, invoice.Number!, now, cancel);
}
