using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

/// <summary>Random prices and quantities for the laws.</summary>
internal static class Prices
{
    public static readonly Gen<decimal[]> Quantities = Gen.Int[0, 50_000].Select(units => units / 100m).Array[1, 8];

    private static readonly Gen<decimal> Rate = Gen.Int[0, 5_000].Select(price => price / 1_000m);

    private static readonly Gen<PriceTier[]> Tiers = Gen.Select(Gen.Int[1, 500], Gen.Int[1, 500], Rate.Array[3], Gen.Int[0, 9].Array[3])
        .Select((first, second, prices, flats) => new PriceTier[]
        {
            new(first, prices[0], flats[0]), new(first + second, prices[1], flats[1]), new(null, prices[2], flats[2]),
        });

    public static readonly Gen<PriceTier[]> TiersWithoutFlat =
        Tiers.Select(tiers => tiers.Select(tier => tier with { Flat = 0 }).ToArray());

    public static readonly Gen<Price> Prorating = Gen.OneOf(
        Rate.Select(price => (Price)new PerUnitPrice(price)),
        Tiers.Select(tiers => (Price)new GraduatedPrice(tiers)),
        Tiers.Select(tiers => (Price)new VolumePrice(tiers)),
        Tiers.Select(tiers => (Price)new ConvertedPrice(new GraduatedPrice(tiers), new PricingUnit("credits", 2, 0.25m))));

    public static readonly Gen<Price> Any = Gen.OneOf(
        Prorating,
        Gen.Select(Gen.Int[1, 100], Rate, Gen.Int[0, 300]).Select((size, fee, free) => (Price)new PackagePrice(size, fee, free)),
        Tiers.Select(tiers => (Price)new GraduatedPrice([.. tiers.Select(tier => tier with { BlockSize = 7 })])),
        Tiers.Select(tiers =>
            (Price)new GraduatedPercentagePrice([.. tiers.Select(tier => new PercentageTier(tier.UpTo, tier.UnitPrice, tier.Flat))])),
        Gen.Select(Rate, Rate, Gen.Int[0, 4], Gen.Int[0, 300])
            .Select((rate, fee, events, amount) => (Price)new PercentagePrice(rate, fee, events, amount)),
        Gen.Select(Rate, Rate, Gen.Int[0, 4], Gen.Int[0, 300])
            .Select((rate, fee, events, amount) => (Price)new PercentagePrice(rate, fee, events, amount, 1, 2)),
        Rate.Select(multiplier => (Price)new DynamicPrice(multiplier)));

    /// <summary>What the first events measured.</summary>
    public static Units After(decimal[] values, int events) => events == 0 ? Units.None : new Units(values.Take(events).Sum(), events)
    {
        Values = values[..events],
        CarriedAmount = values.Take(events).Sum() / 8,
    };
}
