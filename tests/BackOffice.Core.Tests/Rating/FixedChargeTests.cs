using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Tests.Billing;
using static BackOffice.Core.Tests.Billing.Lives;

namespace BackOffice.Core.Tests.Rating;

/// <summary>Seats that are paid beforehand, of which there are more or fewer in the middle of a month, under one plan or several.</summary>
public sealed class FixedChargeTests
{
    private static readonly PerUnitPrice Daily = new(31); // 1.00 for each day of January.

    private static SubscriptionLife From(PlanTerms terms) => Start(terms, "2026-01-01T00:00:00Z");

    private static PlanTerms Seats(decimal units, Price price, bool inAdvance = true) => Plan("0", new PlanSettings
    {
        FixedCharges = [new FixedCharge("seats", "Seats", units, price) { PayInAdvance = inAdvance, Prorated = true }],
    });

    [Fact]
    public void More_units_cost_the_days_that_are_left_and_fewer_give_nothing_back()
    {
        var life = From(Seats(1, Daily)).ChangeUnits("seats", 3, At("2026-01-11T09:00:00Z"))
            .ChangeUnits("seats", 0, At("2026-01-20T09:00:00Z")).ChangeUnits("seats", 4, At("2026-01-31T09:00:00Z"));
        Assert.Equal(
            """
            2026-01-01: Seats 2026-01-01..2026-01-31 31.00 EUR
            2026-01-11: Seats 2026-01-11..2026-01-31 42.00 EUR
            2026-01-31: Seats 2026-01-31..2026-01-31 1.00 EUR
            """, Bill(life, "2026-01-31T23:00:00Z").Print());
    }

    [Fact]
    public void Each_number_of_units_costs_its_own_days_after_the_month()
    {
        // 1 × 10 days, 3 × 9 days, 0 × 12 days.
        var life = From(Seats(1, Daily, inAdvance: false)).ChangeUnits("seats", 3, At("2026-01-11T09:00:00Z"))
            .ChangeUnits("seats", 0, At("2026-01-20T09:00:00Z"));
        Assert.Equal("2026-02-01: Seats 2026-01-01..2026-01-31 37.00 EUR", Bill(life, "2026-02-01T00:00:00Z").Print());
    }

    [Fact]
    public void Units_that_are_agreed_for_the_next_month_cost_nothing_before_it()
    {
        var life = From(Seats(1, Daily)).ChangeUnits("seats", 2, At("2026-01-11T09:00:00Z"), nextPeriod: true);
        Assert.Equal(
            "2026-01-01: Seats 2026-01-01..2026-01-31 31.00 EUR\n2026-02-01: Seats 2026-02-01..2026-02-28 62.00 EUR",
            Bill(life, "2026-02-01T00:00:00Z").Print());
    }

    [Fact]
    public void More_units_are_not_billed_beyond_an_end_that_is_agreed_on()
    {
        var life = From(Seats(10, Daily)).EndAfter(Day("2026-01-20"), At("2026-01-05T09:00:00Z"))
            .ChangeUnits("seats", 11, At("2026-01-10T09:00:00Z"));
        Assert.Equal(
            "2026-01-01: Seats 2026-01-01..2026-01-31 310.00 EUR\n2026-01-10: Seats 2026-01-10..2026-01-20 11.00 EUR",
            Bill(life, "2026-02-01T00:00:00Z").Print());
    }

    [Fact]
    public void More_units_that_fall_into_a_cheaper_tier_give_nothing_back()
    {
        var life = From(Seats(10, new VolumePrice([new(10, 31), new(null, 3.1m)]))).ChangeUnits("seats", 11, At("2026-01-10T09:00:00Z"));
        Assert.Equal("2026-01-01: Seats 2026-01-01..2026-01-31 310.00 EUR", Bill(life, "2026-01-31T00:00:00Z").Print());
    }

    [Fact]
    public void The_flat_fee_that_was_paid_with_no_units_is_not_asked_for_again()
    {
        var life = From(Seats(0, new GraduatedPrice([new(null, 10, 3)]))).ChangeUnits("seats", 1, At("2026-01-01T12:00:00Z"));
        Assert.Equal(
            "2026-01-01: Seats 2026-01-01..2026-01-31 3.00 EUR\n2026-01-01: Seats 2026-01-01..2026-01-31 10.00 EUR",
            Bill(life, "2026-01-31T00:00:00Z").Print());
    }

    [Fact]
    public void Units_that_came_later_are_not_asked_for_again_by_the_next_plan()
    {
        var plan = Seats(1, Daily);
        var life = From(plan).ChangeUnits("seats", 2, At("2026-01-11T09:00:00Z")).ChangeNow(plan, At("2026-01-21T09:00:00Z"));
        Assert.Equal(
            "2026-01-01: Seats 2026-01-01..2026-01-31 31.00 EUR\n2026-01-11: Seats 2026-01-11..2026-01-31 21.00 EUR",
            Bill(life, "2026-01-31T00:00:00Z").Print());
    }

    [Fact]
    public void A_month_that_was_paid_once_is_not_asked_for_again_by_the_third_plan_in_it()
    {
        var plan = Seats(1, Daily);
        var life = From(plan).ChangeNow(plan, At("2026-01-11T09:00:00Z")).ChangeNow(plan, At("2026-01-21T09:00:00Z"));
        Assert.Equal("2026-01-01: Seats 2026-01-01..2026-01-31 31.00 EUR", Bill(life, "2026-01-31T00:00:00Z").Print());
    }

    [Fact]
    public void A_dearer_plan_asks_for_what_its_days_cost_beyond_what_was_paid()
    {
        // 11 days at 2.00, less the 11.00 that were paid for them.
        var life = From(Seats(1, Daily)).ChangeNow(Seats(1, new PerUnitPrice(62)), At("2026-01-21T09:00:00Z"));
        Assert.Equal(
            "2026-01-01: Seats 2026-01-01..2026-01-31 31.00 EUR\n2026-01-21: Seats 2026-01-21..2026-01-31 11.00 EUR",
            Bill(life, "2026-01-31T00:00:00Z").Print());
    }

    [Fact]
    public void Units_that_an_earlier_plan_had_for_a_while_are_not_paid_at_the_price_of_the_next()
    {
        // Under the dearer plan there were never more than one: two more cost 2 × 62 × 11 of 31 days.
        var life = From(Seats(1, Daily)).ChangeUnits("seats", 5, At("2026-01-05T09:00:00Z"))
            .ChangeUnits("seats", 1, At("2026-01-06T09:00:00Z")).ChangeNow(Seats(1, new PerUnitPrice(62)), At("2026-01-11T09:00:00Z"))
            .ChangeUnits("seats", 3, At("2026-01-21T09:00:00Z"));
        Assert.EndsWith(
            "2026-01-21: Seats 2026-01-21..2026-01-31 44.00 EUR", Bill(life, "2026-01-31T00:00:00Z").Print(), StringComparison.Ordinal);
    }
}
