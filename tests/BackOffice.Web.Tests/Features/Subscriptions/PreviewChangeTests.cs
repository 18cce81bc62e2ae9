using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Web.Features.Subscriptions;
using NodaTime;
using static BackOffice.Web.Tests.Features.Subscriptions.Contract;

namespace BackOffice.Web.Tests.Features.Subscriptions;

/// <summary>The money of a change, before it is made.</summary>
public sealed class PreviewChangeTests
{
    private static readonly LocalDate NewYear = new(2024, 1, 1);
    private static readonly PlanSettings InAdvance = new() { PayInAdvance = true };
    private static readonly SubscriptionChange ToBig = new SubscriptionChange.ToPlan("big");

    [Fact]
    public async Task An_upgrade_in_mid_month_credits_the_old_fee_and_bills_the_new_plan_from_today()
    {
        await using var contract = await Create();
        await contract.Plan("small", 29, contract.OneForEachSeat(), InAdvance);
        await contract.Plan("big", 290, contract.OneForEachSeat(), InAdvance);
        var id = await contract.Start("small", NewYear);
        await contract.Use(id, "seats", 5, "2024-01-02T00:00:00Z");
        contract.At("2024-02-12T06:00:00Z");

        var money = await contract.Preview(id, ToBig);

        var (upgrade, march) = (money.Documents[0], money.Documents[1]);
        Assert.Equal(Euros(18), Assert.Single(upgrade.Notes).Content.Total);
        Assert.Equal([Euros(1.90m), Euros(180)], Amounts(upgrade));
        Assert.Equal((Euros(163.90m), new LocalDate(2024, 2, 12)), (upgrade.Content.Due, upgrade.Day));
        Assert.Equal([Euros(290), Euros(3.10m)], Amounts(march));
        Assert.Equal((new LocalDate(2024, 2, 12), new LocalDate(2024, 3, 1)), (money.FirstDay, money.Through));
        Assert.Equal((2, 0), (money.Documents.Count, money.Dropped.Count));
    }

    [Fact]
    public async Task What_everything_comes_to_is_told_with_and_without_the_change()
    {
        await using var contract = await Create();
        await contract.Plan("small", 29, settings: InAdvance);
        await contract.Plan("big", 290, settings: InAdvance);
        var id = await contract.Start("small", NewYear);
        contract.At("2024-02-12T06:00:00Z");

        var money = await contract.Preview(id, ToBig);

        Assert.Equal(Euros(3 * 29), money.Before);
        Assert.Equal(Euros(29 + 29 - 18 + 180 + 290), money.After);
    }

    [Fact]
    public async Task An_upgrade_of_a_plan_in_arrears_bills_the_old_plan_until_the_day_before()
    {
        await using var contract = await Create();
        await contract.Plan("small", 29, contract.OneForEachSeat());
        await contract.Plan("big", 290, contract.OneForEachSeat());
        var id = await contract.Start("small", NewYear);
        await contract.Use(id, "seats", 5, "2024-01-02T00:00:00Z");
        contract.At("2024-02-12T06:00:00Z");

        var money = await contract.Preview(id, ToBig);

        Assert.Equal([Euros(11), Euros(1.90m)], Amounts(money.Documents[0]));
        Assert.Equal([Euros(180), Euros(3.10m)], Amounts(money.Documents[1]));
        Assert.Empty(money.Documents[0].Notes);
    }

    [Fact]
    public async Task An_end_credits_the_days_after_it_and_the_credit_pays_the_last_usage()
    {
        await using var contract = await Create();
        await contract.Plan("small", 29, contract.OneForEachSeat(), InAdvance);
        var id = await contract.Start("small", NewYear);
        await contract.Use(id, "seats", 5, "2024-01-02T00:00:00Z");
        contract.At("2024-02-12T06:00:00Z");

        var money = await contract.Preview(id, new SubscriptionChange.Ending(null, new TerminationChoice()));

        var last = money.Documents[0];
        Assert.Equal(Euros(17), Assert.Single(last.Notes).Split.Credit);
        Assert.Equal([Euros(2.07m)], Amounts(last));
        Assert.Equal((Euros(2.07m), Euros(0)), (Assert.Single(last.Content.Settled).Amount, last.Content.Due));
        Assert.Equal(new LocalDate(2024, 3, 1), Assert.Single(money.Dropped).Day);
    }

    [Fact]
    public async Task An_end_with_tax_takes_the_tax_of_the_unused_days_back()
    {
        await using var contract = await Create("DE-VAT", 20);
        contract.At("2025-02-01T00:00:00Z");
        await contract.Plan("pro", 100, contract.OneForEachCall(), InAdvance);
        var id = await contract.Start("pro", new LocalDate(2025, 2, 8));
        await contract.Use(id, "calls", 50, "2025-02-10T00:00:00Z");
        contract.At("2025-02-21T00:00:00Z");

        var money = await contract.Preview(id, new SubscriptionChange.Ending(null, new TerminationChoice()));

        var (last, note) = (money.Documents[0], Assert.Single(money.Documents[0].Notes));
        Assert.Equal((Euros(30), Euros(30), Euros(0)), (note.Content.Total, note.Split.Credit, note.Split.Refund));
        Assert.Equal((Euros(50), Euros(10), Euros(30)), (last.Content.Subtotal, last.Content.Tax, last.Content.Due));
    }

    [Fact]
    public async Task An_end_that_keeps_the_fee_and_lets_the_usage_go_bills_nothing_more()
    {
        await using var contract = await Create();
        await contract.Plan("small", 29, contract.OneForEachSeat(), InAdvance);
        var id = await contract.Start("small", NewYear);
        await contract.Use(id, "seats", 5, "2024-01-02T00:00:00Z");
        contract.At("2024-02-12T06:00:00Z");

        var money = await contract.Preview(
            id, new SubscriptionChange.Ending(null, new TerminationChoice(Invoice: false, Unused: UnusedFee.Skip)));

        Assert.Empty(money.Documents);
        Assert.Equal(new LocalDate(2024, 3, 1), Assert.Single(money.Dropped).Day);
    }

    [Fact]
    public async Task More_units_paid_in_advance_cost_the_days_that_are_left()
    {
        await using var contract = await Create();
        await contract.Plan("office", 0, settings: new() { FixedCharges = [Desks(4)] });
        var id = await contract.Start("office", NewYear);
        contract.At("2024-02-11T08:00:00Z");

        var money = await contract.Preview(id, new SubscriptionChange.OfUnits("desks", 6));

        // Two more desks at 10.00 for 11 to 29 February, 19 of 29 days; in March all six in full.
        Assert.Equal([Euros(13.10m)], Amounts(money.Documents[0]));
        Assert.Equal([Euros(60)], Amounts(money.Documents[1]));
    }

    [Fact]
    public async Task A_fee_that_was_billed_is_credited_as_one_that_was_not()
    {
        await using var contract = await Create();
        await contract.Plan("small", 29, settings: InAdvance);
        await contract.Plan("big", 290, settings: InAdvance);
        var id = await contract.Start("small", NewYear);
        contract.At("2024-02-02T06:00:00Z");
        Assert.Equal([Euros(29), Euros(29)], await contract.Bill(new LocalDate(2024, 2, 1)));
        contract.At("2024-02-12T06:00:00Z");

        var money = await contract.Preview(id, ToBig);

        Assert.Equal(Euros(18), Assert.Single(money.Documents[0].Notes).Content.Total);
        Assert.Equal((Euros(29), Euros(180 - 18 + 290)), (money.Before, money.After));
    }

    [Fact]
    public async Task The_bill_is_what_the_preview_said()
    {
        await using var contract = await Create();
        await contract.Plan("small", 29, contract.OneForEachSeat());
        await contract.Plan("big", 290, contract.OneForEachSeat());
        var id = await contract.Start("small", NewYear);
        await contract.Use(id, "seats", 5, "2024-01-02T00:00:00Z");
        contract.At("2024-02-02T06:00:00Z");
        await contract.Bill(new LocalDate(2024, 2, 1));
        contract.At("2024-02-12T06:00:00Z");
        var money = await contract.Preview(id, ToBig);

        await contract.Change(id, ToBig);
        contract.At("2024-03-02T06:00:00Z");
        var billed = await contract.Bill(new LocalDate(2024, 3, 1));

        Assert.Equal([Euros(12.90m), Euros(183.10m)], billed);
        Assert.Equal(money.Documents.Select(document => document.Content.Total), billed);
    }

    [Fact]
    public async Task The_first_bills_of_a_subscription_are_known_before_it_starts()
    {
        await using var contract = await Create();
        await contract.Plan("small", 29, settings: InAdvance);
        contract.At("2024-02-12T06:00:00Z");

        var money = await contract.Ask<PreviewStart, ChangeMoney>(
            preview => preview.Run(new("acme-1", "acme", "small", new LocalDate(2024, 2, 12))));

        Assert.Equal([Euros(18), Euros(29)], money.Documents.Select(document => document.Content.Due));
        await using var db = await contract.Open();
        Assert.Empty(db.Subscriptions);
    }

    private static IEnumerable<Core.Common.Money> Amounts(BillingDocument document) => document.Lines.Select(line => line.Amount);
}
