using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>The whole periods of a subscription, numbered from the anchor, without end: they touch and never overlap.</summary>
/// <remarks>
/// Every boundary is computed from the anchor, so nothing drifts (blueprint §5): 31 January, 28 February, 31 March. Period 0 contains
/// the anchor.
/// </remarks>
public sealed record BillingGrid
{
    private readonly Cadence _cadence;

    // A boundary from which all others are counted: the month it lies in decides the phase, the day is clamped to shorter months.
    private readonly LocalDate _origin;
    private readonly int _billingDay;

    // How far the origin is from the period with the anchor: 0, or 1 when the origin is the end of that period.
    private readonly int _shift;

    /// <param name="interval">How long a period is.</param>
    /// <param name="timing">On which days periods begin.</param>
    /// <param name="anchor">The subscription's own day: the first start, on the customer's calendar.</param>
    /// <exception cref="RuleBroken">Weekly periods on a fixed day of the month.</exception>
    public BillingGrid(BillingInterval interval, BillingTiming timing, LocalDate anchor)
    {
        ArgumentNullException.ThrowIfNull(timing);
        (Interval, Timing, Anchor, _cadence) = (interval, timing, anchor, Cadence.Of(interval));
        switch (timing)
        {
            case BillingTiming.CalendarTiming:
                _origin = CalendarStart(interval, anchor);
                _billingDay = 1;
                break;
            case BillingTiming.FixedDayTiming when !_cadence.IsMonths:
                throw new RuleBroken("A weekly subscription has no day of the month. Bill it by the calendar or on its anniversary.");
            case BillingTiming.FixedDayTiming fixedDay:
                _billingDay = fixedDay.Day;
                _origin = FirstBillingDay(anchor, fixedDay.Day);
                _shift = _origin == anchor ? 0 : 1;
                break;
            default:
                (_origin, _billingDay) = (anchor, anchor.Day);
                break;
        }
    }

    /// <summary>How long a period is.</summary>
    public BillingInterval Interval { get; }

    /// <summary>On which days periods begin.</summary>
    public BillingTiming Timing { get; }

    /// <summary>The day in period 0 from which all periods are counted.</summary>
    public LocalDate Anchor { get; }

    /// <summary>The months of the same anchor, for usage or fixed charges that are billed monthly under a longer plan.</summary>
    /// <remarks>Every boundary of the longer periods is a boundary of these months.</remarks>
    /// <exception cref="RuleBroken">Weeks do not consist of months.</exception>
    public BillingGrid Monthly => Interval switch
    {
        BillingInterval.Monthly => this,
        BillingInterval.Weekly => throw new RuleBroken("A weekly plan cannot be billed monthly."),
        _ => new(BillingInterval.Monthly, Timing, Anchor),
    };

    /// <summary>The first day of period n.</summary>
    public LocalDate StartOf(int n)
    {
        if (!_cadence.IsMonths)
        {
            return _cadence.From(_origin, n);
        }

        // From the first of the origin's month, so that a clamped origin (28 February for the 31st) does not clamp the others.
        return Clamped(_cadence.From(new LocalDate(_origin.Year, _origin.Month, 1), n - _shift), _billingDay);
    }

    /// <summary>Period n; 0 contains the anchor, negative ones lie before it.</summary>
    public Period Nth(int n) => new(StartOf(n), StartOf(n + 1));

    /// <summary>The number of the period a day is in.</summary>
    public int IndexOf(LocalDate day)
    {
        var n = _cadence.WholeBetween(_origin, day) + _shift;
        while (StartOf(n) > day)
        {
            n--;
        }

        while (StartOf(n + 1) <= day)
        {
            n++;
        }

        return n;
    }

    /// <summary>The period a day is in.</summary>
    public Period Containing(LocalDate day) => Nth(IndexOf(day));

    /// <summary>Whether a period begins on this day.</summary>
    public bool Begins(LocalDate day) => Containing(day).Start == day;

    /// <summary>Whether the day is in the first month of its period: the month whose run bills what is billed once per period.</summary>
    public bool IsFirstMonth(LocalDate day) =>
        Interval == BillingInterval.Weekly || Monthly.Containing(day).Start == Containing(day).Start;

    /// <summary>The period that contains the day, and all after it, without end.</summary>
    public IEnumerable<Period> From(LocalDate day)
    {
        for (var n = IndexOf(day); ; n++)
        {
            yield return Nth(n);
        }
    }

    private static LocalDate CalendarStart(BillingInterval interval, LocalDate day) => interval switch
    {
        BillingInterval.Weekly => day.PlusDays(1 - (int)day.DayOfWeek),
        BillingInterval.Monthly => new LocalDate(day.Year, day.Month, 1),
        BillingInterval.Quarterly => new LocalDate(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
        BillingInterval.SemiAnnual => new LocalDate(day.Year, day.Month <= 6 ? 1 : 7, 1),
        _ => new LocalDate(day.Year, 1, 1),
    };

    // A quarter billed on the 15th for somebody who comes on 3 February begins on 15 February; the days before belong to the period that
    // ends there.
    private static LocalDate FirstBillingDay(LocalDate anchor, int billingDay)
    {
        var month = new LocalDate(anchor.Year, anchor.Month, 1);
        var day = Clamped(month, billingDay);
        return day >= anchor ? day : Clamped(month.PlusMonths(1), billingDay);
    }

    private static LocalDate Clamped(LocalDate month, int billingDay) =>
        month.PlusDays(Math.Min(billingDay, month.Calendar.GetDaysInMonth(month.Year, month.Month)) - 1);
}
