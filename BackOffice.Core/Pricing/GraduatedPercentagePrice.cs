using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>A percentage of what was measured, each part of it at the rate of the tier it falls into.</summary>
public sealed record GraduatedPercentagePrice : Price
{
    private readonly Tiers _tiers;

    /// <param name="tiers">At least one, each limit above the one before, the last without a limit.</param>
    /// <exception cref="RuleBroken">The tiers do not rise, leave the end open too early, or have a negative rate or fee.</exception>
    public GraduatedPercentagePrice(IReadOnlyList<PercentageTier> tiers)
    {
        Tiers = [.. tiers];
        _tiers = new Tiers([.. Tiers.Select(tier => new PriceTier(tier.UpTo, tier.Rate, tier.Flat))], 100, "rate");
    }

    public IReadOnlyList<PercentageTier> Tiers { get; }

    public bool Equals(GraduatedPercentagePrice? other) => other is not null && _tiers.SameAs(other._tiers);

    public override int GetHashCode() => _tiers.Hash();

    internal override string Describe(Denomination denomination) =>
        _tiers.Describe(tier => Words.Percent(tier.UnitPrice), denomination);

    private protected override IReadOnlyList<PriceStep> Steps(Units units) => GraduatedTiers.Steps(_tiers, units);

    private protected override decimal Amount(Units units) => GraduatedTiers.Amount(_tiers, units.Quantity);
}
