using BackOffice.Core.Pricing;

namespace BackOffice.Vectors.Kinds;

/// <summary>Prices as vectors write them.</summary>
internal static class PriceFacts
{
    /// <summary>A charge model with its properties, in the names of Lago.</summary>
    public static Price Of(string model, Facts properties) => model switch
    {
        "standard" => new PerUnitPrice(properties["amount"].Number),
        "graduated" => new GraduatedPrice(Ranges(properties["graduated_ranges"])),
        "volume" => new VolumePrice(Ranges(properties["volume_ranges"])),
        "package" => new PackagePrice(
            properties["package_size"].Number, properties["amount"].Number, properties["free_units"].NumberOrNull ?? 0),
        "percentage" => Percentage(properties),
        "graduated_percentage" => new GraduatedPercentagePrice(Rates(properties["graduated_percentage_ranges"])),
        "dynamic" or "custom" => new DynamicPrice(),
        _ => throw new NotSupportedException($"There is no price model \"{model}\"."),
    };

    public static PercentagePrice Percentage(Facts properties) => new(
        properties["rate"].Number,
        properties["fixed_amount"].NumberOrNull ?? 0,
        properties["free_units_per_events"].NumberOrNull is { } events ? (long)events : 0,
        properties["free_units_per_total_aggregation"].NumberOrNull ?? 0,
        properties["per_transaction_min_amount"].NumberOrNull,
        properties["per_transaction_max_amount"].NumberOrNull);

    public static IReadOnlyList<PriceTier> Ranges(Facts ranges) =>
    [
        .. ranges.Items.Select(range =>
            new PriceTier(
                range["to_value"].NumberOrNull, range["per_unit_amount"].NumberOrNull ?? 0, range["flat_amount"].NumberOrNull ?? 0)),
    ];

    public static IReadOnlyList<PercentageTier> Rates(Facts ranges) =>
    [
        .. ranges.Items.Select(range =>
            new PercentageTier(range["to_value"].NumberOrNull, range["rate"].NumberOrNull ?? 0, range["flat_amount"].NumberOrNull ?? 0)),
    ];

    /// <summary>Tiers of which the last has a limit that other systems do not enforce: above it, the last tier goes on.</summary>
    public static IReadOnlyList<PriceTier> OpenEnded(IReadOnlyList<PriceTier> tiers) =>
        [.. tiers.SkipLast(1), tiers[^1] with { UpTo = null }];

    /// <summary>What one of some units costs on average; nothing without units.</summary>
    public static decimal Average(decimal amount, decimal units) => units == 0 ? 0 : amount / units;
}
