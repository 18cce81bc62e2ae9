using NodaTime.Text;

namespace BackOffice.Core.Tests.Common;

public sealed class PeriodTests
{
    [Fact]
    public void Includes_its_last_day_and_not_its_end()
    {
        var november = Days("2026-11-01", "2026-11-30");

        Assert.Equal(30, november.Days);
        Assert.Equal(Day("2026-12-01"), november.End);
        Assert.Equal(Day("2026-11-30"), november.LastDay);
        Assert.True(november.Contains(Day("2026-11-01")) && november.Contains(Day("2026-11-30")));
        Assert.False(november.Contains(Day("2026-10-31")) || november.Contains(Day("2026-12-01")));
        Assert.Equal("2026-11-01..2026-11-30", november.ToString());
    }

    [Fact]
    public void Needs_at_least_one_day()
    {
        Assert.Equal(1, Days("2026-11-01", "2026-11-01").Days);
        Assert.Throws<ArgumentException>(() => new Period(Day("2026-11-01"), Day("2026-11-01")));
        Assert.Throws<ArgumentException>(() => new Period(Day("2026-11-02"), Day("2026-11-01")));
    }

    [Theory]
    //          zone                 day           starts at (UTC)         hours   why
    [InlineData("Europe/Berlin",     "2026-11-01", "2026-10-31T23:00:00Z", 24,     "an ordinary day of winter")]
    [InlineData("Europe/Berlin",     "2026-03-29", "2026-03-28T23:00:00Z", 23,     "clocks go forward at two")]
    [InlineData("Europe/Berlin",     "2026-10-25", "2026-10-24T22:00:00Z", 25,     "clocks go back at three")]
    [InlineData("Asia/Beirut",       "2026-03-29", "2026-03-28T22:00:00Z", 23,     "no midnight: the day begins at one")]
    [InlineData("Africa/Cairo",      "2026-04-24", "2026-04-23T22:00:00Z", 23,     "no midnight: the day begins at one")]
    [InlineData("America/Santiago",  "2026-09-06", "2026-09-06T04:00:00Z", 23,     "no midnight: the day begins at one")]
    [InlineData("America/Havana",    "2026-03-08", "2026-03-08T05:00:00Z", 23,     "no midnight: the day begins at one")]
    [InlineData("America/Havana",    "2025-11-02", "2025-11-02T04:00:00Z", 25,     "two midnights: the day begins at the first")]
    [InlineData("Asia/Kathmandu",    "2026-11-01", "2026-10-31T18:15:00Z", 24,     "five hours and three quarters ahead")]
    [InlineData("Pacific/Apia",      "2011-12-29", "2011-12-29T10:00:00Z", 24,     "the day before the one that Samoa skipped")]
    [InlineData("Pacific/Apia",      "2011-12-30", "2011-12-30T10:00:00Z", 0,      "Samoa skipped this day: it has no moment")]
    [InlineData("Pacific/Apia",      "2011-12-31", "2011-12-30T10:00:00Z", 24,     "the day after it begins at once")]
    public void A_day_begins_at_its_first_moment_in_the_zone(string zone, string day, string start, int hours, string why)
    {
        var moments = Days(day, day).In(Zone.Of(zone));

        Assert.True(InstantPattern.General.Parse(start).Value == moments.Start, $"{why}; got {moments.Start}");
        Assert.True(Duration.FromHours(hours) == moments.Duration, $"{why}; got {moments.Duration}");
    }

    [Fact]
    public void Months_leave_no_hole_and_no_overlap_in_any_zone()
    {
        var months = Enumerable.Range(0, 120).Select(n => new LocalDate(2020, 1, 1).PlusMonths(n))
            .Select(first => new Period(first, first.PlusMonths(1))).ToList();
        foreach (var zone in Zone.Names.Select(Zone.Of))
        {
            var moments = months.Select(month => month.In(zone)).ToList();
            foreach (var (month, next) in moments.Zip(moments.Skip(1)))
            {
                Assert.True(month.End == next.Start && month.Duration > Duration.FromDays(27), $"{zone.Id} {month} {next}");
            }
        }
    }

    [Fact]
    public void Days_leave_no_hole_and_no_overlap_in_any_zone_since_1970() =>
        Gen.Select(Gen.OneOf(Zone.Names.ToArray()), Gen.Int[0, 24_000]).Sample(
            (name, n) =>
            {
                var day = new LocalDate(1970, 1, 1).PlusDays(n);
                var (today, tomorrow) = (new Period(day, day.PlusDays(1)), new Period(day.PlusDays(1), day.PlusDays(2)));
                return today.In(Zone.Of(name)).End == tomorrow.In(Zone.Of(name)).Start;
            },
            iter: 20_000);

    [Fact]
    public void The_moments_of_a_day_are_those_whose_local_date_it_is() =>
        Gen.Select(Gen.OneOf(Zone.Names.ToArray()), Gen.Long[0, 1_900_000_000L]).Sample(
            (name, seconds) =>
            {
                var moment = Instant.FromUnixTimeSeconds(seconds);
                var day = moment.InZone(Zone.Of(name)).Date;
                return new Period(day.PlusDays(-1), day.PlusDays(2)).In(Zone.Of(name)).Contains(moment);
            },
            iter: 20_000);
}
