using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Usage;
using BenchmarkDotNet.Attributes;
using NodaTime;

namespace BackOffice.Benchmarks.Rating;

/// <summary>
/// A complete invoice: what is due, lines with their explanation, taxes, totals; from quantities that are rolled up already. Target: 10
/// charges of 3 tiers in at most 50 µs on one core.
/// </summary>
public class InvoiceBenchmarks
{
    private static readonly PriceTier[] Tiers = [new(1_000, 0.03m), new(10_000, 0.025m, 5), new(null, 0.02m)];
    private static readonly Instant Through = Instant.FromUtc(2026, 2, 1, 0, 0);

    private readonly Account _ten = AccountOf(10);
    private readonly Account _fifty = AccountOf(49);
    private readonly RolledUp _usage = new();

    [Benchmark(Baseline = true), BenchmarkCategory("1 invoice of 10 charges")]
    public decimal Ten_loop() => Loop(10);

    [Benchmark, BenchmarkCategory("1 invoice of 10 charges")]
    public Money Ten_charges() => BillingEngine.Due(_ten, _usage, Through)[0].Content.Due;

    [Benchmark(Baseline = true), BenchmarkCategory("2 invoice of 50 lines")]
    public decimal Fifty_loop() => Loop(49);

    [Benchmark, BenchmarkCategory("2 invoice of 50 lines")]
    public Money Fifty_lines() => BillingEngine.Due(_fifty, _usage, Through)[0].Content.Due;

    private static decimal Loop(int charges)
    {
        var net = 99m;
        for (var i = 0; i < charges; i++)
        {
            net += decimal.Round(HandWritten.Graduated(12_345.678m, Tiers, 1), 2);
        }

        return net + decimal.Round(net * 0.19m, 2);
    }

    private static Account AccountOf(int charges)
    {
        var metrics = Enumerable.Range(1, charges).Select(i =>
            Metric.Create($"m{i}", $"Metric {i}", Aggregation.Sum, "units", "units")).ToList();
        var plan = Plan.Create("pro", "Pro", Currency.Of("EUR"));
        plan.Edit(Money.OfMinor(9_900, plan.Currency), [.. metrics.Select(m => Charge.Of(m.Name, m.Id, new GraduatedPrice(Tiers)))]);
        var life = SubscriptionLife.Start(
            SubscriptionId.New(), "acme", Zone.Of("Europe/Berlin"), BillingTiming.Calendar, plan.Terms(plan.Draft!),
            Instant.FromUtc(2026, 1, 1, 0, 0));
        var vat = TaxRate.Create("VAT", "VAT", "DE", 19, new LocalDate(2000, 1, 1));
        return new Account
        {
            Zone = life.Zone,
            Lives = [life],
            Metrics = metrics.ToDictionary(metric => metric.Id),
            Taxes = new AccountTaxes(new Dictionary<string, TaxRate> { ["VAT"] = vat }, ["VAT"], []),
        };
    }

    /// <summary>Usage as the store has it when billing runs: one quantity for each metric.</summary>
    private sealed class RolledUp : IUsageReading
    {
        private static readonly IReadOnlyList<UsageGroup> Answer = [new UsageGroup(null, EmptyGroup, new Measured(12_345.678m, 1_000, 0))];

        private static Dictionary<string, string?> EmptyGroup => [];

        public IReadOnlyList<UsageGroup> Measure(UsageQuestion question) => Answer;

        public IReadOnlyList<UsageEvent> Events(UsageQuestion question) => [];
    }
}
