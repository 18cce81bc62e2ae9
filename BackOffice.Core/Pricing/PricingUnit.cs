using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>A unit of the seller's own that prices are named in, such as credits, and what it is worth.</summary>
/// <param name="Name">What customers read: "credits".</param>
/// <param name="Decimals">Digits behind the point that its amounts are shown with, 0 to 12. Nothing is rounded to them.</param>
/// <param name="Rate">What one unit is worth in major units of the plan's currency; above zero.</param>
public sealed record PricingUnit(string Name, int Decimals, decimal Rate)
{
    public string Name { get; } = Name.Trim() is { Length: > 0 and <= 40 } name
        ? name
        : throw new RuleBroken("A pricing unit needs a name of at most 40 characters.");

    public int Decimals { get; } = Decimals is >= 0 and <= 12
        ? Decimals
        : throw new RuleBroken("A pricing unit has 0 to 12 decimal places.");

    public decimal Rate { get; } = Rate > 0 ? Rate : throw new RuleBroken("What a pricing unit is worth must be above zero.");

    /// <summary>Exact: an amount in units times the rate. It is rounded once, when it becomes money (Lago rounds it twice).</summary>
    /// <exception cref="ArithmeticException">The product needs more than 28 digits.</exception>
    public decimal Convert(decimal amountInUnits) => Exact.Multiply(amountInUnits, Rate);
}
