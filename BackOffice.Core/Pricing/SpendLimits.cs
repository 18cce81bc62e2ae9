using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>The least and the most that a charge costs in a whole period, after discounts and before tax (OpenMeter's rule).</summary>
/// <remarks>A minimum that is prorated and becomes a line of its own is the business of Rating.</remarks>
public sealed record SpendLimits
{
    /// <param name="minimum">In major units, zero or more; null when there is none.</param>
    /// <param name="maximum">In major units, not below the minimum; null when there is none.</param>
    /// <exception cref="RuleBroken">A limit is negative, or the minimum above the maximum.</exception>
    public SpendLimits(decimal? minimum = null, decimal? maximum = null)
    {
        if (minimum < 0 || maximum < 0)
        {
            throw new RuleBroken("The least and the most that a charge costs must not be negative.");
        }

        (Minimum, Maximum) = minimum > maximum
            ? throw new RuleBroken("The least that a charge costs must not be above the most.")
            : (minimum, maximum);
    }

    public decimal? Minimum { get; }

    public decimal? Maximum { get; }

    /// <summary>How much of an amount lies beyond the maximum, when something was charged in the period before it.</summary>
    public decimal Beyond(decimal before, decimal amount) => Maximum is { } maximum
        ? Math.Clamp(Exact.Add(Exact.Add(before, amount), -maximum), 0, Math.Max(0, amount))
        : 0;

    /// <summary>The same as a step that takes it off again, exact also when amounts do not end; null when nothing lies beyond.</summary>
    internal PriceStep? StepBeyond(ShareSum before, ShareSum amount, string label)
    {
        if (Maximum is not { } maximum || amount.Exactly.Numerator <= 0)
        {
            return null;
        }

        var all = amount;
        all.Add(before);
        all.Add(-maximum);
        if (all.Exactly.Numerator <= 0)
        {
            return null;
        }

        // What was charged before may have reached the maximum already.
        return PriceStep.Back(label, before.Total >= maximum ? amount.Exactly : all.Exactly);
    }

    /// <summary>What is missing to the minimum at the end of the period.</summary>
    public decimal Missing(decimal charged) => Minimum is { } minimum ? Math.Max(0, Exact.Add(minimum, -charged)) : 0;

    /// <summary>The steps of a whole period, with the one that keeps them within the limits if it is needed.</summary>
    public IReadOnlyList<PriceStep> Applied(IReadOnlyList<PriceStep> steps)
    {
        var total = PriceStep.Total(steps);
        var (beyond, missing) = (Beyond(0, total), Missing(total));
        return beyond > 0 ? [.. steps, new PriceStep($"Above the most of {Words.Number(Maximum!.Value)}", -1, beyond)]
            : missing > 0 ? [.. steps, new PriceStep($"Missing to the least of {Words.Number(Minimum!.Value)}", 1, missing)]
            : steps;
    }
}
