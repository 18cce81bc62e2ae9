using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>Each unit is charged at the price of the tier it falls into: the first million at 3.00, the next nine at 2.50 …</summary>
public sealed record GraduatedPrice : Price
{
    private readonly Tiers _tiers;

    /// <param name="tiers">At least one, each limit above the one before, the last without a limit.</param>
    /// <param name="per">The units a tier's price is for: 1, 10, 100 … up to 10^12; 1 when a tier is sold in blocks.</param>
    /// <exception cref="RuleBroken">The tiers do not rise, leave the end open too early, or have a negative price.</exception>
    public GraduatedPrice(IReadOnlyList<PriceTier> tiers, decimal per = 1) => _tiers = new Tiers(tiers, PowerOfTen(per));

    public IReadOnlyList<PriceTier> Tiers => _tiers.List;

    public decimal Per => _tiers.Per;

    /// <summary>A block is whole or not there, so tiers sold in blocks are not prorated.</summary>
    public override bool CanProrate => !_tiers.HasBlocks;

    public bool Equals(GraduatedPrice? other) => other is not null && _tiers.SameAs(other._tiers);

    public override int GetHashCode() => _tiers.Hash();

    internal override string Describe(Denomination denomination) =>
        _tiers.Describe(tier => Words.Amount(tier.UnitPrice, denomination), denomination) + $", {Words.PerUnits(Per)}";

    private protected override IReadOnlyList<PriceStep> Steps(Units units) =>
        units.Parts.Count > 0 ? ProratedTiers.Steps(_tiers, units.Parts) : GraduatedTiers.Steps(_tiers, units);

    private protected override decimal Amount(Units units) =>
        units.Parts.Count > 0 ? base.Amount(units) : GraduatedTiers.Amount(_tiers, units.Quantity);
}
