namespace BackOffice.Core.Usage;

/// <summary>How many events become one quantity.</summary>
public enum Aggregation
{
    /// <summary>The number of events.</summary>
    Count,

    /// <summary>The sum of one property over the events that carry it.</summary>
    Sum,
}
