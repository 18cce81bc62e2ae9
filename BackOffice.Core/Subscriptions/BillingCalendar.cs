using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>Which periods a subscription has: those of its grid, cut to the days between its start and its end.</summary>
public static class BillingCalendar
{
    /// <summary>All periods of a subscription, oldest first; without end while the subscription has none.</summary>
    /// <param name="startsOn">The first day that is billed.</param>
    /// <param name="endsOn">The last day that is billed; null while it goes on.</param>
    public static IEnumerable<BillingPeriod> Periods(BillingGrid grid, LocalDate startsOn, LocalDate? endsOn)
    {
        for (var n = grid.IndexOf(startsOn); Cut(grid.Nth(n), startsOn, endsOn) is { } period; n++)
        {
            yield return period;
        }
    }

    /// <summary>The periods that have ended by the end of <paramref name="through"/>, oldest first, billed or not.</summary>
    /// <remarks>All of them, not only the last: a server that slept through a month bills it when it wakes.</remarks>
    public static IEnumerable<BillingPeriod> EndedThrough(BillingGrid grid, LocalDate startsOn, LocalDate? endsOn, LocalDate through) =>
        Periods(grid, startsOn, endsOn).TakeWhile(period => period.Billed.LastDay <= through);

    /// <summary>The periods that have begun by <paramref name="through"/>: what is paid in advance is due for them.</summary>
    public static IEnumerable<BillingPeriod> BegunThrough(BillingGrid grid, LocalDate startsOn, LocalDate? endsOn, LocalDate through) =>
        Periods(grid, startsOn, endsOn).TakeWhile(period => period.Billed.Start <= through);

    /// <summary>The same for calendar months in arrears.</summary>
    public static IEnumerable<BillingPeriod> EndedThrough(LocalDate startsOn, LocalDate? endsOn, LocalDate through) =>
        EndedThrough(new BillingGrid(BillingInterval.Monthly, BillingTiming.Calendar, startsOn), startsOn, endsOn, through);

    /// <summary>The days of a whole period that a subscription has; null when it has none of them.</summary>
    public static BillingPeriod? Cut(Period whole, LocalDate startsOn, LocalDate? endsOn)
    {
        var start = LocalDate.Max(whole.Start, startsOn);
        var end = endsOn < whole.LastDay ? endsOn.Value.PlusDays(1) : whole.End;
        return start < end ? new(new(start, end), whole) : null;
    }

    /// <summary>How many civil days two moments and all between them touch; an end at midnight touches the day that begins.</summary>
    /// <remarks>Counted on the calendar, so that days of 23 or 25 hours are days like any other (guide §7).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The last moment is before the first.</exception>
    public static int DaysTouched(Instant first, Instant last, DateTimeZone zone)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        return NodaTime.Period.DaysBetween(first.InZone(zone).Date, last.InZone(zone).Date) + 1;
    }
}
