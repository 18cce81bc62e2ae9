using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>How a quantity becomes an amount. The set is closed: every kind is in this folder.</summary>
public abstract record Price
{
    private protected Price()
    {
    }

    /// <summary>Explains the amount for a quantity, one step per part of the price. Nothing is rounded.</summary>
    /// <param name="quantity">Units, zero or more; a fraction is allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quantity is negative.</exception>
    /// <exception cref="ArithmeticException">The amount needs more than 28 digits.</exception>
    public IReadOnlyList<PriceStep> StepsFor(decimal quantity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantity);
        return Steps(quantity);
    }

    /// <summary>The exact amount for a quantity, in major units of the plan's currency.</summary>
    public decimal AmountFor(decimal quantity) => Exact.Sum(StepsFor(quantity).Select(step => step.Amount));

    /// <summary>The price as a sentence a customer understands.</summary>
    public abstract string InWords(Currency currency);

    protected abstract IReadOnlyList<PriceStep> Steps(decimal quantity);

    private protected static decimal NotNegative(decimal value, string what) =>
        value >= 0 ? value : throw new RuleBroken($"{what} must not be negative.");

    private protected static decimal PowerOfTen(decimal per) => Exact.IsPowerOfTen(per) && per <= 1_000_000_000_000m
        ? per
        : throw new RuleBroken("Prices are per 1, 10, 100, 1,000 … units, so that every unit price is exact.");
}
