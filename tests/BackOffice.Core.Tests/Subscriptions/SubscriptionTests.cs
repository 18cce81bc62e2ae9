using BackOffice.Core.Catalog;
using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Subscriptions;

public sealed class SubscriptionTests
{
    private static Subscription Since(string day) =>
        Subscription.Start("acme-pro", CustomerId.New(), PublishedPlan(Money.Of(99, Usd)), Day(day));

    [Fact]
    public void Gets_the_latest_published_version_and_keeps_it()
    {
        var plan = PublishedPlan(Money.Of(99, Usd));
        plan.Edit(Money.Of(149, Usd), []);
        var before = Subscription.Start(" acme-pro ", CustomerId.New(), plan, Day("2026-10-17"));
        plan.Publish(Now);
        var after = Subscription.Start("acme-two", CustomerId.New(), plan, Day("2026-10-17"));

        Assert.Equal((1, 2), (before.PlanVersion, after.PlanVersion));
        Assert.Equal(("acme-pro", plan.Id, Day("2026-10-17"), null), (before.Code, before.PlanId, before.StartsOn, before.EndsOn));
    }

    [Fact]
    public void Nobody_can_subscribe_to_a_draft() => Assert.Equal(
        "Plan pro is not published yet, so nobody can subscribe to it.",
        Assert.Throws<RuleBroken>(() => Subscription.Start("acme-pro", CustomerId.New(), Plan.Create("pro", "Pro", Usd), Day("2026-10-17")))
            .Message);

    [Fact]
    public void Has_a_code() => Assert.Throws<RuleBroken>(
        () => Subscription.Start("acme pro", CustomerId.New(), PublishedPlan(Money.Of(99, Usd)), Day("2026-10-17")));

    [Theory]
    //          last day      billed through  why
    [InlineData("2026-10-17", "",             "on its first day")]
    [InlineData("2026-11-30", "2026-11-30",   "on the last day that was billed")]
    [InlineData("2027-01-15", "2026-11-30",   "after what was billed")]
    public void Ends_on_a_day_that_is_not_billed_yet(string lastDay, string billedThrough, string why)
    {
        var subscription = Since("2026-10-17");
        subscription.End(Day(lastDay), billedThrough.Length == 0 ? null : Day(billedThrough));

        Assert.True(Day(lastDay) == subscription.EndsOn, why);
    }

    [Theory]
    [InlineData("2026-10-16", "", "Subscription acme-pro cannot end before 2026-10-17.")]
    [InlineData("2026-11-29", "2026-11-30", "Subscription acme-pro cannot end before 2026-11-30.")]
    public void Cannot_end_before_its_start_or_inside_what_was_billed(string lastDay, string billedThrough, string message)
    {
        var subscription = Since("2026-10-17");

        Assert.Equal(message,
            Assert.Throws<RuleBroken>(() => subscription.End(Day(lastDay), billedThrough.Length == 0 ? null : Day(billedThrough))).Message);
        Assert.Null(subscription.EndsOn);
    }

    [Fact]
    public void Ends_once()
    {
        var subscription = Since("2026-10-17");
        subscription.End(Day("2026-12-31"), null);

        Assert.Equal("Subscription acme-pro has an end already: 2026-12-31.",
            Assert.Throws<RuleBroken>(() => subscription.End(Day("2027-01-31"), null)).Message);
    }
}
