using BackOffice.Core.Common;

namespace BackOffice.Core.Usage;

/// <summary>A property that filters may look at, and the values it may have.</summary>
/// <param name="Key">The name of the property in the events.</param>
/// <param name="Values">What "all values" stands for; at least one, none twice.</param>
public sealed record FilterKey(string Key, IReadOnlyList<string> Values)
{
    public string Key { get; } = Text.Required(Key, "Filter key", 100);

    public IReadOnlyList<string> Values { get; } = Values.Count == 0
        ? throw new RuleBroken($"The filter key {Key} needs at least one value.")
        : Values.Distinct(StringComparer.Ordinal).Count() == Values.Count
            ? [.. Values.Select(value => Text.Required(value, "Filter value"))]
        : throw new RuleBroken($"A value of the filter key {Key} is named twice.");

    public bool Equals(FilterKey? other) => other is not null && Key == other.Key && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Key, Values.Count);
}

/// <summary>One demand of a filter: a property has one of some values.</summary>
/// <param name="Key">The name of the property.</param>
/// <param name="Values">The values that match; null for all values the metric knows, or any value when it knows none.</param>
public sealed record FilterCondition(string Key, IReadOnlyList<string>? Values)
{
    public string Key { get; } = Text.Required(Key, "Filter key", 100);

    public IReadOnlyList<string>? Values { get; } = Values is { Count: 0 }
        ? throw new RuleBroken($"The filter on {Key} needs a value, or all of them.")
        : Values;

    /// <summary>Whether an event has one of the values.</summary>
    /// <param name="known">The metric's own list, for "all values".</param>
    public bool Matches(UsageEvent usage, IReadOnlyList<FilterKey> known)
    {
        if (usage.TextOf(Key) is not { } value)
        {
            return false;
        }

        var values = Values ?? known.FirstOrDefault(key => key.Key == Key)?.Values;
        return values is null || values.Contains(value, StringComparer.Ordinal);
    }

    public bool Equals(FilterCondition? other) => other is not null && Key == other.Key
        && (Values is null ? other.Values is null : other.Values is not null && Values.SequenceEqual(other.Values));

    public override int GetHashCode() => HashCode.Combine(Key, Values?.Count);
}

/// <summary>Events that have a price of their own: those that meet every condition.</summary>
/// <param name="Name">What invoices call them; null to say it by the values.</param>
/// <param name="Conditions">At least one, each on another property.</param>
/// <param name="GroupKeys">The properties whose values are priced apart; null as the charge says.</param>
public sealed record ChargeFilter(string? Name, IReadOnlyList<FilterCondition> Conditions, IReadOnlyList<string>? GroupKeys = null)
{
    public string? Name { get; } = Text.Optional(Name, "Filter name");

    public IReadOnlyList<FilterCondition> Conditions { get; } = Conditions.Count == 0
        ? throw new RuleBroken("A filter needs at least one condition; what meets none has the charge's own price.")
        : Conditions.Select(condition => condition.Key).Distinct(StringComparer.Ordinal).Count() == Conditions.Count ? Conditions
        : throw new RuleBroken("A filter looks at each property once. List the values of one property together.");

    /// <summary>The filter as people read it: its name, or the values it names, or that it takes any.</summary>
    public string InWords => Name ?? (Conditions.Any(condition => condition.Values is not null)
        ? string.Join(", ", Conditions.Select(c => c.Values).OfType<IReadOnlyList<string>>().Select(v => string.Join("/", v)))
        : string.Join(", ", Conditions.Select(condition => $"any {condition.Key}")));

    /// <summary>Whether every condition is met.</summary>
    public bool Matches(UsageEvent usage, IReadOnlyList<FilterKey> known)
    {
        foreach (var condition in Conditions)
        {
            if (!condition.Matches(usage, known))
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(ChargeFilter? other) => other is not null && Name == other.Name && Conditions.SequenceEqual(other.Conditions)
        && (GroupKeys is null ? other.GroupKeys is null : other.GroupKeys is not null && GroupKeys.SequenceEqual(other.GroupKeys));

    public override int GetHashCode() => HashCode.Combine(Name, Conditions.Count);
}
