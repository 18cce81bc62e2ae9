using BackOffice.Core.Coupons;
using BackOffice.Core.Customers;

namespace BackOffice.Core.Tests.Coupons;

public sealed class AppliedCouponTests
{
    private static readonly LocalDate Today = Day("2026-11-02");
    private static readonly CouponTerms TwelveOnce = new(new FixedReduction(Money.Of(12, Usd)), CouponFrequency.Once);
    private static readonly CouponTerms FifthThreeTimes = new(new PercentReduction(20), CouponFrequency.Recurring, 3);

    [Fact]
    public void An_amount_taken_once_keeps_its_rest_for_later_invoices()
    {
        var coupon = Given(TwelveOnce);

        coupon.Spend(Money.Of(5, Usd));
        Assert.Equal(Money.Of(7, Usd), coupon.Left);
        Assert.Equal(Money.Of(7, Usd), coupon.Progress.AmountOf(coupon.Terms, Money.Of(300, Usd)));
        coupon.Spend(Money.Of(7, Usd));

        Assert.Equal(AppliedCouponStatus.UsedUp, coupon.Status);
        Assert.Throws<RuleBroken>(() => coupon.Spend(Money.OfMinor(1, Usd)));
    }

    [Fact]
    public void A_recurring_coupon_counts_invoices_down_and_a_voided_one_up_again()
    {
        var coupon = Given(FifthThreeTimes);
        for (var invoice = 0; invoice < 3; invoice++)
        {
            Assert.Equal(AppliedCouponStatus.Active, coupon.Status);
            coupon.Spend(Money.Of(1, Usd));
        }

        Assert.Equal((AppliedCouponStatus.UsedUp, 0), (coupon.Status, coupon.Progress.InvoicesLeft));
        coupon.GiveBack(Money.Of(1, Usd));
        Assert.Equal((AppliedCouponStatus.Active, 1), (coupon.Status, coupon.Progress.InvoicesLeft));
    }

    [Fact]
    public void Voiding_gives_back_the_very_amount_and_reopens_what_was_used_up()
    {
        var coupon = Given(TwelveOnce);
        coupon.Spend(Money.Of(12, Usd));
        coupon.GiveBack(Money.Of(12, Usd));
        Assert.Equal((AppliedCouponStatus.Active, Money.Of(12, Usd)), (coupon.Status, coupon.Left));

        var once = Given(new(new PercentReduction(20), CouponFrequency.Once));
        once.Spend(Money.Of(3, Usd));
        Assert.Equal(AppliedCouponStatus.UsedUp, once.Status);
        once.GiveBack(Money.Of(3, Usd));
        Assert.Equal((AppliedCouponStatus.Active, false), (once.Status, once.Progress.UsedOnce));
    }

    [Fact]
    public void What_was_ended_by_hand_stays_ended()
    {
        var coupon = Given(new(new PercentReduction(20), CouponFrequency.Forever));
        coupon.Spend(Money.Of(3, Usd));
        coupon.End();
        coupon.GiveBack(Money.Of(3, Usd));

        Assert.Equal(AppliedCouponStatus.Ended, coupon.Status);
        Assert.Throws<RuleBroken>(coupon.End);
    }

    [Fact]
    public void The_last_day_is_still_good()
    {
        var coupon = AppliedCoupon.Give(Coupon.Create("SPRING", "Spring", TwelveOnce, Today), CustomerId.New(), Now, Today);

        Assert.True(coupon.IsGoodOn(Today));
        Assert.False(coupon.IsGoodOn(Today.PlusDays(1)));
    }

    [Fact]
    public void Is_not_given_when_expired_or_withdrawn_or_had_already()
    {
        var expired = Coupon.Create("OLD", "Old", TwelveOnce, Today.PlusDays(-1));
        var withdrawn = Coupon.Create("GONE", "Gone", TwelveOnce);
        withdrawn.Withdraw(Now);
        var single = Coupon.Create("SINGLE", "Single", TwelveOnce, isReusable: false);

        Assert.Throws<RuleBroken>(() => AppliedCoupon.Give(expired, CustomerId.New(), Now, Today));
        Assert.Throws<RuleBroken>(() => AppliedCoupon.Give(withdrawn, CustomerId.New(), Now, Today));
        Assert.Throws<RuleBroken>(() => AppliedCoupon.Give(single, CustomerId.New(), Now, Today, hasItAlready: true));
        Assert.Throws<RuleBroken>(() => withdrawn.Withdraw(Now));
    }

    [Fact]
    public void A_later_change_of_the_catalogue_alters_no_agreement()
    {
        var coupon = Coupon.Create("SPRING", "Spring", TwelveOnce);
        var given = AppliedCoupon.Give(coupon, CustomerId.New(), Now, Today);
        coupon.Edit("Summer", FifthThreeTimes, null, isReusable: false);

        Assert.Equal((TwelveOnce, "Spring"), (given.Terms, given.Name));
    }

    [Theory]
    //          reduction frequency invoices words                                    why
    [InlineData("12",     "Once",      null, "12.00 USD on everything, until it is used up", "an amount lasts until it is used up")]
    [InlineData("20%",    "Once",      null, "20 % on everything, on one invoice",           "a percentage is for one invoice")]
    [InlineData("20%",    "Recurring", 3,    "20 % on everything, on the next 3 invoices",   "counted")]
    [InlineData("0.5%",   "Forever",   null, "0.5 % on everything, on every invoice",        "without end")]
    public void Says_what_is_agreed(string reduction, string frequency, int? invoices, string words, string why)
    {
        CouponReduction agreed = reduction.EndsWith('%')
            ? new PercentReduction(D(reduction.TrimEnd('%'))) : new FixedReduction(Money.Of(D(reduction), Usd));

        Assert.True(words == new CouponTerms(agreed, Enum.Parse<CouponFrequency>(frequency), invoices).InWords(), why);
    }

    [Fact]
    public void Refuses_terms_that_mean_nothing()
    {
        Assert.Throws<RuleBroken>(() => new PercentReduction(0));
        Assert.Throws<RuleBroken>(() => new PercentReduction(100.1m));
        Assert.Throws<RuleBroken>(() => new PercentReduction(0.000001m));
        Assert.Throws<RuleBroken>(() => new FixedReduction(Money.Zero(Usd)));
        Assert.Throws<RuleBroken>(() => new CouponTerms(new PercentReduction(1), CouponFrequency.Recurring));
        Assert.Throws<RuleBroken>(() => new CouponTerms(new PercentReduction(1), CouponFrequency.Forever, 2));
        Assert.Throws<RuleBroken>(() => CouponScope.Plans());
        Assert.Throws<RuleBroken>(() => CouponScope.Metrics("no code"));
    }

    private static AppliedCoupon Given(CouponTerms terms) =>
        AppliedCoupon.Give(Coupon.Create("C", "Coupon", terms), CustomerId.New(), Now, Today);
}
