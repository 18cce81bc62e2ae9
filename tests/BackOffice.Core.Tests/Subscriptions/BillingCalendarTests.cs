using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Subscriptions;

public sealed class BillingCalendarTests
{
    [Theory]
    //          starts        ends          through       periods                       why
    [InlineData("2026-10-01", "",           "2026-10-31", "10-01..10-31",               "a month is due on the evening of its last day")]
    [InlineData("2026-10-01", "",           "2026-10-30", "",                           "and not before")]
    [InlineData("2026-10-17", "",           "2026-11-30", "10-17..10-31 11-01..11-30",  "the rest of the first month, then whole ones")]
    [InlineData("2026-10-31", "",           "2026-10-31", "10-31..10-31",               "one day of a month")]
    [InlineData("2026-10-01", "2026-11-10", "2026-12-31", "10-01..10-31 11-01..11-10",  "the last day is billed, nothing after it")]
    [InlineData("2026-10-01", "2026-11-10", "2026-11-10", "10-01..10-31 11-01..11-10",  "due when it ends, not when the month does")]
    [InlineData("2026-10-01", "2026-11-10", "2026-11-09", "10-01..10-31",               "and not before")]
    [InlineData("2026-10-01", "2026-10-31", "2026-12-31", "10-01..10-31",               "an end on the last day leaves nothing over")]
    [InlineData("2026-10-05", "2026-10-05", "2026-12-31", "10-05..10-05",               "started and ended on one day: one day")]
    [InlineData("2026-10-05", "",           "2026-10-04", "",                           "not started yet")]
    [InlineData("2028-01-31", "",           "2028-02-29", "01-31..01-31 02-01..02-29",  "a leap year")]
    [InlineData("2027-02-28", "",           "2027-02-28", "02-28..02-28",               "no leap year")]
    public void Knows_the_periods_that_have_ended(string starts, string ends, string through, string periods, string why)
    {
        var due = BillingCalendar.EndedThrough(Day(starts), ends.Length == 0 ? null : Day(ends), Day(through));

        Assert.True(periods == string.Join(' ', due.Select(period => $"{period.Billed.Start:MM-dd}..{period.Billed.LastDay:MM-dd}")), why);
    }

    [Fact]
    public void A_server_that_slept_finds_every_month_it_missed()
    {
        var due = BillingCalendar.EndedThrough(Day("2025-11-15"), null, Day("2026-11-22")).ToList();

        Assert.Equal(12, due.Count);
        Assert.Equal("2025-11-15..2025-11-30", due[0].Billed.ToString());
        Assert.Equal("2026-10-01..2026-10-31", due[^1].Billed.ToString());
        Assert.Equal([false, .. Enumerable.Repeat(true, 11)], due.Select(period => period.IsWhole));
    }

    [Theory]
    [InlineData("2026-02-10", "", 19, 28)]
    [InlineData("2028-02-10", "", 20, 29)]
    [InlineData("2026-04-01", "2026-04-15", 15, 30)]
    [InlineData("2026-03-17", "2026-03-20", 4, 31)]
    public void A_part_of_a_month_knows_the_whole_month(string starts, string ends, int billed, int whole)
    {
        var period = BillingCalendar.EndedThrough(Day(starts), ends.Length == 0 ? null : Day(ends), Day("2030-01-01")).First();

        Assert.Equal((billed, whole, false), (period.Billed.Days, period.Whole.Days, period.IsWhole));
    }

    [Fact]
    public void Every_day_from_start_to_end_is_billed_exactly_once() =>
        Gen.Select(Gen.Int[0, 4_000], Gen.Int[0, 1_500], Gen.Int[-50, 2_000]).Sample((start, length, through) =>
        {
            var first = new LocalDate(2020, 1, 1).PlusDays(start);
            var last = first.PlusDays(length);
            var periods = BillingCalendar.EndedThrough(first, last, first.PlusDays(through)).Select(period => period.Billed).ToList();
            return periods.Zip(periods.Skip(1)).All(pair => pair.First.End == pair.Second.Start)
                && (periods.Count == 0 || periods[0].Start == first)
                && periods.All(period => period.LastDay <= last && period.LastDay <= first.PlusDays(through))
                && (through < length || periods.Sum(period => period.Days) == length + 1);
        });

    [Fact]
    public void A_later_look_finds_the_same_periods_and_then_more() =>
        Gen.Select(Gen.Int[0, 4_000], Gen.Int[0, 800], Gen.Int[0, 400]).Sample((start, through, later) =>
        {
            var first = new LocalDate(2020, 1, 1).PlusDays(start);
            var early = BillingCalendar.EndedThrough(first, null, first.PlusDays(through)).ToList();
            return BillingCalendar.EndedThrough(first, null, first.PlusDays(through + later)).Take(early.Count).SequenceEqual(early);
        });

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Beirut")]
    [InlineData("Africa/Cairo")]
    [InlineData("America/Santiago")]
    [InlineData("America/Havana")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Pacific/Apia")]
    public void Summer_time_leaves_no_moment_out_and_bills_none_twice(string zone)
    {
        var moments = BillingCalendar.EndedThrough(Day("2010-03-28"), Day("2026-11-22"), Day("2026-12-31"))
            .Select(period => period.Billed.In(Zone.Of(zone))).ToList();

        Assert.Equal(201, moments.Count);
        Assert.All(moments.Zip(moments.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
    }
}
