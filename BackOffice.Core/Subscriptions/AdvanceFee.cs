using BackOffice.Core.Common;

namespace BackOffice.Core.Subscriptions;

/// <summary>A base fee as it was billed in advance.</summary>
/// <param name="Price">Of a whole period, as it was when the fee was billed: a later price changes no credit.</param>
/// <param name="Amount">The fee, before coupons and tax.</param>
/// <param name="Period">The days it was billed for.</param>
/// <param name="Coupon">What coupons took off this fee; zero or more.</param>
/// <param name="TaxRate">In percent of the fee after coupons.</param>
/// <param name="Trial">Days that were free; null without a trial.</param>
public sealed record AdvanceFee(Money Price, Money Amount, BillingPeriod Period, Money Coupon, decimal TaxRate, Trial? Trial = null)
{
    /// <summary>The fee after coupons.</summary>
    public Money Net => Amount - Coupon;

    /// <summary>The fee after coupons, with its tax.</summary>
    public Money Total => Net + TaxOn(Net);

    internal Money TaxOn(Money net) => Money.Rounded(Exact.Multiply(net.Amount, TaxRate) / 100, net.Currency);
}
