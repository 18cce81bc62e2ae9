using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>Every unit costs the same: 15.00 per 1,000,000 tokens.</summary>
/// <param name="UnitPrice">What <paramref name="Per"/> units cost; zero or more, in major units.</param>
/// <param name="Per">1, 10, 100 … up to 10^12.</param>
public sealed record PerUnitPrice(decimal UnitPrice, decimal Per = 1) : Price
{
    public decimal UnitPrice { get; } = NotNegative(UnitPrice, "The unit price");

    public decimal Per { get; } = PowerOfTen(Per);

    public override string InWords(Currency currency) => $"{Words.Amount(UnitPrice, currency)} {Words.PerUnits(Per)}";

    protected override IReadOnlyList<PriceStep> Steps(decimal quantity) => [new("All units", quantity, UnitPrice, Per)];
}
