using NodaTime;
using NodaTime.TimeZones;

namespace BackOffice.Core.Common;

/// <summary>Whole days from <see cref="Start"/> up to, not including, <see cref="End"/>, on somebody's calendar.</summary>
public sealed record Period
{
    private static readonly ZoneLocalMappingResolver FirstOfDay =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <exception cref="ArgumentException">The period has no day.</exception>
    public Period(LocalDate start, LocalDate end) => (Start, End) = start < end
        ? (start, end)
        : throw new ArgumentException($"A period needs at least one day; {start} to {end} has none.");

    public LocalDate Start { get; }

    /// <summary>The day after the last one.</summary>
    public LocalDate End { get; }

    /// <summary>The last day, as people write a period: 1–30 November.</summary>
    public LocalDate LastDay => End.PlusDays(-1);

    /// <summary>How many days it has, at least 1. Days of 23 or 25 hours count as one.</summary>
    public int Days => NodaTime.Period.DaysBetween(Start, End);

    public bool Contains(LocalDate day) => Start <= day && day < End;

    /// <summary>The moments of these days in a zone. The only place where days become moments.</summary>
    /// <remarks>
    /// The first moment of a day is asked for, because midnight does not exist on every day in every zone.
    /// A day that a zone skipped (Samoa, 30 December 2011) begins and ends with the moment of the skip.
    /// </remarks>
    public Interval In(DateTimeZone zone) => new(FirstMoment(Start, zone), FirstMoment(End, zone));

    private static Instant FirstMoment(LocalDate day, DateTimeZone zone) => zone.ResolveLocal(day.AtMidnight(), FirstOfDay).ToInstant();

    public override string ToString() => $"{Start:uuuu-MM-dd}..{LastDay:uuuu-MM-dd}";
}
