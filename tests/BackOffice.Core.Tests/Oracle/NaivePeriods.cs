using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Billing periods by looking at one day after the other: does a period begin on it?</summary>
internal sealed record NaivePeriods(BillingInterval Interval, BillingTiming Timing, LocalDate Anchor)
{
    /// <summary>The periods from the one a day is in to the one another day is in.</summary>
    public IEnumerable<Period> Between(LocalDate first, LocalDate last)
    {
        var start = first;
        while (!Begins(start))
        {
            start = start.PlusDays(-1);
        }

        while (start <= last)
        {
            var end = start.PlusDays(1);
            while (!Begins(end))
            {
                end = end.PlusDays(1);
            }

            yield return new Period(start, end);
            start = end;
        }
    }

    private bool Begins(LocalDate day)
    {
        if (Interval == BillingInterval.Weekly)
        {
            return day.DayOfWeek == (Timing == BillingTiming.Calendar ? IsoDayOfWeek.Monday : Anchor.DayOfWeek);
        }

        var (wanted, from) = Timing switch
        {
            BillingTiming.CalendarTiming => (1, new LocalDate(Anchor.Year, 1, 1)),
            BillingTiming.FixedDayTiming fix => (fix.Day, FirstOn(fix.Day)),
            _ => (Anchor.Day, Anchor),
        };
        var months = ((day.Year - from.Year) * 12) + day.Month - from.Month;
        return IsDay(day, wanted) && months % Months == 0;
    }

    private int Months => Interval switch
    {
        BillingInterval.Monthly => 1,
        BillingInterval.Quarterly => 3,
        BillingInterval.SemiAnnual => 6,
        _ => 12,
    };

    // A month without the day has its last day instead.
    private static bool IsDay(LocalDate day, int wanted) => day.Day == wanted || (day.Day < wanted && day.PlusDays(1).Month != day.Month);

    private LocalDate FirstOn(int wanted)
    {
        var day = Anchor;
        while (!IsDay(day, wanted))
        {
            day = day.PlusDays(1);
        }

        return day;
    }
}
