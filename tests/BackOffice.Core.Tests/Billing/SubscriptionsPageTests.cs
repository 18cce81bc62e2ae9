using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using static BackOffice.Core.Tests.Billing.Lives;

namespace BackOffice.Core.Tests.Billing;

/// <summary>The worked numbers of docs/domain/subscriptions.md, read from the page and computed again.</summary>
public sealed class SubscriptionsPageTests
{
    [Fact]
    public void A_change_of_plan_costs_what_the_page_says() => Compare(
        "A change of plan", Start(InAdvance("29"), "2024-01-01T00:00:00Z").ChangePlan(InAdvance("290"), At("2024-02-12T06:00:00Z")));

    [Fact]
    public void An_end_gives_back_what_the_page_says() => Compare(
        "An end", Start(InAdvance("29"), "2024-01-01T00:00:00Z").Terminate(At("2024-02-12T06:00:00Z")));

    [Fact]
    public void A_trial_costs_what_the_page_says() => Compare(
        "A trial", Start(Plan("50000", new PlanSettings { PayInAdvance = true, TrialDays = 10 }), "2024-03-05T12:12:00Z"));

    [Fact]
    public void Seats_cost_what_the_page_says() => Compare(
        "Seats in the middle of a month",
        Start(Seats(31), "2026-01-01T00:00:00Z").ChangeUnits("seats", 3, At("2026-01-11T09:00:00Z"))
            .ChangeNow(Seats(62), At("2026-01-21T09:00:00Z")));

    private static PlanTerms Seats(decimal price) => Plan("0", new PlanSettings
    {
        FixedCharges = [new FixedCharge("seats", "Seats", 1, new PerUnitPrice(price)) { PayInAdvance = true, Prorated = true }],
    });

    private static void Compare(string heading, SubscriptionLife life)
    {
        var rows = DomainPage.Table("subscriptions.md", heading);
        var through = life.FirstMomentOf(Day(rows[^1]["Day"])) + Duration.FromHours(12);
        var documents = BillingEngine.Due(AccountOf(life), Core.Usage.UsageLog.Empty, through);
        var computed = documents.SelectMany(document => document.Items.SelectMany(rated => rated.Lines.Select(line =>
                (document.Day, line.Name, $"{rated.Item.Days} of {rated.Item.Whole.Days}", line.Amount.Amount)))
            .Concat(document.Notes.Select(note =>
                (document.Day, "Unused fee", $"{note.Item.Days} of {note.Item.Whole.Days}", -note.Content.Total.Amount))));
        Assert.Equal(rows.Select(row => (Day(row["Day"]), row["Line"], row["Days"], row.Amount("Amount"))), computed);
    }
}
