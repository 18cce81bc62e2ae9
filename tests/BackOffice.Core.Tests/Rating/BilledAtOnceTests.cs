using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Tests.Billing;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Billing.Lives;

namespace BackOffice.Core.Tests.Rating;

/// <summary>Usage that is billed as it happens, where a rule of the period meets it: limits, days, changes, and who bills.</summary>
public sealed class BilledAtOnceTests
{
    private static readonly Metric Calls = Metric.Create("calls", "Calls", Aggregation.Sum, "units", "calls", "calls");

    private static readonly Metric Licences =
        Metric.Create("licences", "Licences", Aggregation.Sum, "units", "licences", "licences", new Measuring { Recurring = true });

    private static readonly ChargeSettings AtOnce = new() { PayInAdvance = true };

    private static PlanTerms With(Metric metric, Price price, ChargeSettings settings) =>
        Plan("0", charges: Charge.Of(metric.Name, metric.Id, price, settings));

    private static string BillThrough(string day, SubscriptionLife life, params IReadOnlyList<UsageEvent> events) => BillingEngine.Due(
        AccountOf(life, Calls, Licences), UsageLog.Empty.With(life.Subscription, events), At(day + "T00:00:00Z")).Print();

    [Fact]
    public void The_most_of_a_period_ends_the_billing_of_events_until_the_next_one()
    {
        var terms = With(Calls, new PerUnitPrice(1), AtOnce with { Maximum = Money.Of(5, Eur) });
        Assert.Equal(
            """
            2026-01-02: Calls 2026-01-02..2026-01-02 3.00 EUR
            2026-01-03: Calls 2026-01-03..2026-01-03 2.00 EUR
            2026-02-01: Calls 2026-02-01..2026-02-01 2.00 EUR
            """,
            BillThrough(
                "2026-03-01", Start(terms, "2026-01-01T00:00:00Z"), Event(1, "2026-01-02T08:00:00Z", 3),
                Event(2, "2026-01-03T08:00:00Z", 4), Event(3, "2026-01-04T08:00:00Z", 4), Event(4, "2026-02-01T08:00:00Z", 2)));
    }

    [Fact]
    public void The_most_of_a_period_is_for_all_groups_together()
    {
        var terms = With(Calls, new PerUnitPrice(1), AtOnce with { Maximum = Money.Of(5, Eur), GroupKeys = ["region"] });
        static UsageEvent In(string region, UsageEvent usage) =>
            new(usage.Id, usage.Name, usage.At, usage.Numbers, new Dictionary<string, string> { ["region"] = region });

        Assert.Equal(
            "2026-01-02: Calls 2026-01-02..2026-01-02 4.00 EUR\n2026-01-03: Calls 2026-01-03..2026-01-03 1.00 EUR",
            BillThrough(
                "2026-02-01", Start(terms, "2026-01-01T00:00:00Z"),
                In("eu", Event(1, "2026-01-02T08:00:00Z", 4)), In("us", Event(2, "2026-01-03T08:00:00Z", 4))));
    }

    [Fact]
    public void Tiers_go_on_where_the_units_before_ended_also_when_only_days_that_are_left_are_paid()
    {
        // Ten at 3.10 for 31 of 31 days; then five in the second tier at 0.31 for 15 of 31 days.
        var terms = With(Licences, new GraduatedPrice([new(10, 3.10m), new(null, 0.31m)]), AtOnce with { Prorated = true });
        Assert.Equal(
            "2026-01-01: Licences 2026-01-01..2026-01-31 31.00 EUR\n2026-01-17: Licences 2026-01-17..2026-01-31 0.75 EUR",
            BillThrough(
                "2026-01-31", Start(terms, "2026-01-01T00:00:00Z"), Event(1, "2026-01-01T08:00:00Z", 10, "licences"),
                Event(2, "2026-01-17T08:00:00Z", 5, "licences")));
    }

    [Fact]
    public void Units_that_come_on_the_day_of_a_change_are_paid_by_the_plan_that_has_the_day()
    {
        // Two licences come at nine, the other plan at noon: 22 of 31 days at 31.00, once.
        var terms = With(Licences, new PerUnitPrice(31), AtOnce with { Prorated = true });
        var life = Start(terms, "2026-01-01T00:00:00Z").ChangeNow(terms, At("2026-01-10T12:00:00Z"));
        Assert.Equal(
            "2026-01-10: Licences 2026-01-10..2026-01-31 44.00 EUR",
            BillThrough("2026-01-31", life, Event(1, "2026-01-10T09:00:00Z", 2, "licences")));
    }

    [Fact]
    public void Events_before_the_agreed_day_are_left_to_whoever_billed_them_then()
    {
        var life = Start(With(Calls, new PerUnitPrice(1), AtOnce), "2026-01-01T00:00:00Z") with { BillFrom = Day("2026-01-15") };
        Assert.Equal(
            "2026-01-15: Calls 2026-01-15..2026-01-15 4.00 EUR",
            BillThrough("2026-02-01", life, Event(1, "2026-01-14T23:59:00Z", 3), Event(2, "2026-01-15T00:00:00Z", 4)));
    }

    [Fact]
    public void Nobody_is_paid_for_units_below_zero_that_count_by_the_day()
    {
        // Five fewer than none for 31 days, then six more for one: 6 − 155 unit days, though one unit is left.
        var terms = With(Licences, new PerUnitPrice(31), new ChargeSettings { Prorated = true });
        Assert.Equal(
            "2026-02-01: Licences 2026-01-01..2026-01-31 0.00 EUR",
            BillThrough(
                "2026-02-01", Start(terms, "2026-01-01T00:00:00Z"), Event(1, "2026-01-01T08:00:00Z", -5, "licences"),
                Event(2, "2026-01-31T08:00:00Z", 6, "licences")));
    }

    [Fact]
    public void A_line_below_zero_says_why_it_costs_nothing()
    {
        var terms = With(Licences, new PerUnitPrice(31), new ChargeSettings { Prorated = true });
        var life = Start(terms, "2026-01-01T00:00:00Z");
        var log = UsageLog.Empty.With(
            Id, [Event(1, "2026-01-01T08:00:00Z", -5, "licences"), Event(2, "2026-01-31T08:00:00Z", 6, "licences")]);
        var line = BillingEngine.Due(AccountOf(life, Licences), log, At("2026-02-01T00:00:00Z"))[0].Lines[0];
        Assert.Equal("Below zero: nothing is owed", line.Steps[^1].Label);
        Assert.Equal(0, PriceStep.Total(line.Steps));
    }
}
