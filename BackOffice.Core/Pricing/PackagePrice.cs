using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>Units are sold in whole packages after some free ones; a started package is paid in full.</summary>
/// <param name="Size">Units in a package, above zero.</param>
/// <param name="PackageFee">What one package costs; zero or more, in major units.</param>
/// <param name="Free">Units that cost nothing before the first package starts; zero or more.</param>
public sealed record PackagePrice(decimal Size, decimal PackageFee, decimal Free = 0) : Price
{
    public decimal Size { get; } = Size > 0 ? Size : throw new RuleBroken("The package size must be above zero.");

    public decimal PackageFee { get; } = NotNegative(PackageFee, "The package price");

    public decimal Free { get; } = NotNegative(Free, "The number of free units");

    public override string InWords(Currency currency)
    {
        var packages = $"{Words.Amount(PackageFee, currency)} for each package of {Words.Number(Size)}, a started package in full";
        return Free > 0 ? $"First {Words.Number(Free)} free, then {packages}" : packages;
    }

    protected override IReadOnlyList<PriceStep> Steps(decimal quantity)
    {
        var paid = Math.Max(0, Exact.Add(quantity, -Free));
        var started = paid % Size;
        var packages = (Exact.Add(paid, -started) / Size) + (started > 0 ? 1 : 0);
        var step = new PriceStep($"Packages of {Words.Number(Size)}", packages, PackageFee);
        return Free > 0 ? [new("Free", Math.Min(quantity, Free), 0), step] : [step];
    }
}
