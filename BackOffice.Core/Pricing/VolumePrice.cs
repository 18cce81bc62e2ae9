using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>The tier that the quantity ends in prices all units: up to 100 at 2.00 each, with 101 all of them at 1.00.</summary>
/// <remarks>Prorated, the full units choose the tier and each is charged for its days; the flat fee is due in full.</remarks>
public sealed record VolumePrice : Price
{
    private readonly Tiers _tiers;

    /// <param name="tiers">At least one, each limit above the one before, the last without a limit.</param>
    /// <param name="per">The units a tier's price is for: 1, 10, 100 … up to 10^12; 1 when a tier is sold in blocks.</param>
    /// <exception cref="RuleBroken">The tiers do not rise, leave the end open too early, or have a negative price.</exception>
    public VolumePrice(IReadOnlyList<PriceTier> tiers, decimal per = 1) => _tiers = new Tiers(tiers, PowerOfTen(per));

    public IReadOnlyList<PriceTier> Tiers => _tiers.List;

    public decimal Per => _tiers.Per;

    public override bool CanProrate => !_tiers.HasBlocks;

    public bool Equals(VolumePrice? other) => other is not null && _tiers.SameAs(other._tiers);

    public override int GetHashCode() => _tiers.Hash();

    internal override string Describe(Denomination denomination) => "All units at the price of the tier they end in: "
        + Words.LowerFirst(_tiers.Describe(tier => Words.Amount(tier.UnitPrice, denomination), denomination)) + $", {Words.PerUnits(Per)}";

    private protected override IReadOnlyList<PriceStep> Steps(Units units)
    {
        var tier = _tiers.Of(units.Quantity);
        var step = _tiers.Step(tier, units.Quantity);
        step = _tiers.List[tier].BlockSize is null ? units.Above(0, step) : step;
        return units.Parts.Count > 0 ? Proration.Steps(step, units.Parts) : new[] { step };
    }

    private protected override decimal Amount(Units units) =>
        units.Parts.Count > 0 ? base.Amount(units) : _tiers.Amount(_tiers.Of(units.Quantity), units.Quantity);
}
