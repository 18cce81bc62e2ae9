using BackOffice.Core.Pricing;
using BenchmarkDotNet.Attributes;

namespace BackOffice.Benchmarks.Rating;

/// <summary>
/// Each price model against a loop a person would write for the same sums. Targets: with explanation at most 5 times the loop, the
/// amount alone at most twice.
/// </summary>
public class RatingBenchmarks
{
    private const int Count = 200;

    private static readonly PriceTier[] Tiers = [new(1_000_000, 3m), new(10_000_000, 2.5m, 5), new(null, 2m)];
    private static readonly decimal[] Fees = [1m, 2m, 3m, 250m, 4_000m];
    private static readonly Units[] Quantities =
    [
        .. Enumerable.Range(1, Count).Select(i => new Units(i * 90_001m, Fees.Length) { Values = Fees, CarriedAmount = i * 0.0125m }),
    ];

    private static readonly PerUnitPrice PerUnit = new(15, 1_000_000);
    private static readonly GraduatedPrice Graduated = new(Tiers, 1_000_000);
    private static readonly VolumePrice Volume = new(Tiers, 1_000_000);
    private static readonly PackagePrice Package = new(1_000, 0.50m, 1_000);
    private static readonly PercentagePrice Percentage = new(1.3m, 0.25m);
    private static readonly PercentagePrice Limited = new(2.99m, 0.10m, 1, 0, 0.15m, 12);
    private static readonly GraduatedPercentagePrice Share = new([new(1_000_000, 3m), new(10_000_000, 2.5m, 5), new(null, 2m)]);
    private static readonly DynamicPrice Dynamic = new(1.2m);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count), BenchmarkCategory("1 per unit")]
    public decimal PerUnit_loop() => Loop(units => units.Quantity * 15 / 1_000_000m);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("1 per unit")]
    public decimal PerUnit_amount() => Amount(PerUnit);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("1 per unit")]
    public decimal PerUnit_explained() => Explained(PerUnit);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count), BenchmarkCategory("2 graduated")]
    public decimal Graduated_loop() => Loop(units => HandWritten.Graduated(units.Quantity, Tiers, 1_000_000));

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("2 graduated")]
    public decimal Graduated_amount() => Amount(Graduated);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("2 graduated")]
    public decimal Graduated_explained() => Explained(Graduated);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count), BenchmarkCategory("3 volume")]
    public decimal Volume_loop() => Loop(units => HandWritten.Volume(units.Quantity, Tiers, 1_000_000));

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("3 volume")]
    public decimal Volume_amount() => Amount(Volume);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("3 volume")]
    public decimal Volume_explained() => Explained(Volume);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count), BenchmarkCategory("4 package")]
    public decimal Package_loop() => Loop(units => decimal.Ceiling(Math.Max(0, units.Quantity - 1_000) / 1_000) * 0.50m);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("4 package")]
    public decimal Package_amount() => Amount(Package);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("4 package")]
    public decimal Package_explained() => Explained(Package);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count), BenchmarkCategory("5 percentage")]
    public decimal Percentage_loop() => Loop(units => (units.Quantity * 1.3m / 100) + (units.Events * 0.25m));

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("5 percentage")]
    public decimal Percentage_amount() => Amount(Percentage);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("5 percentage")]
    public decimal Percentage_explained() => Explained(Percentage);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count), BenchmarkCategory("6 percentage of 5 transactions, limited")]
    public decimal Limited_loop() => Loop(units => HandWritten.Limited(units.Values, 1, 2.99m, 0.10m, 0.15m, 12));

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("6 percentage of 5 transactions, limited")]
    public decimal Limited_amount() => Amount(Limited);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("6 percentage of 5 transactions, limited")]
    public decimal Limited_explained() => Explained(Limited);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count), BenchmarkCategory("7 graduated percentage")]
    public decimal Share_loop() => Loop(units => HandWritten.Graduated(units.Quantity, Tiers, 100));

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("7 graduated percentage")]
    public decimal Share_amount() => Amount(Share);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("7 graduated percentage")]
    public decimal Share_explained() => Explained(Share);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count), BenchmarkCategory("8 dynamic")]
    public decimal Dynamic_loop() => Loop(units => units.CarriedAmount * 1.2m);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("8 dynamic")]
    public decimal Dynamic_amount() => Amount(Dynamic);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("8 dynamic")]
    public decimal Dynamic_explained() => Explained(Dynamic);

    private static decimal Loop(Func<Units, decimal> amountOf)
    {
        var sum = 0m;
        foreach (var units in Quantities)
        {
            sum += amountOf(units);
        }

        return sum;
    }

    private static decimal Amount(Price price)
    {
        var sum = 0m;
        foreach (var units in Quantities)
        {
            sum += price.AmountFor(units);
        }

        return sum;
    }

    private static decimal Explained(Price price)
    {
        var sum = 0m;
        foreach (var units in Quantities)
        {
            sum += PriceStep.Total(price.StepsFor(units));
        }

        return sum;
    }
}
