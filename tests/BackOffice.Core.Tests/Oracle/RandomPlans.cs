using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Random plans: every price, every interval, every setting that the oracle knows.</summary>
internal static class RandomPlans
{
    public static readonly Metric[] Metrics =
    [
        Metric.Create("calls", "Calls", Aggregation.Count, null, "calls", "calls"),
        Metric.Create("tokens", "Tokens", Aggregation.Sum, "units", "tokens", "tokens"),
        Metric.Create("peak", "Peak", Aggregation.Max, "units", "users", "peak"),
        Metric.Create("disk", "Disk", Aggregation.WeightedSum, "units", "GB", "disk"),
        Metric.Create("state", "State", Aggregation.Latest, "units", "units", "state"),
    ];

    private static readonly string[][] TaxLevels = [[], [], ["VAT"], ["VAT", "CITY"], ["LOW"], ["ZERO"]];

    public static readonly Gen<IReadOnlyList<string>> Taxes = Pick(TaxLevels).Select(codes => (IReadOnlyList<string>)codes);

    private static readonly Gen<decimal> Rate = Gen.OneOf(Gen.Int[0, 5_000].Select(n => n / 1_000m), Pick(0.015m, 0.005m, 1.5m));

    private static readonly Gen<PriceTier[]> Tiers = Gen.Select(Gen.Int[1, 400], Gen.Int[1, 400], Rate.Array[3], Gen.Int[0, 9].Array[3])
        .Select((first, more, prices, flats) => new PriceTier[]
        {
            new(first / 4m, prices[0], flats[0]), new((first / 4m) + more, prices[1], flats[1]), new(null, prices[2], flats[2]),
        });

    private static readonly Gen<Price> Plain = Gen.OneOf(
        Rate.Select(price => (Price)new PerUnitPrice(price)),
        Rate.Select(price => (Price)new PerUnitPrice(price, 1_000)),
        Tiers.Select(tiers => (Price)new GraduatedPrice(tiers)),
        Tiers.Select(tiers => (Price)new GraduatedPrice(tiers, 100)),
        Tiers.Select(tiers => (Price)new VolumePrice(tiers)),
        Tiers.Select(tiers => (Price)new ConvertedPrice(new GraduatedPrice(tiers), new PricingUnit("credits", 2, 0.25m))),
        Tiers.Select(tiers =>
            (Price)new GraduatedPercentagePrice([.. tiers.Select(tier => new PercentageTier(tier.UpTo, tier.UnitPrice, tier.Flat))])));

    private static readonly Gen<Price> Whole = Gen.OneOf(
        Plain,
        Gen.Select(Gen.Int[1, 40], Rate, Gen.Int[0, 30]).Select((size, fee, free) => (Price)new PackagePrice(size / 2m, fee, free)),
        Tiers.Select(tiers => (Price)new GraduatedPrice([.. tiers.Select(tier => tier with { BlockSize = 7 })])));

    private static readonly Gen<Price> OfSums = Gen.OneOf(
        Whole,
        Gen.Select(Rate, Rate).Select((rate, fee) => (Price)new PercentagePrice(rate, fee)),
        Gen.Select(Rate, Rate, Gen.Int[1, 4]).Select((rate, fee, events) => (Price)new PercentagePrice(rate, fee, events)),
        Gen.Select(Rate, Rate, Gen.Int[1, 200]).Select((rate, fee, amount) => (Price)new PercentagePrice(rate, fee, 0, amount)),
        Gen.Select(Rate, Rate).Select((rate, fee) => (Price)new PercentagePrice(rate, fee, 0, 0, 0.4m, 2.5m)),
        Rate.Select(multiplier => (Price)new DynamicPrice(multiplier)));

    private static readonly Gen<Price> OfFixed = Gen.OneOf(
        Rate.Select(price => (Price)new PerUnitPrice(price * 10)), Tiers.Select(tiers => (Price)new GraduatedPrice(tiers)),
        Tiers.Select(tiers => (Price)new VolumePrice(tiers)));

    public static Gen<T> Pick<T>(params T[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    private static Gen<Charge?> ChargeOf(int metric, Gen<Price> prices, Currency currency) =>
        Gen.Select(prices, Gen.Int[0, 5], Taxes, Gen.Int[1, 9_000]).Select((price, kind, taxes, limit) => kind < 2 ? null : Charge.Of(
            Metrics[metric].Name, Metrics[metric].Id, price, new ChargeSettings
            {
                TaxCodes = taxes,
                Minimum = kind == 3 ? Money.OfMinor(limit, currency) : null,
                Maximum = kind == 4 ? Money.OfMinor(limit * 4, currency) : null,
            }));

    private static Gen<FixedCharge> FixedOf(string code) =>
        Gen.Select(Gen.Int[0, 30], OfFixed, Gen.Bool, Gen.Bool, Taxes).Select((units, price, advance, prorated, taxes) =>
            new FixedCharge(code, code, units / 2m, price) { PayInAdvance = advance, Prorated = prorated, TaxCodes = taxes });

    private static Gen<PlanSettings> SettingsOf(Currency currency) => Gen.Select(
        Gen.Bool, Gen.Int[0, 60], Gen.Bool, Gen.Bool, Gen.Select(FixedOf("seats"), FixedOf("support"), Gen.Int[0, 2]), Gen.Int[0, 90_000],
        Taxes, Taxes)
        .Select((advance, trial, usageMonthly, fixedMonthly, charges, commitment, taxes, own) => new PlanSettings
        {
            PayInAdvance = advance,
            TrialDays = Math.Max(0, trial - 40),
            UsageMonthly = usageMonthly,
            FixedChargesMonthly = fixedMonthly,
            FixedCharges = charges.Item3 == 0 ? [] : charges.Item3 == 1 ? [charges.Item1] : [charges.Item1, charges.Item2],
            Commitment = commitment <= 60_000 ? null
                : new MinimumCommitment(Money.OfMinor(commitment - 60_000, currency)) { TaxCodes = own },
            TaxCodes = taxes,
        });

    public static Gen<PlanTerms> Of(Currency currency, bool months) => Gen.Select(
        Gen.Int[0, 30_000], Gen.Int[months ? 1 : 0, 4], SettingsOf(currency),
        Gen.Select(
            ChargeOf(0, Whole, currency), ChargeOf(1, OfSums, currency), ChargeOf(2, Whole, currency), ChargeOf(3, Plain, currency),
            ChargeOf(4, Plain, currency)), Pick("basic", "pro"))
        .Select((fee, interval, settings, charges, code) =>
        {
            var plan = Plan.Create(code, code, currency, (BillingInterval)interval);
            var charged = new[] { charges.Item1, charges.Item2, charges.Item3, charges.Item4, charges.Item5 }.OfType<Charge>();
            var longer = interval > 1;
            plan.Edit(Money.OfMinor(fee < 3_000 ? 0 : fee, currency), [.. charged], settings with
            {
                UsageMonthly = longer && settings.UsageMonthly,
                FixedChargesMonthly = longer && settings.FixedChargesMonthly,
            });
            return plan.Terms(plan.Draft!);
        });
}
