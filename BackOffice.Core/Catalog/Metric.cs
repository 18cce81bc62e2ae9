using BackOffice.Core.Common;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Catalog;

public readonly record struct MetricId(Guid Value) : IId<MetricId>
{
    public static MetricId From(Guid value) => new(value);

    public static MetricId New() => new(Guid.CreateVersion7());
}

/// <summary>What is measured: which events count, and how they become a quantity.</summary>
public sealed class Metric
{
    private Metric()
    {
    }

    public MetricId Id { get; private init; }

    /// <summary>How files and scripts name the metric; unique.</summary>
    public string Code { get; private init; } = null!;

    public string Name { get; private set; } = null!;

    public Aggregation Aggregation { get; private init; }

    /// <summary>The event property that is added up; null when events are counted.</summary>
    public string? Property { get; private init; }

    /// <summary>Only events of this name are measured; null measures every event of the subscription.</summary>
    public string? EventName { get; private init; }

    /// <summary>What one unit is called on invoices, such as "tokens".</summary>
    public string Unit { get; private set; } = null!;

    /// <summary>Computes the value of an event instead of reading a property; null when a property is read or events are counted.</summary>
    public MetricExpression? Expression { get; private init; }

    /// <summary>Whether what is there at the end of a period is there at the start of the next: seats and storage, not calls.</summary>
    public bool Recurring { get; private init; }

    /// <summary>How the quantity is rounded before it is priced; null keeps every digit.</summary>
    public QuantityRounding? Rounding { get; private init; }

    /// <summary>The properties that charges may filter by, each with the values it may have; often none.</summary>
    public IReadOnlyList<FilterKey> FilterKeys { get; private init; } = [];

    /// <exception cref="RuleBroken">A field is missing or malformed, or the property does not fit the aggregation.</exception>
    public static Metric Create(
        string code, string name, Aggregation aggregation, string? property, string unit, string? eventName = null, Measuring? how = null)
    {
        property = Text.Optional(property, "Property", 100);
        how ??= new Measuring();
        CheckSource(aggregation, property, how.Expression);
        if (how.Recurring && !aggregation.MayRecur())
        {
            throw new RuleBroken("Only a sum, a unique count or a weighted sum carries units into the next period.");
        }

        return new Metric
        {
            Id = MetricId.New(),
            Code = Common.Code.Check(code, "Metric code"),
            Name = Text.Required(name, "Name"),
            Aggregation = aggregation,
            Property = property,
            EventName = Text.Optional(eventName, "Event name", 100),
            Unit = Text.Required(unit, "Unit", 40),
            Expression = how.Expression,
            Recurring = how.Recurring,
            Rounding = how.Rounding,
            FilterKeys = how.FilterKeys,
        };
    }

    /// <summary>Whether another metric measures the same way: what may never change about a metric that is in use.</summary>
    public bool MeasuresLike(Metric other) =>
        (Aggregation, Property, EventName, Expression, Recurring, Rounding)
            == (other.Aggregation, other.Property, other.EventName, other.Expression, other.Recurring, other.Rounding)
        && FilterKeys.SequenceEqual(other.FilterKeys);

    /// <summary>Only what people read may change: a new way of measuring is a new metric.</summary>
    public void Rename(string name, string unit) => (Name, Unit) = (Text.Required(name, "Name"), Text.Required(unit, "Unit", 40));

    private static void CheckSource(Aggregation aggregation, string? property, MetricExpression? expression)
    {
        if (property is not null && expression is not null)
        {
            throw new RuleBroken("A metric reads a property or computes an expression, not both. Empty one of them.");
        }

        var hasSource = property is not null || expression is not null;
        if (aggregation == Aggregation.Count && hasSource)
        {
            throw new RuleBroken("Counting events reads no property. Leave the property empty or choose Sum.");
        }

        if (aggregation != Aggregation.Count && !hasSource)
        {
            throw new RuleBroken(aggregation switch
            {
                Aggregation.Sum => "Name the property whose values are added up.",
                Aggregation.UniqueCount => "Name the property whose different values are counted.",
                _ => "Name the property whose value is measured.",
            });
        }
    }
}
