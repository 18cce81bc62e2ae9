using BackOffice.Core.Catalog;
using BackOffice.Core.Customers;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using static BackOffice.Core.Tests.Billing.Lives;

namespace BackOffice.Core.Tests.Subscriptions;

public sealed class SubscriptionLifeTests
{
    [Theory]
    [InlineData("10", "120", BillingInterval.Yearly, "2026-01-20", "the same in a year is an upgrade, and the day is the new plan's")]
    [InlineData("10", "119.99", BillingInterval.Yearly, "2026-02-01", "a cent less in a year waits for the end of the period")]
    [InlineData("10", "2.31", BillingInterval.Weekly, "2026-01-20", "52 weeks of 2.31 are 120.12")]
    [InlineData("10", "2.30", BillingInterval.Weekly, "2026-02-01", "52 weeks of 2.30 are 119.60")]
    public void A_change_of_plan_waits_only_for_a_cheaper_one(string old, string next, BillingInterval interval, string from, string why)
    {
        var life = Start(Plan(old), "2026-01-05T08:00:00Z").ChangePlan(Plan(next, interval: interval), At("2026-01-20T15:00:00Z"));
        Assert.True(Day(from) == life.Last.FirstDay, why);
        Assert.Equal(life.First.End!.Day, life.Last.FirstDay);
        Assert.Equal(life.First.End.At, life.Last.From);
    }

    [Fact]
    public void A_waiting_change_is_replaced_and_can_be_taken_back()
    {
        var life = Start(Plan("10"), "2026-01-05T08:00:00Z").ChangePlan(Plan("5"), At("2026-01-20T15:00:00Z"));
        Assert.Equal(2, life.Phases.Count);
        Assert.Equal(2, life.ChangePlan(Plan("4"), At("2026-01-21T00:00:00Z")).Phases.Count);
        Assert.Null(life.CancelPending(At("2026-01-21T00:00:00Z")).End);
        Assert.Single(life.Terminate(At("2026-01-22T00:00:00Z")).Phases);
    }

    [Theory]
    [InlineData("2026-03-10T12:00:00Z", "2026-03-11", "the day of the end is billed")]
    [InlineData("2026-03-01T02:00:00Z", "2026-03-01", "an end on the first day of a month ends with the month before")]
    [InlineData("2026-01-01T12:00:00Z", "2026-01-02", "but the very first day is billed")]
    public void An_agreed_end_bills_its_day_unless_a_period_begins_on_it(string end, string firstFree, string why)
    {
        var life = Start(Plan("10"), "2026-01-01T08:00:00Z").EndAt(At(end), At("2026-01-01T08:00:00Z"));
        Assert.True(Day(firstFree) == life.End!.Day, why);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var life = Start(Plan("10"), "2026-01-05T08:00:00Z");
        Assert.Throws<RuleBroken>(() => life.ChangePlan(Plan("20"), At("2026-01-04T08:00:00Z")));
        Assert.Throws<RuleBroken>(() => life.ChangeOn(Plan("20"), Day("2026-01-06"), At("2026-01-06T08:00:00Z")));
        Assert.Throws<RuleBroken>(() => life.EndAfter(Day("2026-01-04"), At("2026-01-05T09:00:00Z")));
        Assert.Throws<RuleBroken>(() => life.ChangeUnits("seats", 3, At("2026-01-05T09:00:00Z")));
        Assert.Throws<RuleBroken>(() => life.Terminate(At("2026-01-06T00:00:00Z")).Terminate(At("2026-01-08T00:00:00Z")));
    }

    [Fact]
    public void A_subscription_follows_a_life_and_gives_it_back()
    {
        var plan = PublishedPlan(Money.Of(99, Usd));
        var agreed = plan.Terms(1).With(new TermsOverride { BaseFee = Money.Of(79, Usd) });
        var (zone, start) = (Zone.Of("Asia/Tokyo"), At("2026-01-05T20:00:00Z"));
        var life = SubscriptionLife.Start(SubscriptionId.New(), "acme", zone, BillingTiming.OnDay(15), agreed, start)
            .ChangeOn(plan.Terms(1), Day("2026-03-01"), At("2026-02-01T00:00:00Z"))
            .EndAfter(Day("2026-12-31"), At("2026-02-02T00:00:00Z"));
        var subscription = Subscription.Start(CustomerId.New(), life);
        var again = subscription.Life(life.Zone, (_, version) => plan.Terms(version));

        Assert.Equal((Day("2026-01-06"), Day("2026-12-31")), (subscription.StartsOn, subscription.EndsOn));
        Assert.Equal(life.Phases.Select(phase => (phase.Number, phase.From, phase.FirstDay, phase.End)),
            again.Phases.Select(phase => (phase.Number, phase.From, phase.FirstDay, phase.End)));
        Assert.Equal([Money.Of(79, Usd), Money.Of(99, Usd)], again.Phases.Select(phase => phase.Terms.BaseFee));
        Assert.Equal((life.Timing, life.Anchor, life.TrialFrom), (again.Timing, again.Anchor, again.TrialFrom));
    }

    [Fact]
    public void More_units_paid_in_advance_are_billed_from_their_day_and_fewer_give_nothing_back()
    {
        var seats = new FixedCharge("seats", "Seats", 10, new PerUnitPrice(31)) { PayInAdvance = true, Prorated = true };
        var life = Start(Plan("0", new PlanSettings { FixedCharges = [seats] }), "2026-01-01T00:00:00Z")
            .ChangeUnits("seats", 12, At("2026-01-22T10:00:00Z"))
            .ChangeUnits("seats", 5, At("2026-01-25T10:00:00Z"))
            .ChangeUnits("seats", 12, At("2026-01-26T10:00:00Z"))
            .ChangeUnits("seats", 4, At("2026-01-27T10:00:00Z"), nextPeriod: true);
        Assert.Equal(
            """
            2026-01-01: Seats 2026-01-01..2026-01-31 310.00 EUR
            2026-01-22: Seats 2026-01-22..2026-01-31 20.00 EUR
            2026-02-01: Seats 2026-02-01..2026-02-28 124.00 EUR
            """, Core.Tests.Billing.Lives.Print(Bill(life, "2026-02-01T00:00:00Z")));
    }

    [Fact]
    public void A_fee_that_fell_due_in_the_morning_is_credited_whole_when_the_plan_changes_at_noon()
    {
        var life = Start(InAdvance("31"), "2026-01-01T00:00:00Z").ChangePlan(InAdvance("62"), At("2026-03-01T12:00:00Z"));
        Assert.Equal(
            """
            2026-03-01: Base fee 2026-03-01..2026-03-31 31.00 EUR
            2026-03-01: Base fee 2026-03-01..2026-03-31 62.00 EUR, credit 31.00 EUR
            """, Core.Tests.Billing.Lives.Print(Bill(life, "2026-03-01T12:00:00Z").Where(document => document.Day == Day("2026-03-01"))));
    }

    [Fact]
    public void A_plan_that_takes_over_does_not_ask_again_for_days_that_were_paid()
    {
        FixedCharge Seats(decimal price) => new("seats", "Seats", 1, new PerUnitPrice(price)) { PayInAdvance = true, Prorated = true };
        var life = Start(Plan("0", new PlanSettings { FixedCharges = [Seats(31)] }), "2026-01-01T00:00:00Z")
            .ChangePlan(Plan("0", new PlanSettings { FixedCharges = [Seats(62)] }), At("2026-01-22T10:00:00Z"));
        Assert.Equal(
            """
            2026-01-01: Seats 2026-01-01..2026-01-31 31.00 EUR
            2026-01-22: Seats 2026-01-22..2026-01-31 10.00 EUR
            """, Core.Tests.Billing.Lives.Print(Bill(life, "2026-01-22T10:00:00Z")));
    }

    [Fact]
    public void Units_after_the_fact_cost_the_days_they_were_there()
    {
        // Upgrading bills 20 + 11 days; Lago bills the day of change twice (its vector pror-061 is marked as a defect).
        var old = new FixedCharge("b", "B", 5, new PerUnitPrice(3)) { Prorated = true };
        var next = new FixedCharge("b", "B", 10, new PerUnitPrice(10)) { Prorated = true };
        var life = Start(Plan("1", new PlanSettings { FixedCharges = [old] }), "2023-08-01T00:00:00Z")
            .ChangePlan(Plan("100", new PlanSettings { FixedCharges = [next] }), At("2023-08-21T12:00:00Z"));
        Assert.Equal(
            """
            2023-08-21: Base fee 2023-08-01..2023-08-20 0.65 EUR, B 2023-08-01..2023-08-20 9.68 EUR
            2023-09-01: Base fee 2023-08-21..2023-08-31 35.48 EUR, B 2023-08-21..2023-08-31 35.48 EUR
            """, Core.Tests.Billing.Lives.Print(Bill(life, "2023-09-01T00:00:00Z")));
    }
}
