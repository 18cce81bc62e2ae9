using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>The events themselves carry what they cost; the price passes that on, times a multiplier.</summary>
/// <param name="Multiplier">Zero or more: 1 passes the amount on as it is, 1.2 adds a fifth.</param>
public sealed record DynamicPrice(decimal Multiplier = 1) : Price
{
    public decimal Multiplier { get; } = NotNegative(Multiplier, "The multiplier");

    internal override string Describe(Denomination denomination) => Multiplier == 1
        ? "The amount that each event carries"
        : $"{Words.Number(Multiplier)} times the amount that each event carries";

    private protected override IReadOnlyList<PriceStep> Steps(Units units) =>
        new[] { new PriceStep("Amount carried by the events", units.CarriedAmount, Multiplier) };

    private protected override decimal Amount(Units units) => Exact.Multiply(units.CarriedAmount, Multiplier);
}
