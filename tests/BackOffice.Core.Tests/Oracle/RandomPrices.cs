using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Random prices of every model, by what they may be used for.</summary>
internal static class RandomPrices
{
    private static readonly Gen<decimal> Rate =
        Gen.OneOf(Gen.Int[0, 5_000].Select(n => n / 1_000m), RandomPlans.Pick(0.015m, 0.005m, 1.5m));

    private static readonly Gen<PriceTier[]> Tiers = Gen.Select(Gen.Int[1, 400], Gen.Int[1, 400], Rate.Array[3], Gen.Int[0, 9].Array[3])
        .Select((first, more, prices, flats) => new PriceTier[]
        {
            new(first / 4m, prices[0], flats[0]), new((first / 4m) + more, prices[1], flats[1]), new(null, prices[2], flats[2]),
        });

    private static readonly Gen<Price> Packages =
        Gen.Select(Gen.Int[1, 40], Rate, Gen.Int[0, 30]).Select((size, fee, free) => (Price)new PackagePrice(size / 2m, fee, free));

    private static readonly Gen<Price> ByValue = Gen.OneOf(
        Gen.Select(Rate, Rate).Select((rate, fee) => (Price)new PercentagePrice(rate, fee)),
        Gen.Select(Rate, Rate, Gen.Int[1, 4]).Select((rate, fee, events) => (Price)new PercentagePrice(rate, fee, events)),
        Gen.Select(Rate, Rate, Gen.Int[1, 200]).Select((rate, fee, amount) => (Price)new PercentagePrice(rate, fee, 0, amount)),
        Gen.Select(Rate, Rate).Select((rate, fee) => (Price)new PercentagePrice(rate, fee, 0, 0, 0.4m, 2.5m)),
        Rate.Select(multiplier => (Price)new DynamicPrice(multiplier)));

    /// <summary>For quantities that may not end as a decimal: nothing in blocks.</summary>
    public static readonly Gen<Price> OfAverages = Gen.OneOf(
        Rate.Select(price => (Price)new PerUnitPrice(price)),
        Rate.Select(price => (Price)new PerUnitPrice(price, 1_000)),
        Tiers.Select(tiers => (Price)new GraduatedPrice(tiers)),
        Tiers.Select(tiers => (Price)new GraduatedPrice(tiers, 100)),
        Tiers.Select(tiers => (Price)new VolumePrice(tiers)),
        Tiers.Select(tiers => (Price)new ConvertedPrice(new GraduatedPrice(tiers), new PricingUnit("credits", 2, 0.25m))),
        Tiers.Select(tiers =>
            (Price)new GraduatedPercentagePrice([.. tiers.Select(tier => new PercentageTier(tier.UpTo, tier.UnitPrice, tier.Flat))])));

    public static readonly Gen<Price> OfUnits = Gen.OneOf(
        OfAverages, Packages, Tiers.Select(tiers => (Price)new GraduatedPrice([.. tiers.Select(tier => tier with { BlockSize = 7 })])));

    public static readonly Gen<Price> OfSums = Gen.OneOf(OfUnits, ByValue);

    /// <summary>For fixed charges, and for units that count by the day.</summary>
    public static readonly Gen<Price> ByTheDay = Gen.OneOf(
        Rate.Select(price => (Price)new PerUnitPrice(price * 10)), Tiers.Select(tiers => (Price)new GraduatedPrice(tiers)),
        Tiers.Select(tiers => (Price)new VolumePrice(tiers)));

    /// <summary>For events that are billed as they happen: every model but volume, whose tier all units share.</summary>
    public static readonly Gen<Price> AtOnce = Gen.OneOf(
        Rate.Select(price => (Price)new PerUnitPrice(price)), Tiers.Select(tiers => (Price)new GraduatedPrice(tiers)), Packages);

    public static readonly Gen<Price> SumsAtOnce = Gen.OneOf(AtOnce, ByValue);

    /// <summary>For what is billed as it happens for the days that are left.</summary>
    public static readonly Gen<Price> AtOnceByTheDay = Gen.OneOf(
        Rate.Select(price => (Price)new PerUnitPrice(price * 10)), Tiers.Select(tiers => (Price)new GraduatedPrice(tiers)));
}
