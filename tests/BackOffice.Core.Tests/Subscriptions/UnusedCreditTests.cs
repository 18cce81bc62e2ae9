using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Subscriptions;

public sealed class UnusedCreditTests
{
    private static AdvanceFee October(long fee = 3_100, long coupon = 0, decimal taxRate = 20, Trial? trial = null) => new(
        Money.OfMinor(fee, Usd), Money.OfMinor(fee, Usd), WholeMonth(2022, 10), Money.OfMinor(coupon, Usd), taxRate, trial);

    private static UnusedCredit? Of(AdvanceFee fee, string lastDay, long alreadyCredited = 0) =>
        UnusedCredit.Of(fee, Day(lastDay), Money.OfMinor(alreadyCredited, Usd));

    [Fact]
    public void Half_a_month_at_9_99_gives_back_5_00_and_not_4_99()
    {
        // Lago's pror-107: binary floating point makes 4.9949999 of 15/30 × 9.99; exactly it is 4.995, half away from zero.
        var grid = new BillingGrid(BillingInterval.Monthly, BillingTiming.Anniversary, Day("2023-01-30"));
        var whole = grid.Containing(Day("2023-03-14"));
        var price = Money.OfMinor(999, Usd);

        var credit = UnusedCredit.Of(new(price, price, new(whole, whole), Money.Zero(Usd), 0), Day("2023-03-14"), Money.Zero(Usd));

        Assert.Equal((15, 30, D("4.995"), 500L), (credit!.Unused.Days, credit.Unused.OfDays, credit.Item, credit.Total.MinorUnits));
    }

    [Fact]
    public void On_an_upgrade_the_day_itself_is_given_back()
    {
        // Lago's pror-053, whose subscription began on 5 March 2024.
        var whole = new BillingGrid(BillingInterval.Monthly, BillingTiming.Anniversary, Day("2024-03-05")).Nth(0);
        var price = Money.OfMinor(1_000, Usd);

        var credit = UnusedCredit.Of(new(price, price, new(whole, whole), Money.Zero(Usd), 25), Day("2024-03-11"), Money.Zero(Usd));

        Assert.Equal((24, 774L, 194L, 968L), (credit!.Unused.Days, credit.Net.MinorUnits, credit.Tax.MinorUnits, credit.Total.MinorUnits));
    }

    [Theory]
    //          coupon  credited  last day      net    tax  why
    [InlineData(0,      0,        "2022-10-15", 1_600, 320, "16 of 31 days")]
    [InlineData(1_000,  0,        "2022-10-15", 1_084, 217, "16/31 of the coupon go with them")]
    [InlineData(0,      200,      "2022-10-15", 1_400, 280, "what was credited before is not credited again")]
    [InlineData(0,      1_599,    "2022-10-15", 1,     0,   "one cent is left")]
    [InlineData(0,      0,        "2022-10-30", 100,   20,  "the last day")]
    [InlineData(0,      0,        "2022-09-30", 3_100, 620, "nothing was used")]
    public void Gives_back_the_days_after_the_last(long coupon, long credited, string lastDay, long net, long tax, string why)
    {
        var credit = Of(October(coupon: coupon), lastDay, credited)!;

        Assert.True((net, tax, net + tax) == (credit.Net.MinorUnits, credit.Tax.MinorUnits, credit.Total.MinorUnits), why);
    }

    [Theory]
    //          coupon  credited  last day      trial  why
    [InlineData(0,      0,        "2022-10-31", 0,     "every day was used")]
    [InlineData(3_100,  0,        "2022-10-15", 0,     "a coupon paid for all of it")]
    [InlineData(0,      1_600,    "2022-10-15", 0,     "it has been given back already")]
    [InlineData(0,      3_100,    "2022-10-15", 0,     "more than that has been given back")]
    [InlineData(0,      0,        "2022-10-15", 31,    "the whole month was free")]
    public void Gives_nothing_back_when_nothing_is_left(long coupon, long credited, string lastDay, int trial, string why) =>
        Assert.True(Of(October(coupon: coupon, trial: new Trial(Day("2022-10-01"), trial)), lastDay, credited) is null, why);

    [Theory]
    //          paid   of     refund  why
    [InlineData(7_440, 7_440, 1_920,  "all was paid: all of it goes back")]
    [InlineData(5_580, 7_440, 990,    "27.90 were paid for this fee, 18.00 were used")]
    [InlineData(930,   7_440, 0,      "less was paid than used")]
    [InlineData(0,     7_440, 0,      "nothing was paid")]
    [InlineData(0,     0,     0,      "nothing was asked for")]
    public void Refunds_what_was_paid_and_not_used(long paid, long total, long refund, string why) =>
        Assert.True(refund == Of(October(), "2022-10-15")!.Refund(Money.OfMinor(paid, Usd), Money.OfMinor(total, Usd)).MinorUnits, why);

    [Fact]
    public void Never_gives_back_more_than_the_fee() =>
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[-3, 35], Gen.Int[0, 40]).Sample(
            (fee, couponShare, creditedShare, day, trial) =>
            {
                var (coupon, credited) = (fee * couponShare / 100, fee * creditedShare / 100);
                var month = October(fee, coupon, 19, trial == 0 ? null : new Trial(Day("2022-10-01"), trial));
                var credit = UnusedCredit.Of(month, Day("2022-10-01").PlusDays(day), Money.OfMinor(credited, Usd));
                if (credit is null)
                {
                    return true;
                }

                var refund = credit.Refund(month.Total, month.Total);
                return credit.Net.MinorUnits <= fee - coupon && credit.Item * 100 <= fee - credited
                    && credit.Total.MinorUnits <= month.Total.MinorUnits
                    && refund.MinorUnits >= 0 && refund.MinorUnits <= credit.Total.MinorUnits;
            });
}
