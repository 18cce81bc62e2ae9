using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Subscriptions;

public sealed class BillingGridTests
{
    private static readonly Gen<BillingTiming> AnyTiming = Gen.Int[0, 32].Select(n => n switch
    {
        0 => BillingTiming.Calendar,
        32 => BillingTiming.Anniversary,
        _ => BillingTiming.OnDay(n),
    });

    private static readonly Gen<LocalDate> AnyDay = Gen.Int[0, 20_000].Select(n => new LocalDate(2000, 1, 1).PlusDays(n));

    /// <summary>Any grid that there is; weeks have no fixed day of the month.</summary>
    internal static readonly Gen<BillingGrid> AnyGrid =
        Gen.Select(Gen.Enum<BillingInterval>(), AnyTiming, AnyDay).Select((interval, timing, anchor) => new BillingGrid(
            interval,
            interval == BillingInterval.Weekly && timing is BillingTiming.FixedDayTiming ? BillingTiming.Calendar : timing,
            anchor));

    internal static BillingTiming Timing(string text) => text switch
    {
        "calendar" => BillingTiming.Calendar,
        "anniversary" => BillingTiming.Anniversary,
        _ => BillingTiming.OnDay(int.Parse(text["on day ".Length..], System.Globalization.CultureInfo.InvariantCulture)),
    };

    [Theory]
    //          interval      timing         anchor        first days                          why
    [InlineData("Weekly",     "calendar",    "2026-11-05", "2026-11-02 2026-11-09 2026-11-16", "weeks begin on Monday")]
    [InlineData("Weekly",     "calendar",    "2026-11-02", "2026-11-02 2026-11-09 2026-11-16", "a Monday is its own")]
    [InlineData("Weekly",     "calendar",    "2026-11-08", "2026-11-02 2026-11-09 2026-11-16", "a Sunday is the last day")]
    [InlineData("Weekly",     "anniversary", "2026-11-05", "2026-11-05 2026-11-12 2026-11-19", "the same weekday")]
    [InlineData("Monthly",    "calendar",    "2026-01-31", "2026-01-01 2026-02-01 2026-03-01", "months begin on the 1st")]
    [InlineData("Monthly",    "anniversary", "2026-01-31", "2026-01-31 2026-02-28 2026-03-31 2026-04-30", "clamps and comes back")]
    [InlineData("Monthly",    "anniversary", "2027-12-30", "2027-12-30 2028-01-30 2028-02-29 2028-03-30", "a leap year has a 29th")]
    [InlineData("Monthly",    "on day 31",   "2026-02-10", "2026-01-31 2026-02-28 2026-03-31", "a fixed day clamps and comes back")]
    [InlineData("Monthly",    "on day 31",   "2026-02-28", "2026-02-28 2026-03-31 2026-04-30", "the 28th stands for the 31st")]
    [InlineData("Monthly",    "on day 15",   "2026-02-15", "2026-02-15 2026-03-15", "on the day itself")]
    [InlineData("Monthly",    "on day 15",   "2026-02-16", "2026-02-15 2026-03-15", "a day late")]
    [InlineData("Monthly",    "on day 1",    "2026-02-16", "2026-02-01 2026-03-01", "as the calendar does")]
    [InlineData("Quarterly",  "calendar",    "2026-05-20", "2026-04-01 2026-07-01 2026-10-01 2027-01-01", "quarters of the calendar")]
    [InlineData("Quarterly",  "anniversary", "2025-11-30", "2025-11-30 2026-02-28 2026-05-30", "clamps and comes back")]
    [InlineData("Quarterly",  "on day 15",   "2026-02-03", "2025-11-15 2026-02-15 2026-05-15", "the next 15th begins a quarter")]
    [InlineData("SemiAnnual", "calendar",    "2026-05-20", "2026-01-01 2026-07-01 2027-01-01", "half-years of the calendar")]
    [InlineData("SemiAnnual", "calendar",    "2026-07-01", "2026-07-01 2027-01-01", "July is the second half")]
    [InlineData("SemiAnnual", "anniversary", "2026-08-31", "2026-08-31 2027-02-28 2027-08-31", "clamps and comes back")]
    [InlineData("Yearly",     "calendar",    "2026-05-20", "2026-01-01 2027-01-01", "years of the calendar")]
    [InlineData("Yearly",     "anniversary", "2024-02-29", "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29", "29 February")]
    [InlineData("Yearly",     "on day 1",    "2026-05-20", "2025-06-01 2026-06-01 2027-06-01", "the next 1st begins a year")]
    public void Periods_begin_where_people_expect_them(string interval, string timing, string anchor, string firstDays, string why)
    {
        var grid = new BillingGrid(Enum.Parse<BillingInterval>(interval), Timing(timing), Day(anchor));
        var days = firstDays.Split(' ');

        Assert.True(firstDays == string.Join(' ', Enumerable.Range(0, days.Length).Select(n => $"{grid.Nth(n).Start:uuuu-MM-dd}")), why);
        Assert.True(firstDays == string.Join(' ', grid.From(Day(anchor)).Take(days.Length).Select(p => $"{p.Start:uuuu-MM-dd}")), why);
    }

    [Fact]
    public void Period_0_contains_the_anchor() =>
        AnyGrid.Sample(grid => grid.Nth(0).Contains(grid.Anchor) && grid.IndexOf(grid.Anchor) == 0);

    [Fact]
    public void Every_day_is_in_one_period_and_the_grid_finds_it() =>
        Gen.Select(AnyGrid, Gen.Int[-40_000, 40_000]).Sample((grid, days) =>
        {
            var day = grid.Anchor.PlusDays(days);
            var n = grid.IndexOf(day);
            return grid.Nth(n).Contains(day) && grid.Containing(day) == grid.Nth(n)
                && grid.Nth(n).End == grid.Nth(n + 1).Start && grid.Begins(grid.Nth(n).Start);
        });

    [Fact]
    public void Anchors_never_drift() =>
        Gen.Select(AnyGrid, Gen.Int[-300, 300]).Sample((grid, n) =>
        {
            var wanted = grid.Timing switch
            {
                BillingTiming.CalendarTiming => 1,
                BillingTiming.FixedDayTiming timing => timing.Day,
                _ => grid.Anchor.Day,
            };
            var start = grid.StartOf(n);
            return grid.Interval == BillingInterval.Weekly
                ? start.DayOfWeek == (grid.Timing is BillingTiming.CalendarTiming ? IsoDayOfWeek.Monday : grid.Anchor.DayOfWeek)
                : start.Day == Math.Min(wanted, start.Calendar.GetDaysInMonth(start.Year, start.Month));
        });

    [Fact]
    public void Months_fill_the_longer_periods_exactly() =>
        Gen.Select(AnyGrid, Gen.Int[-50, 50]).Sample((grid, n) =>
        {
            if (grid.Interval == BillingInterval.Weekly)
            {
                return true;
            }

            var months = grid.Monthly.From(grid.Nth(n).Start).TakeWhile(month => month.Start < grid.Nth(n).End).ToList();
            return months[0].Start == grid.Nth(n).Start && months[^1].End == grid.Nth(n).End
                && months.Count == grid.Interval switch
                {
                    BillingInterval.Monthly => 1,
                    BillingInterval.Quarterly => 3,
                    BillingInterval.SemiAnnual => 6,
                    _ => 12,
                }
                && grid.IsFirstMonth(months[0].LastDay) && (months.Count == 1 || !grid.IsFirstMonth(months[1].Start));
        });

    [Fact]
    public void Refuses_what_no_calendar_has()
    {
        Assert.Throws<RuleBroken>(() => BillingTiming.OnDay(0));
        Assert.Throws<RuleBroken>(() => BillingTiming.OnDay(32));
        Assert.Throws<RuleBroken>(() => new BillingGrid(BillingInterval.Weekly, BillingTiming.OnDay(3), Day("2026-01-01")));
        Assert.Throws<RuleBroken>(() => new BillingGrid(BillingInterval.Weekly, BillingTiming.Calendar, Day("2026-01-01")).Monthly);
        Assert.Throws<RuleBroken>(() => new BillingGrid((BillingInterval)9, BillingTiming.Calendar, Day("2026-01-01")));
        Assert.Throws<RuleBroken>(() => Cadence.Months(0));
        Assert.Throws<RuleBroken>(() => Cadence.Days(40_000));
    }

    [Fact]
    public void A_timing_says_itself() =>
        Assert.Equal(
            "calendar, anniversary, on day 31",
            string.Join(", ", BillingTiming.Calendar, BillingTiming.Anniversary, BillingTiming.OnDay(31)));
}
