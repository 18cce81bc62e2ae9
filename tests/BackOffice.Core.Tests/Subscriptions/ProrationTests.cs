using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Subscriptions;

public sealed class ProrationTests
{
    [Theory]
    //          price    days  of   amount    why
    [InlineData("99.00", 15,   31,  "47.90",  "47.9032…")]
    [InlineData("99.00", 31,   31,  "99.00",  "the whole")]
    [InlineData("99.00", 0,    31,  "0.00",   "nothing")]
    [InlineData("0.01",  15,   30,  "0.01",   "an exact half cent goes up")]
    [InlineData("9.99",  15,   30,  "5.00",   "4.995 is an exact half, which binary floating point misses: 4.9949999")]
    [InlineData("10.05", 1,    6,   "1.68",   "1.675 is an exact half; a quotient that was rounded before might miss it")]
    [InlineData("1.00",  1,    3,   "0.33",   "does not end")]
    [InlineData("1.00",  2,    3,   "0.67",   "does not end")]
    public void Costs_its_days_and_is_rounded_once(string price, int days, int ofDays, string amount, string why) =>
        Assert.True($"{amount} USD" == new Proration(days, ofDays).Of(Money.Of(D(price), Usd)).ToString(), why);

    [Fact]
    public void Shows_the_exact_quotient_and_says_its_days()
    {
        Assert.Equal(D("47.903225806451612903225806452"), new Proration(15, 31).Exactly(99));
        Assert.Equal("15 of 31 days", new Proration(15, 31).ToString());
        Assert.True(new Proration(31, 31).IsWhole);
    }

    [Theory]
    [InlineData(-1, 31)]
    [InlineData(32, 31)]
    [InlineData(0, 0)]
    public void Is_never_more_than_the_whole(int days, int ofDays) => Assert.Throws<RuleBroken>(() => new Proration(days, ofDays));

    [Fact]
    public void Is_within_half_a_cent_of_the_exact_share() =>
        Gen.Select(Gen.Long[-10_000_000, 10_000_000], Gen.Int[1, 366])
            .SelectMany((minor, of) => Gen.Int[0, of].Select(days => (minor, of, days)))
            .Sample((minor, of, days) =>
            {
                var rounded = new Proration(days, of).Of(Money.OfMinor(minor, Usd)).MinorUnits;
                var twice = 2 * ((rounded * of) - (minor * days));

                // On an exact tie the amount is away from zero, never towards it.
                return Math.Abs(twice) < of || (Math.Abs(twice) == of && Math.Sign(twice) == Math.Sign(minor));
            });

    [Fact]
    public void Parts_of_a_period_add_up_to_its_price() =>
        Gen.Select(Gen.Long[-1_000_000, 1_000_000], Gen.Int[1, 200].List[1, 12]).Sample((minor, days) =>
            Proration.Split(Money.OfMinor(minor, Usd), days).Sum(Usd).MinorUnits == minor);

    [Fact]
    public void An_upgrade_splits_a_period_into_days_that_add_up() =>
        Gen.Select(BillingGridTests.AnyGrid, Gen.Int[-400, 400], Gen.Int[0, 365]).Sample((grid, n, late) =>
        {
            var whole = grid.Nth(n);
            var changedOn = whole.Start.PlusDays(Math.Min(late, whole.Days - 1));
            var old = BillingCalendar.Cut(whole, whole.Start, changedOn.PlusDays(-1))?.FeeShare().Days ?? 0;
            var renewed = BillingCalendar.Cut(whole, changedOn, null)!.FeeShare().Days;
            return old + renewed == whole.Days && renewed >= 1;
        });

    [Theory]
    //          first start   days  paid days of January 2026   why
    [InlineData("2026-01-01", 0,    31,                         "no trial")]
    [InlineData("2026-01-01", 15,   16,                         "the day the trial ends on is paid")]
    [InlineData("2026-01-01", 30,   1,                          "one day is left")]
    [InlineData("2026-01-01", 31,   0,                          "all days are free")]
    [InlineData("2025-12-20", 15,   28,                         "it began in the month before")]
    [InlineData("2025-01-01", 15,   31,                         "it was over long ago")]
    public void A_trial_frees_the_base_fee_for_its_days(string firstStart, int days, int paid, string why) =>
        Assert.True(new Proration(paid, 31) == WholeMonth(2026, 1).FeeShare(new Trial(Day(firstStart), days)), why);

    [Fact]
    public void A_trial_has_bounds()
    {
        Assert.Throws<RuleBroken>(() => new Trial(Day("2026-01-01"), -1));
        Assert.Throws<RuleBroken>(() => new Trial(Day("2026-01-01"), 3_661));
        Assert.Equal(Day("2036-01-09"), new Trial(Day("2026-01-01"), 3_660).FirstPaidDay);
    }

    [Theory]
    //          first                   last                    zone             days  why
    [InlineData("2026-03-28T23:00:00Z", "2026-03-30T21:59:59Z", "Europe/Berlin", 2,    "29 and 30 March, one of them of 23 hours")]
    [InlineData("2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z", "UTC",           1,    "one moment touches its day")]
    [InlineData("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "UTC",           2,    "midnight touches the day that begins")]
    public void Counts_the_days_that_two_moments_touch(string first, string last, string zone, int days, string why) =>
        Assert.True(days == BillingCalendar.DaysTouched(At(first), At(last), Zone.Of(zone)), why);

    [Fact]
    public void Counts_no_days_backwards() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BillingCalendar.DaysTouched(Now, Now - Duration.Epsilon, Zone.Of("UTC")));

    [Fact]
    public void After_an_upgrade_the_new_plan_keeps_the_old_anchor()
    {
        // Three figures of Lago's (pror-052, 053, 054) come from a subscription that began on 5 March 2024, which they do not say.
        var april = new BillingGrid(BillingInterval.Monthly, BillingTiming.Anniversary, Day("2024-03-05")).Containing(Day("2024-03-12"));
        var renewed = BillingCalendar.Cut(april, Day("2024-03-12"), null)!.FeeShare();

        Assert.Equal(new Proration(24, 31), renewed);
        Assert.Equal("11.61 USD", renewed.Of(Money.OfMinor(1_500, Usd)).ToString());
        Assert.Equal("14.71 USD", renewed.Of(Money.OfMinor(1_900, Usd)).ToString());
    }

    private static Instant At(string text) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).Value;
}
