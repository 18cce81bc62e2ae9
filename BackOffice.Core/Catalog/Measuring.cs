using BackOffice.Core.Common;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Catalog;

/// <summary>The finer points of how a metric measures; what is left out is as simple as can be.</summary>
public sealed record Measuring
{
    /// <summary>Computes the value of an event; null reads the property.</summary>
    public MetricExpression? Expression { get; init; }

    /// <summary>Carries what is there into the next period.</summary>
    public bool Recurring { get; init; }

    /// <summary>Null keeps every digit.</summary>
    public QuantityRounding? Rounding { get; init; }

    /// <summary>The properties that charges may filter by; each key once.</summary>
    /// <exception cref="RuleBroken">A key is named twice.</exception>
    public IReadOnlyList<FilterKey> FilterKeys
    {
        get;
        init => field = value.Select(key => key.Key).Distinct(StringComparer.Ordinal).Count() == value.Count
            ? value
            : throw new RuleBroken("A filter key is named twice. List its values together.");
    } = [];
}
