using BackOffice.Core.Common;

namespace BackOffice.Core.Coupons;

/// <summary>How often a coupon reduces invoices.</summary>
public enum CouponFrequency
{
    /// <summary>A percentage for one invoice; an amount until it is used up, on as many invoices as that takes.</summary>
    Once,

    /// <summary>On the next so many invoices that it can reduce.</summary>
    Recurring,

    /// <summary>On every invoice, until it is ended.</summary>
    Forever,
}

/// <summary>What is agreed: how much, how often and on what. A value; a customer's coupon keeps its own copy.</summary>
/// <remarks>The rule of Lago's coupons: guide §10 of the billing semantics.</remarks>
public sealed record CouponTerms
{
    /// <param name="invoices">How many invoices a recurring coupon reduces, 1 to 1,000; null for the others.</param>
    /// <exception cref="RuleBroken">The number of invoices is missing, out of bounds, or given where it means nothing.</exception>
    public CouponTerms(CouponReduction reduction, CouponFrequency frequency, int? invoices = null, CouponScope? scope = null)
    {
        if (frequency == CouponFrequency.Recurring ? invoices is not (>= 1 and <= 1000) : invoices is not null)
        {
            throw new RuleBroken("Say for a recurring coupon, and only for one, how many invoices it reduces: 1 to 1,000.");
        }

        (Reduction, Frequency, Invoices, Scope) = (reduction, frequency, invoices, scope ?? CouponScope.Everything);
    }

    public CouponReduction Reduction { get; }

    public CouponFrequency Frequency { get; }

    /// <summary>How many invoices a recurring coupon reduces; null for the others.</summary>
    public int? Invoices { get; }

    public CouponScope Scope { get; }

    /// <summary>Such as "20 % on everything, on the next 3 invoices".</summary>
    public string InWords() => $"{Reduction.InWords()} {Scope.InWords()}, " + Frequency switch
    {
        CouponFrequency.Forever => "on every invoice",
        CouponFrequency.Recurring => Invoices == 1 ? "on the next invoice" : $"on the next {Invoices} invoices",
        _ when Reduction is FixedReduction => "until it is used up",
        _ => "on one invoice",
    };
}
