using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BenchmarkDotNet.Attributes;
using NodaTime;

// NodaTime has a Period too; ours is the one invoices speak of.
using Period = BackOffice.Core.Common.Period;

namespace BackOffice.Benchmarks.Rating;

/// <summary>What lies under an invoice: which period a day is in, a share of days, and events that become a quantity.</summary>
public class ArithmeticBenchmarks
{
    private const int Count = 1_000;

    private static readonly LocalDate Anchor = new(2024, 1, 31);
    private static readonly LocalDate[] Days = [.. Enumerable.Range(0, Count).Select(Anchor.PlusDays)];
    private static readonly BillingGrid Grid = new(BillingInterval.Monthly, BillingTiming.Anniversary, Anchor);
    private static readonly Money Price = Money.OfMinor(9_900, Currency.Of("EUR"));

    private static readonly UsageEvent[] Events =
    [
        .. Enumerable.Range(0, Count).Select(i => new UsageEvent(
            i, "calls", Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromMinutes(i * 40),
            new Dictionary<string, decimal> { ["units"] = i / 8m })),
    ];

    private static readonly Metric Calls = Metric.Create("count", "Count", Aggregation.Count, null, "calls");
    private static readonly Metric Sum = Metric.Create("sum", "Sum", Aggregation.Sum, "units", "units");
    private static readonly Metric Max = Metric.Create("max", "Max", Aggregation.Max, "units", "units");
    private static readonly Metric Average = Metric.Create("average", "Average", Aggregation.WeightedSum, "units", "units");

    private static readonly UsageWindow January = WindowOf(new Period(new LocalDate(2026, 1, 1), new LocalDate(2026, 2, 1)));

    [Benchmark(Baseline = true, OperationsPerInvoke = Count), BenchmarkCategory("1 a share of days")]
    public decimal Share_loop()
    {
        var sum = 0m;
        for (var day = 1; day <= Count; day++)
        {
            sum += decimal.Round(99m * (day % 31) / 31, 2, MidpointRounding.AwayFromZero);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("1 a share of days")]
    public long Share()
    {
        var sum = 0L;
        for (var day = 1; day <= Count; day++)
        {
            sum += new Proration(day % 31, 31).Of(Price).MinorUnits;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("2 the period of a day")]
    public int PeriodOfDay()
    {
        var sum = 0;
        foreach (var day in Days)
        {
            sum += Grid.Containing(day).Days;
        }

        return sum;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count), BenchmarkCategory("3 an event of a sum")]
    public decimal Sum_loop()
    {
        var sum = 0m;
        foreach (var usage in Events)
        {
            sum += usage.At >= January.When.Start && usage.At < January.When.End ? usage.Numbers["units"] : 0;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("3 an event of a sum")]
    public decimal Summed() => Measure(Sum);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("4 an event of a count")]
    public decimal Counted() => Measure(Calls);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("5 an event of a maximum")]
    public decimal Maximum() => Measure(Max);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("6 an event of an average over time")]
    public decimal Averaged() => Measure(Average);

    private static decimal Measure(Metric metric) =>
        UsageSplit.Of(Events, metric, [], [], January, MeterNeeds.Nothing).Groups[0].Measured.Quantity;

    private static UsageWindow WindowOf(Period days) => UsageWindow.Of(days.In(DateTimeZone.Utc), days, days, DateTimeZone.Utc);
}
