using BackOffice.Core.Catalog;
using BackOffice.Core.Common;

namespace BackOffice.Core.Usage;

/// <summary>What a metric measured over some events.</summary>
/// <param name="Quantity">Exact; zero when nothing matched.</param>
/// <param name="Events">How many events it was measured from.</param>
/// <param name="WithoutValue">Events of the right name that lack the property: not billed, and shown so that nobody wonders.</param>
public sealed record Measured(decimal Quantity, long Events, long WithoutValue)
{
    public static Measured Nothing { get; } = new(0, 0, 0);
}

/// <summary>Adds events up, one at a time, for one metric. The order of the events does not matter.</summary>
public sealed class Meter(Metric metric)
{
    private decimal _quantity;
    private long _events;
    private long _withoutValue;

    public MetricId Metric => metric.Id;

    public Measured Result => new(_quantity, _events, _withoutValue);

    /// <summary>The value this metric takes from an event; null when the event is not one of its own or has no value for it.</summary>
    public decimal? ValueOf(UsageEvent usage) => !IsFor(usage)
        ? null
        : metric.Aggregation switch
        {
            Aggregation.Count => 1,
            Aggregation.Sum => usage.Numbers.TryGetValue(metric.Property!, out var value) ? value : null,
            _ => throw new InvalidOperationException($"No rule for {metric.Aggregation}."),
        };

    /// <exception cref="ArithmeticException">The total needs more than 28 digits.</exception>
    public void Add(UsageEvent usage)
    {
        if (ValueOf(usage) is { } value)
        {
            _quantity = Exact.Add(_quantity, value);
            _events++;
        }
        else if (IsFor(usage))
        {
            _withoutValue++;
        }
    }

    private bool IsFor(UsageEvent usage) => metric.EventName is null || metric.EventName == usage.Name;
}
