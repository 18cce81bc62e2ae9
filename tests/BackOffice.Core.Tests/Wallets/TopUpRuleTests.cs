using BackOffice.Core.Catalog;
using BackOffice.Core.Wallets;

namespace BackOffice.Core.Tests.Wallets;

public sealed class TopUpRuleTests
{
    private static readonly CreditRate Rate = new(D("0.5"), Usd);
    private static readonly TopUpLimits Limits = new(Money.Of(25, Usd), Money.Of(100, Usd));

    [Theory]
    //          ongoing  pending paid   why
    [InlineData("11",    "0",    "0",   "above the threshold nothing is due")]
    [InlineData("10",    "0",    "60",  "on the threshold one top-up is due")]
    [InlineData("-49",   "0",    "60",  "a gap of 59 needs one of 60")]
    [InlineData("-50",   "0",    "120", "a gap of 60 needs two: landing on the threshold is not enough")]
    [InlineData("-50",   "60",   "60",  "a purchase that waits for payment counts")]
    [InlineData("-500",  "0",    "200", "no more than may be bought at once: 100.00 are 200 credits")]
    public void A_fixed_purchase_is_repeated_until_the_balance_is_above_the_threshold(string ongoing, string pending, string paid,
        string why) =>
        Assert.True(new TopUpRule(new BelowThreshold(10), new FixedTopUp(60, 0)).Due(D(ongoing), D(pending), Limits, Rate).Paid == D(paid),
            why);

    [Theory]
    //          ongoing granted ignores paid   free  why
    [InlineData("100",  true,   false,  "0",   "1", "a gift fills up exactly, limits are for purchases")]
    [InlineData("100",  false,  false,  "50",  "0", "25.00 at least: 50 credits")]
    [InlineData("100",  false,  true,   "1",   "0", "unless limits are ignored")]
    [InlineData("-400", false,  false,  "501", "0", "reaching the target matters more than the most that may be bought")]
    [InlineData("101",  false,  false,  "0",   "0", "the target is reached")]
    public void A_target_is_filled_up(string ongoing, bool granted, bool ignores, string paid, string free, string why) =>
        Assert.True(
            new TopUpRule(new BelowThreshold(0), new TargetTopUp(101, granted), ignores).Due(D(ongoing), 0, Limits, Rate)
                == new TopUpDue(D(paid), D(free)), why);

    [Fact]
    public void An_interval_adds_the_same_every_time() =>
        Assert.Equal(
            new TopUpDue(60, 5),
            new TopUpRule(new EveryInterval(BillingInterval.Monthly, Day("2026-01-31")), new FixedTopUp(60, 5)).Due(1_000, 0, Limits,
                Rate));

    [Theory]
    //          interval      anchor        day           due    why
    [InlineData("Monthly",    "2026-01-31", "2026-02-28", true,  "in a short month on the last day")]
    [InlineData("Monthly",    "2026-01-31", "2026-03-28", false, "and on the 31st again")]
    [InlineData("Monthly",    "2026-01-31", "2026-01-31", false, "never on the first day")]
    [InlineData("Weekly",     "2026-01-31", "2026-02-07", true,  "the same weekday")]
    [InlineData("SemiAnnual", "2026-08-31", "2027-02-28", true,  "half a year")]
    [InlineData("Yearly",     "2024-02-29", "2025-02-28", true,  "a leap day in a common year")]
    [InlineData("Yearly",     "2024-02-29", "2023-02-28", false, "nothing before the anchor")]
    public void An_interval_is_counted_from_its_anchor(string interval, string anchor, string day, bool due, string why)
    {
        var every = new EveryInterval(Enum.Parse<BillingInterval>(interval), Day(anchor));

        Assert.True(every.IsDueOn(Day(day)) == due, why);
        Assert.False(every.IsDueOn(Day(day), lastDone: Day(day)), "never twice on one day");
    }

    [Fact]
    public void A_repeated_purchase_ends_above_the_threshold_and_one_less_would_not() =>
        Gen.Select(Gen.Int[-100_000, 100_000], Gen.Int[-1_000, 10_000], Gen.Int[1, 5_000]).Sample((ongoing, threshold, paid) =>
        {
            var due = new TopUpRule(new BelowThreshold(threshold / 10m), new FixedTopUp(paid / 10m, 0))
                .Due(ongoing / 10m, 0, TopUpLimits.None, Rate).Paid;
            return due == 0
                ? ongoing > threshold
                : (ongoing / 10m) + due > threshold / 10m && (ongoing / 10m) + due - (paid / 10m) <= threshold / 10m;
        });

    [Fact]
    public void Refuses_negative_credits()
    {
        Assert.Throws<RuleBroken>(() => new FixedTopUp(-1, 0));
        Assert.Throws<RuleBroken>(() => new FixedTopUp(0, -1));
    }
}
