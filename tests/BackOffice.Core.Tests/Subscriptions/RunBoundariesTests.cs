using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using NodaTime.Text;

namespace BackOffice.Core.Tests.Subscriptions;

public sealed class RunBoundariesTests
{
    private static readonly BillingGrid Months = new(BillingInterval.Monthly, BillingTiming.Calendar, Day("2026-01-01"));

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    [Fact]
    public void The_first_day_is_paid_for_as_a_whole_and_its_usage_from_the_exact_moment()
    {
        var life = new SubscribedTime(Zone.Of("Asia/Beirut"), At("2026-03-29T10:30:00Z"), At("2026-04-10T09:00:00Z"));

        var first = RunBoundaries.Of(new(Months, false), life, At("2026-04-01T06:00:00Z"));
        var last = RunBoundaries.Of(new(Months, false), life, At("2026-04-10T09:00:00Z"));

        // Beirut has no midnight on 29 March 2026: the day begins at one o'clock, which is 22:00 UTC.
        Assert.Equal((At("2026-03-28T22:00:00Z"), At("2026-03-31T21:00:00Z")), (first.Fee.From, first.Fee.To));
        Assert.Equal((At("2026-03-29T10:30:00Z"), At("2026-03-31T21:00:00Z")), (first.Usage.From, first.Usage.To));
        Assert.Equal((At("2026-03-31T21:00:00Z"), At("2026-04-10T09:00:00Z")), (last.Usage.From, last.Usage.To));
        Assert.Equal((StretchEnd.Period, StretchEnd.Termination), (first.Usage.EndedBy, last.Usage.EndedBy));
    }

    [Theory]
    //          before           zone                  last end                from                    why
    [InlineData("Europe/Berlin", "America/New_York",   "2026-02-28T23:00:00Z", "2026-02-28T23:00:00Z", "westward: no hole of six hours")]
    [InlineData("Europe/Berlin", "Asia/Tokyo",         "2026-02-28T23:00:00Z", "2026-02-28T23:00:00Z", "eastward: none is billed twice")]
    [InlineData("Etc/GMT+12",    "Pacific/Kiritimati", "2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z", "26 hours: the farthest there is")]
    [InlineData("Europe/Berlin", "Asia/Tokyo",         "2026-02-25T23:00:00Z", "2026-02-28T15:00:00Z", "days: no move does that")]
    [InlineData("Europe/Berlin", "Europe/Berlin",      "2026-02-28T22:00:00Z", "2026-02-28T23:00:00Z", "no move: midnight stands")]
    public void A_customer_who_moves_is_billed_for_every_moment_once(string before, string zone, string lastEnd, string from, string why)
    {
        var life = new SubscribedTime(Zone.Of(zone), At("2025-01-01T00:00:00Z"));

        var run = RunBoundaries.Of(
            new(Months, true), life, At("2026-04-01T12:00:00Z"), previous: new(Zone.Of(before), At(lastEnd), At(lastEnd)));

        Assert.True(At(from) == run.Usage.From && run.FixedCharges.From == run.Usage.From, $"{why}; got {run.Usage.From}");
    }

    [Fact]
    public void A_month_that_bills_only_usage_says_that_fixed_charges_are_not_due()
    {
        var rhythm = new BillingRhythm(new(BillingInterval.Yearly, BillingTiming.Calendar, Day("2026-01-01")), true, UsageMonthly: true);
        var life = new SubscribedTime(Zone.Of("Europe/Berlin"), At("2025-06-01T00:00:00Z"));

        Assert.Equal((true, false), Due(RunBoundaries.Of(rhythm, life, At("2026-03-01T06:00:00Z"))));
        Assert.Equal((true, true), Due(RunBoundaries.Of(rhythm, life, At("2026-01-01T06:00:00Z"))));
        Assert.Equal((true, true), Due(RunBoundaries.Of(rhythm, life, At("2026-03-01T06:00:00Z"), current: true)));

        static (bool Usage, bool FixedCharges) Due(RunBoundaries run) => (run.Usage.IsDue, run.FixedCharges.IsDue);
    }

    [Fact]
    public void A_subscription_cannot_end_before_it_starts() =>
        Assert.Throws<RuleBroken>(() => new SubscribedTime(Zone.Of("UTC"), At("2026-01-02T00:00:00Z"), At("2026-01-01T23:59:59Z")));

    [Fact]
    public void Runs_leave_no_hole_and_no_overlap_in_any_zone_over_ten_years()
    {
        var intervals = Enum.GetValues<BillingInterval>();
        foreach (var (zone, i) in Zone.Names.Select((name, i) => (Zone.Of(name), i)))
        {
            var startedAt = At("2016-01-01T00:00:00Z") + Duration.FromMinutes(i * 701);
            var life = new SubscribedTime(zone, startedAt, startedAt + Duration.FromDays(3_700));
            var timing = i % 3 == 0 ? BillingTiming.Calendar : i % 3 == 1 ? BillingTiming.Anniversary : BillingTiming.OnDay(1 + (i % 31));
            var interval = intervals[1 + (i % 4)];
            var rhythm = new BillingRhythm(new(interval, timing, life.FirstDay), i % 2 == 0, UsageMonthly: i % 5 < 3);
            var runs = rhythm.UsageGrid.From(life.FirstDay).TakeWhile(period => period.Start <= life.LastDay)
                .Select(period => period.End > life.LastDay ? life.TerminatedAt!.Value : period.In(zone).End)
                .Select(at => RunBoundaries.Of(rhythm, life, at).Usage).ToList();

            Assert.Equal((startedAt, life.TerminatedAt), (runs[0].From, runs[^1].To));
            Assert.All(runs, run => Assert.True(run.From <= run.To, zone.Id));
            Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(pair.First.To == pair.Second.From, $"{zone.Id} {pair}"));
        }
    }
}
