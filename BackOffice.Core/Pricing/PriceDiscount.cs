using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>Less to pay on one charge: some units are not counted, a percentage is taken off the amount (OpenMeter's rules).</summary>
public sealed record PriceDiscount
{
    /// <param name="percent">0 to 100.</param>
    /// <param name="units">The first units of a period that are not counted; zero or more.</param>
    /// <exception cref="RuleBroken">The percentage is not between 0 and 100, or the units are negative.</exception>
    public PriceDiscount(decimal percent = 0, decimal units = 0)
    {
        Percent = percent is >= 0 and <= 100 ? percent : throw new RuleBroken("A discount is between 0 and 100 percent.");
        Units = units >= 0 ? units : throw new RuleBroken("The units that a discount leaves out must not be negative.");
    }

    public decimal Percent { get; }

    public decimal Units { get; }

    /// <summary>The units of a period that are counted. They are taken off before tiers are filled.</summary>
    public decimal Counted(decimal quantity) => Math.Max(0, Exact.Add(quantity, -Units));

    /// <summary>What is taken off an amount, exact.</summary>
    public decimal Of(decimal amount) => Exact.DividePowerOfTen(Exact.Multiply(amount, Percent), 100);

    /// <summary>The steps with the one that takes the percentage off.</summary>
    public IReadOnlyList<PriceStep> Applied(IReadOnlyList<PriceStep> steps) => Percent == 0
        ? steps
        : [.. steps, new PriceStep($"{Words.Percent(Percent)} discount", -PriceStep.Total(steps), Percent, 100)];
}
