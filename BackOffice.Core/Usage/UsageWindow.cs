using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Usage;

/// <summary>When usage is measured: the moments that count, and the days they are on somebody's calendar.</summary>
public sealed record UsageWindow
{
    private UsageWindow(Interval when, Period billed, Period whole, DateTimeZone zone) =>
        (When, Billed, Whole, Zone) = (when, billed, whole, zone);

    /// <summary>An event counts from the start and no longer at the end.</summary>
    public Interval When { get; }

    /// <summary>The days that are billed.</summary>
    public Period Billed { get; }

    /// <summary>The period they are part of; longer when the subscription starts or ends inside.</summary>
    public Period Whole { get; }

    /// <summary>The customer's zone, which decides on which day a moment is.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>How long the whole period really lasts: 23 or 25 hours on the days when clocks change.</summary>
    public Duration WholeDuration => Whole.In(Zone).Duration;

    /// <summary>Whole days, from their first to their last moment.</summary>
    public static UsageWindow Of(Period billed, Period whole, DateTimeZone zone) => new(billed.In(zone), billed, whole, zone);

    /// <summary>Moments inside a period: a plan that changes at noon is measured until noon.</summary>
    /// <param name="whole">The period the moments are part of; the days they touch when it is missing.</param>
    /// <exception cref="ArgumentException">There is no moment in between.</exception>
    public static UsageWindow Of(Interval when, DateTimeZone zone, Period? whole = null)
    {
        if (when.Duration <= Duration.Zero)
        {
            throw new ArgumentException("Usage is measured over some time; there is none between these moments.", nameof(when));
        }

        var last = (when.End - Duration.Epsilon).InZone(zone).Date;
        var billed = new Period(when.Start.InZone(zone).Date, last.PlusDays(1));
        return new(when, billed, whole ?? billed, zone);
    }

    /// <summary>Moments inside a period, and the days billed for them: a day of change is billed by the plan that follows.</summary>
    /// <exception cref="ArgumentException">There is no moment in between.</exception>
    public static UsageWindow Of(Interval when, Period billed, Period whole, DateTimeZone zone) => when.Duration > Duration.Zero
        ? new(when, billed, whole, zone)
        : throw new ArgumentException("Usage is measured over some time; there is none between these moments.", nameof(when));

    /// <summary>The days from a moment to the end, its own day included; all of them for a moment before, none for one after.</summary>
    public int DaysFrom(LocalDate day) =>
        day >= Billed.End ? 0 : NodaTime.Period.DaysBetween(day < Billed.Start ? Billed.Start : day, Billed.End);

    /// <summary>Whether a moment does not matter: it is after the window, or before it and nothing is carried in.</summary>
    public bool Excludes(Instant at, bool carriesIn) => at >= When.End || (at < When.Start && !carriesIn);

    /// <summary>The day a moment is on, in the customer's zone.</summary>
    public LocalDate DayOf(Instant at) => at.InZone(Zone).Date;
}
