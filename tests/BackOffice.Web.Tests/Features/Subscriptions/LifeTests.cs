using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Subscriptions;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using static BackOffice.Web.Tests.Features.Subscriptions.Contract;

namespace BackOffice.Web.Tests.Features.Subscriptions;

/// <summary>What can be done to a subscription, and what is refused.</summary>
public sealed class LifeTests
{
    private static readonly LocalDate NewYear = new(2024, 1, 1);
    private static readonly TerminationChoice Usual = new();

    [Fact]
    public async Task An_upgrade_counts_from_today_and_stays_in_the_timeline()
    {
        await using var contract = await Small();
        var id = await contract.Start("small", NewYear);
        contract.At("2024-02-12T06:00:00Z");

        await contract.Change(id, new SubscriptionChange.ToPlan("big"));

        var view = await contract.View(id);
        Assert.Equal(("big", 1, false), (view.Row.PlanName, view.Row.PlanVersion, view.Row.IsChanging));
        Assert.Equal(
            [
                new LifeDay(NewYear, "Starts on small, version 1, 29.00\u00A0EUR a month, after it has ended", null, false),
                new LifeDay(
                    new(2024, 2, 12), "Upgrade to big, version 1, 290.00\u00A0EUR a month, after it has ended",
                    "Decided 12 Feb 2024 06:00.", false),
            ],
            view.Days);
    }

    [Fact]
    public async Task A_cheaper_plan_waits_for_the_next_period_and_can_be_taken_back()
    {
        await using var contract = await Small();
        var id = await contract.Start("big", NewYear);
        contract.At("2024-02-12T06:00:00Z");

        await contract.Change(id, new SubscriptionChange.ToPlan("small"));

        var planned = await contract.View(id);
        Assert.Equal(("big", true), (planned.Row.PlanName, planned.Row.IsChanging));
        Assert.Equal((new LocalDate(2024, 3, 1), true), (planned.Days[^1].Day, planned.Days[^1].IsPlanned));
        await contract.Change(id, new SubscriptionChange.TakingBack());
        Assert.False((await contract.View(id)).Row.IsChanging);
    }

    [Theory]
    [InlineData(ChangeTime.Now, "2024-02-12", "today, although it is cheaper")]
    [InlineData(ChangeTime.NextPeriod, "2024-03-01", "with the next period")]
    [InlineData(ChangeTime.OnDay, "2024-02-20", "on the day that was agreed")]
    public async Task A_person_may_choose_another_day_than_the_rule(ChangeTime when, string day, string why)
    {
        await using var contract = await Small();
        var id = await contract.Start("big", NewYear);
        contract.At("2024-02-12T06:00:00Z");

        await contract.Change(
            id, new SubscriptionChange.ToPlan("small", null, when, when == ChangeTime.OnDay ? new LocalDate(2024, 2, 20) : null));

        Assert.Equal((day, why), ((await contract.View(id)).Days[^1].Day.ToString("uuuu-MM-dd", null), why));
    }

    [Fact]
    public async Task A_subscription_moves_to_a_new_version_and_keeps_what_was_agreed()
    {
        await using var contract = await Small();
        var id = await contract.Start(
            new("acme-1", "acme", "small", NewYear) { Agreed = new TermsOverride { BaseFee = Euros(25) } });
        await contract.Plan("small", 35);
        contract.At("2024-02-12T06:00:00Z");
        Assert.Equal(1, (await contract.View(id)).Row.PlanVersion);

        await contract.Change(id, new SubscriptionChange.ToPlan("small", 2, ChangeTime.NextPeriod));

        contract.At("2024-03-02T00:00:00Z");
        var view = await contract.View(id);
        Assert.Equal(2, view.Row.PlanVersion);
        const string ThePlan = "35.00\u00A0EUR a month, after it has ended";
        Assert.Equal(
            new PriceInForce("Base fee", "25.00\u00A0EUR a month, after it has ended", true) { ThePlan = ThePlan }, view.Prices[0]);
    }

    [Fact]
    public async Task Units_change_from_a_day_on_and_their_history_is_kept()
    {
        await using var contract = await Create();
        await contract.Plan("office", 0, settings: new() { FixedCharges = [Desks(4)] });
        var id = await contract.Start("office", NewYear);
        contract.At("2024-02-11T08:00:00Z");
        await contract.Change(id, new SubscriptionChange.OfUnits("desks", 6));
        await contract.Change(id, new SubscriptionChange.OfUnits("desks", 5, NextPeriod: true));

        var units = Assert.Single((await contract.View(id)).Units);

        Assert.Equal(6, units.Today);
        Assert.Equal(
            [(6m, new LocalDate(2024, 2, 11)), (5m, new LocalDate(2024, 3, 1))],
            units.Changes.Select(change => (change.Units, change.From)));
    }

    [Fact]
    public async Task A_start_may_have_a_time_a_billing_day_and_a_last_day()
    {
        await using var contract = await Small();
        contract.At("2024-01-20T00:00:00Z");

        var id = await contract.Start(new("acme-1", "acme", "small", new LocalDate(2024, 1, 31))
        {
            StartsAt = new LocalTime(14, 30),
            Timing = BillingTiming.OnDay(31),
            LastDay = new LocalDate(2024, 6, 15),
            BillFrom = new LocalDate(2024, 4, 1),
        });

        var view = await contract.View(id);
        Assert.Equal(("Each month, beginning on day 31 of a month", new LocalDate(2024, 4, 1)), (view.Timing, view.BillFrom));
        Assert.Equal((new LocalDate(2024, 6, 15), SubscriptionState.Upcoming), (view.Row.EndsOn, view.Row.State));
        Assert.Equal("Usage counts from 14:30; the day is billed as a whole.", view.Days[0].Remark);
        Assert.Equal(new LocalDate(2024, 2, 28), view.PeriodEnds);
    }

    [Fact]
    public async Task The_day_of_the_next_bill_is_shown()
    {
        await using var contract = await Small();
        await contract.Start("small", NewYear);
        contract.At("2024-02-12T06:00:00Z");

        Assert.Equal(
            new LocalDate(2024, 3, 1),
            (await contract.Ask<SubscriptionQueries, Found<SubscriptionRow>>(list => list.List())).Rows.Single().NextBillOn);
    }

    [Fact]
    public async Task An_agreed_end_may_be_moved_until_it_has_come()
    {
        await using var contract = await Small();
        var id = await contract.Start("small", NewYear);
        contract.At("2024-02-12T06:00:00Z");
        await contract.Change(id, new SubscriptionChange.Ending(new LocalDate(2024, 2, 20), Usual));
        await contract.Change(id, new SubscriptionChange.Ending(new LocalDate(2024, 2, 25), Usual));

        Assert.Equal(new LocalDate(2024, 2, 25), (await contract.View(id)).Row.EndsOn);
        contract.At("2024-02-26T00:00:01Z");
        await Refused(
            "Subscription acme-1 does not run on 2024-03-11: it is over.",
            () => contract.Change(id, new SubscriptionChange.Ending(new LocalDate(2024, 3, 10), Usual)));
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_with_a_sentence()
    {
        await using var contract = await Small();
        await contract.Plan("dollars", 29, currency: "USD");
        var id = await contract.Start("small", NewYear);
        contract.At("2024-02-12T06:00:00Z");

        await Refused(
            "Subscription acme-1 is on small, version 1, already.", () => contract.Change(id, new SubscriptionChange.ToPlan("small")));
        await Refused(
            "Subscription acme-1 is billed in EUR, plan dollars in USD. Start a new subscription instead.",
            () => contract.Change(id, new SubscriptionChange.ToPlan("dollars")));
        await Refused("Plan small has no version 7.", () => contract.Change(id, new SubscriptionChange.ToPlan("small", 7)));
        await Refused("Plan small has no fixed charge desks.", () => contract.Change(id, new SubscriptionChange.OfUnits("desks", 3)));
        await Refused("Nothing is planned for subscription acme-1.", () => contract.Change(id, new SubscriptionChange.TakingBack()));
        await Refused(
            "Subscription acme-1 cannot end before 2024-01-01.",
            () => contract.Change(id, new SubscriptionChange.Ending(new LocalDate(2023, 12, 31), Usual)));
        await Refused(
            "2024-02-12 has begun already. Change now, or choose a later day.",
            () => contract.Change(id, new SubscriptionChange.ToPlan("big", null, ChangeTime.OnDay, new LocalDate(2024, 2, 12))));
    }

    [Fact]
    public async Task Who_decided_on_old_money_is_told_to_look_again()
    {
        await using var contract = await Small();
        var id = await contract.Start("small", NewYear);
        contract.At("2024-02-12T06:00:00Z");
        var seen = (await contract.View(id)).Revision;
        await contract.Change(id, new SubscriptionChange.ToPlan("big"), seen);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(
            () => contract.Change(id, new SubscriptionChange.Ending(new LocalDate(2024, 2, 29), Usual), seen));
    }

    [Fact]
    public async Task A_viewer_sees_the_money_and_changes_nothing()
    {
        await using var contract = await Small();
        var id = await contract.Start("small", NewYear);
        contract.At("2024-02-12T06:00:00Z");
        var viewer = await contract.Person(Roles.Viewer);

        await contract.As<PreviewChange>(viewer, async preview => await preview.Run(id, new SubscriptionChange.ToPlan("big")));
        await Refused(
            "This needs the role Clerk or Approver. Ask an administrator.",
            () => contract.As<ChangeSubscription>(viewer, change => change.Run(id, new SubscriptionChange.ToPlan("big"))));
    }

    private static async Task<Contract> Small()
    {
        var contract = await Create();
        await contract.Plan("small", 29);
        await contract.Plan("big", 290);
        return contract;
    }
}
