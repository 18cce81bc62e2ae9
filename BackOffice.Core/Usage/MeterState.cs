using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Usage;

/// <summary>What events added up to so far: a store keeps one per billing period and merges them.</summary>
/// <remarks>
/// The order of adding and merging never matters, and merging the states of parts gives the state of the whole. The set is closed: every
/// kind is in this folder. All but <see cref="ItemsState"/> are of fixed size.
/// </remarks>
public abstract record MeterState
{
    private protected MeterState()
    {
    }

    /// <summary>How many events it was measured from.</summary>
    public abstract long Events { get; }

    /// <summary>What counts as there at the end: it is carried into the next period by a recurring metric.</summary>
    public abstract decimal Level { get; }

    /// <summary>Nothing was measured yet.</summary>
    public static MeterState Empty(Aggregation aggregation) => aggregation switch
    {
        Aggregation.Count => CountState.Empty,
        Aggregation.Sum => SumState.Empty,
        Aggregation.Max => MaxState.Empty,
        Aggregation.Latest => LatestState.Empty,
        Aggregation.UniqueCount => ItemsState.Empty,
        Aggregation.WeightedSum => LevelState.Empty,
        _ => throw new InvalidOperationException($"No rule for {aggregation}."),
    };

    /// <summary>Units a customer brings along, such as those another system measured before; sums and levels only.</summary>
    public static MeterState Opening(Aggregation aggregation, decimal units) => aggregation switch
    {
        Aggregation.Sum => new SumState(units, 0),
        Aggregation.WeightedSum => new LevelState(units, 0, null, 0),
        _ => throw new RuleBroken("Only sums and weighted sums can be opened with a number of units; items are brought along by name."),
    };

    /// <summary>The state with one more event in it.</summary>
    /// <exception cref="ArithmeticException">The total needs more than 28 digits.</exception>
    public abstract MeterState With(Reading reading);

    /// <summary>The same for a plain value.</summary>
    public MeterState With(decimal value, Instant at, long id) => With(new Reading(at, id, value));

    /// <summary>The state of both together.</summary>
    /// <exception cref="ArithmeticException">The total needs more than 28 digits.</exception>
    /// <exception cref="ArgumentException">The other one is of another aggregation.</exception>
    public abstract MeterState Merge(MeterState other);

    /// <summary>The quantity of a period: exact, not yet rounded as the metric says.</summary>
    /// <param name="window">The measured period; only an average over time needs it.</param>
    /// <param name="carried">What happened before the period and is still there; null unless the metric is recurring.</param>
    /// <exception cref="ArithmeticException">The quantity needs more than 28 digits.</exception>
    public abstract Quotient Finish(UsageWindow? window = null, MeterState? carried = null);

    private protected T Same<T>(MeterState other)
        where T : MeterState => other as T
            ?? throw new ArgumentException($"A {GetType().Name} cannot be merged with a {other.GetType().Name}.", nameof(other));
}

/// <summary>A number of events.</summary>
public sealed record CountState(long Count) : MeterState
{
    public static new CountState Empty { get; } = new(0);

    public override long Events => Count;

    public override decimal Level => Count;

    public override MeterState With(Reading reading) => new CountState(Count + 1);

    public override MeterState Merge(MeterState other) => new CountState(Count + Same<CountState>(other).Count);

    public override Quotient Finish(UsageWindow? window = null, MeterState? carried = null) => Quotient.Of(Count);
}

/// <summary>A total, and how many events it is from.</summary>
public sealed record SumState(decimal Total, long Count) : MeterState
{
    public static new SumState Empty { get; } = new(0, 0);

    public override long Events => Count;

    public override decimal Level => Total;

    public override MeterState With(Reading reading) => new SumState(Exact.Add(Total, reading.Value), Count + 1);

    public override MeterState Merge(MeterState other)
    {
        var sum = Same<SumState>(other);
        return new SumState(Exact.Add(Total, sum.Total), Count + sum.Count);
    }

    public override Quotient Finish(UsageWindow? window = null, MeterState? carried = null) =>
        Quotient.Of(carried is null ? Total : Exact.Add(Total, carried.Level));
}

/// <summary>The largest value so far; null before the first.</summary>
public sealed record MaxState(decimal? Largest, long Count) : MeterState
{
    public static new MaxState Empty { get; } = new(null, 0);

    public override long Events => Count;

    public override decimal Level => Largest ?? 0;

    public override MeterState With(Reading reading) => new MaxState(Larger(reading.Value), Count + 1);

    public override MeterState Merge(MeterState other)
    {
        var max = Same<MaxState>(other);
        return new MaxState(max.Largest is { } value ? Larger(value) : Largest, Count + max.Count);
    }

    public override Quotient Finish(UsageWindow? window = null, MeterState? carried = null) => Quotient.Of(Level);

    private decimal Larger(decimal value) => Largest is { } largest && largest >= value ? largest : value;
}

/// <summary>The last reading so far, by time and then by the order of storing; null before the first.</summary>
public sealed record LatestState(Reading? Last, long Count) : MeterState
{
    public static new LatestState Empty { get; } = new(null, 0);

    public override long Events => Count;

    /// <summary>Below zero counts as zero: nobody owes less than nothing (Lago's rule).</summary>
    public override decimal Level => Math.Max(0, Last?.Value ?? 0);

    public override MeterState With(Reading reading) => new LatestState(Later(reading), Count + 1);

    public override MeterState Merge(MeterState other)
    {
        var latest = Same<LatestState>(other);
        return new LatestState(latest.Last is { } reading ? Later(reading) : Last, Count + latest.Count);
    }

    public override Quotient Finish(UsageWindow? window = null, MeterState? carried = null) => Quotient.Of(Level);

    private Reading Later(Reading reading) => Last is { } last && last > reading ? last : reading;
}
