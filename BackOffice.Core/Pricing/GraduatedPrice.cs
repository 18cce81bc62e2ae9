using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>A range of units and what each unit in it costs.</summary>
/// <param name="UpTo">The last unit that belongs to the tier; null for the last tier, which has no end.</param>
/// <param name="UnitPrice">What the price's <see cref="GraduatedPrice.Per"/> units cost in this tier, in major units.</param>
/// <param name="Flat">Due once when the tier is entered. The first tier is entered even with no unit at all (Lago's rule).</param>
public sealed record PriceTier(decimal? UpTo, decimal UnitPrice, decimal Flat = 0);

/// <summary>Each unit is charged at the price of the tier it falls into: the first million at 3.00, the next nine at 2.50 …</summary>
public sealed record GraduatedPrice : Price
{
    /// <param name="tiers">At least one, each limit above the one before, the last without a limit.</param>
    /// <param name="per">The units a tier's price is for: 1, 10, 100 … up to 10^12.</param>
    /// <exception cref="RuleBroken">The tiers do not rise, leave the end open too early, or have a negative price.</exception>
    public GraduatedPrice(IReadOnlyList<PriceTier> tiers, decimal per = 1)
    {
        Tiers = [.. tiers];
        Per = PowerOfTen(per);
        CheckTiers();
    }

    public IReadOnlyList<PriceTier> Tiers { get; }

    public decimal Per { get; }

    public bool Equals(GraduatedPrice? other) => other is not null && Per == other.Per && Tiers.SequenceEqual(other.Tiers);

    public override int GetHashCode() => HashCode.Combine(Per, Tiers.Count, Tiers[0]);

    public override string InWords(Currency currency) =>
        string.Join("; ", Tiers.Select((tier, i) => TierInWords(tier, i, currency))) + $", {Words.PerUnits(Per)}";

    protected override IReadOnlyList<PriceStep> Steps(decimal quantity)
    {
        var steps = new List<PriceStep>();
        var from = 0m;
        foreach (var tier in Tiers)
        {
            if (quantity <= from && from > 0)
            {
                break;
            }

            var units = Exact.Add(Math.Min(quantity, tier.UpTo ?? quantity), -from);
            steps.Add(new PriceStep(Label(steps.Count), units, tier.UnitPrice, Per, tier.Flat));
            from = tier.UpTo ?? quantity;
        }

        return steps;
    }

    private string Label(int tier) => (tier, Tiers[tier].UpTo) switch
    {
        (0, null) => "All units",
        (0, { } upTo) => $"First {Words.Number(upTo)}",
        (_, { } upTo) => $"{Words.Number(Tiers[tier - 1].UpTo!.Value)} to {Words.Number(upTo)}",
        (_, null) => $"Above {Words.Number(Tiers[tier - 1].UpTo!.Value)}",
    };

    private string TierInWords(PriceTier tier, int index, Currency currency) =>
        $"{(index == 0 ? Label(index) : char.ToLowerInvariant(Label(index)[0]) + Label(index)[1..])}"
        + $" at {Words.Amount(tier.UnitPrice, currency)}"
        + (tier.Flat > 0 ? $" plus {Words.Amount(tier.Flat, currency)} once" : "");

    private void CheckTiers()
    {
        if (Tiers.Count == 0 || Tiers[^1].UpTo is not null)
        {
            throw new RuleBroken("The last tier must have no upper limit, or larger quantities would have no price.");
        }

        var from = 0m;
        foreach (var (tier, number) in Tiers.Select((tier, i) => (tier, i + 1)))
        {
            NotNegative(tier.UnitPrice, $"The unit price of tier {number}");
            NotNegative(tier.Flat, $"The flat fee of tier {number}");
            if (number < Tiers.Count && !(tier.UpTo > from))
            {
                throw new RuleBroken($"Tier {number} must end above {Words.Number(from)}, where the tier before it ends.");
            }

            from = tier.UpTo ?? from;
        }
    }
}
