using BackOffice.Core.Common;

namespace BackOffice.Core.Coupons;

/// <summary>How far a customer has used a coupon.</summary>
/// <param name="UsedMinor">Taken off so far, in minor units of the currency of a fixed amount; counted for amounts taken once only.</param>
/// <param name="InvoicesLeft">How many more invoices a recurring coupon reduces; never below zero; null for the others.</param>
/// <param name="UsedOnce">Whether a percentage that is good for one invoice has been used.</param>
public sealed record CouponProgress(long UsedMinor, int? InvoicesLeft, bool UsedOnce = false)
{
    public static CouponProgress Start(CouponTerms terms) => new(0, terms.Invoices);

    /// <summary>What the coupon takes off a sum: never more than the sum, never more than is left of the coupon.</summary>
    /// <param name="sum">What is left of the lines it covers; nothing is taken off a sum that is zero or negative.</param>
    public Money AmountOf(CouponTerms terms, Money sum) => terms.Reduction switch
    {
        _ when sum.MinorUnits <= 0 => Money.Zero(sum.Currency),
        FixedReduction { Amount: var amount } when amount.Currency != sum.Currency => Money.Zero(sum.Currency),
        FixedReduction { Amount: var amount } => Money.OfMinor(Math.Min(amount.MinorUnits - UsedMinor, sum.MinorUnits), sum.Currency),
        PercentReduction { Percent: var percent } => Money.Rounded(
            Exact.DividePowerOfTen(Exact.Multiply(sum.Amount, percent), 100), sum.Currency),
        _ => throw new InvalidOperationException("A reduction is an amount or a percentage."),
    };

    /// <summary>The progress after an invoice was reduced.</summary>
    public CouponProgress After(CouponTerms terms, Money credit) => terms.Frequency switch
    {
        CouponFrequency.Once when terms.Reduction is FixedReduction => this with { UsedMinor = checked(UsedMinor + credit.MinorUnits) },
        CouponFrequency.Once => this with { UsedOnce = true },
        CouponFrequency.Recurring => this with { InvoicesLeft = Math.Max(0, (InvoicesLeft ?? 0) - 1) },
        _ => this,
    };

    /// <summary>The progress after an invoice that was reduced has been voided: what it took is there again.</summary>
    public CouponProgress Before(CouponTerms terms, Money credit) => terms.Frequency switch
    {
        CouponFrequency.Once when terms.Reduction is FixedReduction => this with { UsedMinor = Math.Max(0, UsedMinor - credit.MinorUnits) },
        CouponFrequency.Once => this with { UsedOnce = false },
        CouponFrequency.Recurring => this with { InvoicesLeft = Math.Min(terms.Invoices ?? 0, (InvoicesLeft ?? 0) + 1) },
        _ => this,
    };

    /// <summary>Whether nothing is left to take off.</summary>
    public bool IsUsedUp(CouponTerms terms) => terms.Frequency switch
    {
        CouponFrequency.Once => terms.Reduction is FixedReduction fixedAmount ? UsedMinor >= fixedAmount.Amount.MinorUnits : UsedOnce,
        CouponFrequency.Recurring => InvoicesLeft is 0,
        _ => false,
    };
}
