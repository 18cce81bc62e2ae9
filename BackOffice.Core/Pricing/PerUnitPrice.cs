using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>Every unit costs the same: 15.00 per 1,000,000 tokens.</summary>
/// <param name="UnitPrice">What <paramref name="Per"/> units cost; zero or more, in major units.</param>
/// <param name="Per">1, 10, 100 … up to 10^12.</param>
public sealed record PerUnitPrice(decimal UnitPrice, decimal Per = 1) : Price
{
    public decimal UnitPrice { get; } = NotNegative(UnitPrice, "The unit price");

    public decimal Per { get; } = PowerOfTen(Per);

    public override bool CanProrate => true;

    internal override string Describe(Denomination denomination) => $"{Words.Amount(UnitPrice, denomination)} {Words.PerUnits(Per)}";

    private protected override IReadOnlyList<PriceStep> Steps(Units units)
    {
        var step = units.Above(0, new PriceStep("All units", units.Quantity, UnitPrice, Per));
        return units.Parts.Count > 0 ? Proration.Steps(step, units.Parts) : new[] { step };
    }

    private protected override decimal Amount(Units units) => units.Parts.Count > 0
        ? base.Amount(units)
        : Exact.DividePowerOfTen(Exact.Multiply(units.Quantity, UnitPrice), Per);
}
