using BackOffice.Core.Common;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Catalog;

public readonly record struct MetricId(Guid Value) : IId<MetricId>
{
    public static MetricId From(Guid value) => new(value);

    public static MetricId New() => new(Guid.CreateVersion7());
}

/// <summary>What is measured: how many events there were, or the sum of one of their properties.</summary>
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

    /// <exception cref="RuleBroken">A field is missing or malformed, or the property does not fit the aggregation.</exception>
    public static Metric Create(string code, string name, Aggregation aggregation, string? property, string unit, string? eventName = null)
    {
        property = Text.Optional(property, "Property", 100);
        if (aggregation == Aggregation.Sum != property is not null)
        {
            throw new RuleBroken(property is null
                ? "Name the property whose values are added up."
                : "Counting events reads no property. Leave the property empty or choose Sum.");
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
        };
    }

    /// <summary>Only what people read may change: a new way of measuring is a new metric.</summary>
    public void Rename(string name, string unit) => (Name, Unit) = (Text.Required(name, "Name"), Text.Required(unit, "Unit", 40));
}
