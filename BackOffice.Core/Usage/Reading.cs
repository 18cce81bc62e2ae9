using BackOffice.Core.Catalog;
using NodaTime;

namespace BackOffice.Core.Usage;

/// <summary>What a metric takes from one event.</summary>
/// <param name="At">When it counts from.</param>
/// <param name="Id">The order of storing, which decides between events of one moment.</param>
/// <param name="Value">1 when events or items are counted, −1 when an item is removed, else the number it carries.</param>
/// <param name="Item">The item that is added or removed; null unless items are counted.</param>
public readonly record struct Reading(Instant At, long Id, decimal Value, string? Item = null) : IComparable<Reading>
{
    /// <summary>Whether an item goes away.</summary>
    public bool Removes => Item is not null && Value < 0;

    /// <summary>By time, then by the order of storing.</summary>
    public int CompareTo(Reading other) => At == other.At ? Id.CompareTo(other.Id) : At.CompareTo(other.At);

    public static bool operator <(Reading a, Reading b) => a.CompareTo(b) < 0;

    public static bool operator >(Reading a, Reading b) => a.CompareTo(b) > 0;

    public static bool operator <=(Reading a, Reading b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Reading a, Reading b) => a.CompareTo(b) >= 0;

    /// <summary>An item that is added.</summary>
    public static Reading Add(string item, Instant at, long id) => new(at, id, 1, item);

    /// <summary>An item that is removed.</summary>
    public static Reading Remove(string item, Instant at, long id) => new(at, id, -1, item);

    /// <summary>Reads an event for a metric; says why when there is nothing to read.</summary>
    /// <param name="usage">An event of the subscription.</param>
    /// <param name="reading">Meaningless when something excludes the event.</param>
    /// <returns>Null when the event counts.</returns>
    public static Exclusion? Take(Metric metric, UsageEvent usage, out Reading reading)
    {
        reading = new(usage.At, usage.Id, 1);
        if (metric.EventName is not null && metric.EventName != usage.Name)
        {
            return Exclusion.OtherName;
        }

        return metric.Aggregation switch
        {
            Aggregation.Count => null,
            Aggregation.UniqueCount => TakeItem(metric, usage, ref reading),
            _ => TakeNumber(metric, usage, ref reading),
        };
    }

    private static Exclusion? TakeNumber(Metric metric, UsageEvent usage, ref Reading reading)
    {
        var value = metric.Expression is { } expression
            ? expression.Evaluate(usage)?.AsNumber()
            : usage.NumberOf(metric.Property!);
        if (value is { } number)
        {
            reading = reading with { Value = number };
            return null;
        }

        return metric.Expression is not null ? Exclusion.NoResult
            : usage.Texts.ContainsKey(metric.Property!) ? Exclusion.NotANumber
            : Exclusion.NoValue;
    }

    private static Exclusion? TakeItem(Metric metric, UsageEvent usage, ref Reading reading)
    {
        var item = metric.Expression is { } expression ? expression.Evaluate(usage)?.AsText() : usage.TextOf(metric.Property!);
        if (string.IsNullOrEmpty(item))
        {
            return metric.Expression is not null ? Exclusion.NoResult : Exclusion.NoValue;
        }

        switch (usage.TextOf(UsageEvent.OperationProperty))
        {
            case null or "" or "add":
                reading = Add(item, usage.At, usage.Id);
                return null;
            case "remove":
                reading = Remove(item, usage.At, usage.Id);
                return null;
            default:
                return Exclusion.UnknownOperation;
        }
    }
}

/// <summary>Why an event does not count for a metric. Nothing is left out without a reason people can read.</summary>
public enum Exclusion
{
    /// <summary>The metric measures events of another name. Not a fault.</summary>
    OtherName,

    /// <summary>It happened outside the measured time.</summary>
    OutsideWindow,

    /// <summary>It lacks the property.</summary>
    NoValue,

    /// <summary>The property is there, but not a number.</summary>
    NotANumber,

    /// <summary>The expression has no result: a property is missing, or something is divided by zero.</summary>
    NoResult,

    /// <summary>An item is neither added nor removed.</summary>
    UnknownOperation,
}
