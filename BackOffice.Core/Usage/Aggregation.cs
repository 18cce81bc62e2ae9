namespace BackOffice.Core.Usage;

/// <summary>How many events become one quantity.</summary>
public enum Aggregation
{
    /// <summary>The number of events.</summary>
    Count,

    /// <summary>The sum of one property over the events that carry it.</summary>
    Sum,

    /// <summary>The largest value; zero without events.</summary>
    Max,

    /// <summary>The last value by time, then by storing; below zero counts as zero.</summary>
    Latest,

    /// <summary>How many different items there are at the end; events add and remove them.</summary>
    UniqueCount,

    /// <summary>The average level over the period; events raise and lower the level.</summary>
    WeightedSum,
}

/// <summary>What each aggregation allows (Lago's table of metrics).</summary>
public static class AggregationRules
{
    /// <summary>Whether what was there at the end of a period can still be there at the start of the next.</summary>
    public static bool MayRecur(this Aggregation aggregation) =>
        aggregation is Aggregation.Sum or Aggregation.UniqueCount or Aggregation.WeightedSum;

    /// <summary>Whether one event alone can be billed at once: a maximum or an average is only known at the end.</summary>
    public static bool MayBeBilledInAdvance(this Aggregation aggregation) =>
        aggregation is Aggregation.Count or Aggregation.Sum or Aggregation.UniqueCount;

    /// <summary>Whether units can be charged for the days they were there.</summary>
    public static bool MayBeProrated(this Aggregation aggregation) => aggregation is Aggregation.Sum or Aggregation.UniqueCount;

    /// <summary>Whether a state of fixed size can be kept per billing period and merged; unique counts keep a row per item.</summary>
    public static bool RollsUp(this Aggregation aggregation) => aggregation != Aggregation.UniqueCount;
}
