using BackOffice.Core.Common;

namespace BackOffice.Core.Coupons;

/// <summary>A customer's coupon as an invoice meets it.</summary>
/// <param name="Name">What the invoice says.</param>
public sealed record CouponInHand(string Name, CouponTerms Terms, CouponProgress Progress);

/// <summary>What one coupon took off an invoice, and how that is spread over its lines.</summary>
/// <param name="Coupon">The place of the coupon in the list that was handed over, from 0.</param>
/// <param name="Sum">What was left of the lines it covers when its turn came.</param>
/// <param name="Amount">What it took off; more than zero.</param>
/// <param name="Shares">The share of each line it covers, in order of the lines; they add up to the amount.</param>
public sealed record CouponCredit(int Coupon, string Name, CouponTerms Terms, Money Sum, Money Amount, IReadOnlyList<CouponShare> Shares)
{
    /// <summary>The credit as a sentence.</summary>
    public string InWords() => $"{Name}: {Terms.Reduction.InWords()} {Terms.Scope.InWords()}, where {Sum} were left, takes off {Amount}.";
}

/// <summary>The part of a coupon's credit that one line gets.</summary>
/// <param name="Line">The place of the line in the list that was handed over, from 0.</param>
/// <param name="Amount">In whole minor units; what the bill is made of. Shares add up to the credit.</param>
/// <param name="FineMinor">The proportional share in minor units with five decimal places, as other systems state it; for
/// comparison.</param>
public sealed record CouponShare(int Line, Money Amount, decimal FineMinor);
