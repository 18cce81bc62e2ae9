using BackOffice.Core.Common;

namespace BackOffice.Core.Thresholds;

/// <summary>Which way a value must move to be noticed.</summary>
public enum AlertDirection
{
    /// <summary>Usage that grows.</summary>
    Rising,

    /// <summary>A wallet that empties.</summary>
    Falling,
}

/// <summary>The values at which somebody wants to be told: fixed ones, and beyond the outermost of them a step that repeats.</summary>
/// <remarks>
/// A value that lies exactly on a level has crossed it, and crosses it no second time (in Lago a repeated level fires again; guide §18).
/// </remarks>
public sealed record AlertLevels
{
    /// <summary>How many levels an alert may have.</summary>
    public const int Most = 20;

    /// <summary>Of the steps one move crosses, the last so many are named.</summary>
    public const int MostStepsNamed = 1000;

    private readonly decimal[] _levels;

    /// <param name="step">The repeated distance, more than zero; null when nothing repeats.</param>
    /// <exception cref="RuleBroken">There is no level, there are more than 20, two are the same, or the step is not more than
    /// zero.</exception>
    public AlertLevels(IReadOnlyList<decimal> levels, decimal? step, AlertDirection direction)
    {
        if (levels.Count + (step is null ? 0 : 1) is 0 or > Most)
        {
            throw new RuleBroken($"An alert has 1 to {Most} levels.");
        }

        if (step <= 0)
        {
            throw new RuleBroken("The distance of repeated levels is more than zero.");
        }

        if (levels.Distinct().Count() != levels.Count)
        {
            throw new RuleBroken("Two levels of the alert are the same.");
        }

        (_levels, Step, Direction) = ([.. levels.Order()], step, direction);
    }

    /// <summary>In ascending order.</summary>
    public IReadOnlyList<decimal> Levels => _levels;

    public decimal? Step { get; }

    public AlertDirection Direction { get; }

    // Steps go on from the outermost fixed level in the direction of the alert, or from zero.
    private decimal Outermost => _levels.Length == 0 ? 0 : Direction == AlertDirection.Rising ? _levels[^1] : _levels[0];

    /// <summary>The levels between two values, in ascending order; none when the value moved the other way or not at all.</summary>
    public IReadOnlyList<decimal> Crossed(decimal previous, decimal current)
    {
        var crossed = new List<decimal>();
        var rising = Direction == AlertDirection.Rising;
        if (rising ? current <= previous : current >= previous)
        {
            return crossed;
        }

        foreach (var level in _levels)
        {
            if (rising ? previous < level && level <= current : current <= level && level < previous)
            {
                crossed.Add(level);
            }
        }

        AddSteps(crossed, rising ? previous - Outermost : Outermost - previous, rising ? current - Outermost : Outermost - current);
        crossed.Sort();
        return crossed;
    }

    /// <param name="from">How far beyond the outermost level the value was; below zero when it was not beyond.</param>
    private void AddSteps(List<decimal> crossed, decimal from, decimal to)
    {
        if (Step is not { } step || to < step)
        {
            return;
        }

        var last = decimal.Floor(to / step);
        var first = Math.Max(Math.Max(1, decimal.Floor(from / step) + 1), last - MostStepsNamed + 1);
        for (var n = first; n <= last; n++)
        {
            crossed.Add(Outermost + (Direction == AlertDirection.Rising ? n : -n) * step);
        }
    }

    public bool Equals(AlertLevels? other) =>
        other is not null && _levels.SequenceEqual(other._levels) && Step == other.Step && Direction == other.Direction;

    public override int GetHashCode() => _levels.Aggregate(HashCode.Combine(Step, Direction), HashCode.Combine);
}
