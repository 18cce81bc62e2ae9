using System.Globalization;
using BackOffice.Core.Common;

namespace BackOffice.Core.Coupons;

/// <summary>What a coupon takes off: an amount or a percentage. The set is closed.</summary>
public abstract record CouponReduction
{
    private protected CouponReduction()
    {
    }

    /// <summary>The reduction as words, such as "20 %" or "12.00 EUR".</summary>
    public abstract string InWords();
}

/// <summary>An amount of money, never more than what it is taken from.</summary>
/// <param name="Amount">More than zero; only invoices in its currency are reduced.</param>
public sealed record FixedReduction(Money Amount) : CouponReduction
{
    public Money Amount { get; } = Amount.MinorUnits > 0 ? Amount : throw new RuleBroken("A coupon takes off more than zero.");

    public override string InWords() => Amount.ToString();
}

/// <summary>A part of what is left, in any currency.</summary>
/// <param name="Percent">More than 0, at most 100; 20 means 20 %. Up to five decimal places.</param>
public sealed record PercentReduction(decimal Percent) : CouponReduction
{
    public decimal Percent { get; } = Percent is > 0 and <= 100 && decimal.Truncate(Percent * 100_000) == Percent * 100_000
        ? Percent
        : throw new RuleBroken("A coupon's percentage is more than 0 and at most 100, with at most five decimal places.");

    public override string InWords() => Percent.ToString("0.#####", CultureInfo.InvariantCulture) + " %";
}
