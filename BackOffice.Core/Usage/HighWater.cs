using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Core.Usage;

/// <summary>Units that are billed as they come: only what rises above the most there had been in the period (guide §3.2).</summary>
/// <remarks>
/// Nothing is given back when units go, and what comes back up to the mark is not billed twice. At renewal the level is billed.
/// </remarks>
public sealed record HighWater
{
    private HighWater(decimal opening, IReadOnlyList<BilledReading> billed, decimal level, decimal peak) =>
        (Opening, Billed, Level, Peak) = (opening, billed, level, peak);

    /// <summary>Units billed at the start of the period: those carried in, never less than zero.</summary>
    public decimal Opening { get; }

    /// <summary>Each event with the units it was billed for.</summary>
    public IReadOnlyList<BilledReading> Billed { get; }

    /// <summary>Units that are there at the end, and billed at renewal.</summary>
    public decimal Level { get; }

    /// <summary>The most there were: all that is billed in the period.</summary>
    public decimal Peak { get; }

    /// <summary>Plays a period.</summary>
    /// <param name="ordered">Its events in order of time, without those that change nothing.</param>
    /// <param name="carried">Units that were there before, billed at renewal.</param>
    /// <exception cref="ArithmeticException">The level needs more than 28 digits.</exception>
    public static HighWater Of(IReadOnlyList<Reading> ordered, decimal carried)
    {
        var (level, peak) = (carried, Math.Max(0, carried));
        var billed = new List<BilledReading>(ordered.Count);
        foreach (var reading in ordered)
        {
            var units = BilledUnits(level, peak, reading.Value);
            level = Exact.Add(level, reading.Value);
            peak = Exact.Add(peak, units);
            billed.Add(new(reading, units));
        }

        return new(Math.Max(0, carried), billed, level, peak);
    }

    /// <summary>What one event is billed for.</summary>
    /// <param name="level">Units before it; zero at the start of a period without carried units.</param>
    /// <param name="peak">The most there had been before it.</param>
    /// <param name="value">What the event adds or takes away.</param>
    /// <exception cref="ArithmeticException">The units need more than 28 digits.</exception>
    public static decimal BilledUnits(decimal level, decimal peak, decimal value) =>
        Math.Max(0, Exact.Add(Exact.Add(level, value), -peak));

    /// <summary>
    /// Units of a period that is still running: those carried in, the most that was billed, and what came since the last billed event.
    /// </summary>
    /// <param name="carried">Units from before the period.</param>
    /// <param name="inPeriod">What the events of the period add up to.</param>
    /// <param name="billedLevel">What they added up to at the last billed event.</param>
    /// <param name="billedPeak">The most they had added up to by then.</param>
    /// <exception cref="ArithmeticException">The units need more than 28 digits.</exception>
    public static decimal UnitsSoFar(decimal carried, decimal inPeriod, decimal billedLevel, decimal billedPeak) =>
        Exact.Add(Exact.Add(carried, inPeriod), Exact.Add(billedPeak, -billedLevel));

    /// <summary>What is billed, with the days each part counts for: from its day to the end.</summary>
    public IReadOnlyList<UnitsForDays> Parts(UsageWindow window)
    {
        var parts = new List<UnitsForDays>();
        if (Opening != 0)
        {
            parts.Add(new(Opening, window.Billed.Days, window.Whole.Days));
        }

        foreach (var (reading, units) in Billed)
        {
            if (units != 0)
            {
                parts.Add(new(units, window.DaysFrom(window.DayOf(reading.At)), window.Whole.Days));
            }
        }

        return parts;
    }
}

/// <summary>An event, and the units it was billed for as it came.</summary>
public readonly record struct BilledReading(Reading Reading, decimal Units);
