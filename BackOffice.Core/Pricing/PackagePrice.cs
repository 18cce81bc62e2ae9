using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>Units are sold in whole packages after some free ones; a started package is paid in full.</summary>
/// <param name="Size">Units in a package, above zero.</param>
/// <param name="PackageFee">What one package costs; zero or more, in major units.</param>
/// <param name="Free">Units that cost nothing before the first package starts; zero or more.</param>
public sealed record PackagePrice(decimal Size, decimal PackageFee, decimal Free = 0) : Price
{
    private readonly string _label = $"Packages of {Words.Number(Size)}";

    public decimal Size { get; } = Size > 0 ? Size : throw new RuleBroken("The package size must be above zero.");

    public decimal PackageFee { get; } = NotNegative(PackageFee, "The package price");

    public decimal Free { get; } = NotNegative(Free, "The number of free units");

    /// <summary>The units that packages are needed for: those beyond the free ones.</summary>
    public decimal PaidOf(decimal quantity) => Math.Max(0, Exact.Add(quantity, -Free));

    internal override string Describe(Denomination denomination)
    {
        var packages = $"{Words.Amount(PackageFee, denomination)} for each package of {Words.Number(Size)}, a started package in full";
        return Free > 0 ? $"First {Words.Number(Free)} free, then {packages}" : packages;
    }

    private protected override IReadOnlyList<PriceStep> Steps(Units units)
    {
        var step = new PriceStep(_label, Tiers.Blocks(PaidOf(units.Quantity), Size), PackageFee);
        return Free > 0 ? [new("Free", Math.Min(units.Quantity, Free), 0), step] : new[] { step };
    }

    private protected override decimal Amount(Units units) =>
        Exact.Multiply(Tiers.Blocks(PaidOf(units.Quantity), Size), PackageFee);
}
