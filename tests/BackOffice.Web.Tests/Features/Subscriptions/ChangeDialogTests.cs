using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Web.Features.Subscriptions;
using Bunit;
using MudBlazor;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Subscriptions;

/// <summary>The dialogs that change a subscription: every choice, and every choice that is refused.</summary>
public sealed class ChangeDialogTests : SubscriptionPageTest
{
    private static readonly LocalDate NewYear = new(2024, 1, 1);

    [Theory]
    [InlineData("big 1", "By the rule: today, because it does not cost less in a year")]
    [InlineData("tiny 1", "By the rule: on 1 Mar 2024, because it costs less in a year")]
    public async Task The_rule_is_said_for_the_plan_that_is_chosen(string plan, string rule)
    {
        await using var contract = await Office();
        var (page, _) = Open(await ChangePlan(contract));

        Field(page, "Plan").Change(plan);

        var times = Field(page, "From when").QuerySelectorAll("option").Select(option => option.TextContent);
        Assert.Equal([rule, "Today", "With the next period, 1 Mar 2024", "On a day"], times);
    }

    [Theory]
    [InlineData(ChangeTime.ByRule, null)]
    [InlineData(ChangeTime.Now, null)]
    [InlineData(ChangeTime.NextPeriod, null)]
    [InlineData(ChangeTime.OnDay, "2024-02-20")]
    public async Task Every_time_of_a_plan_change_is_previewed_and_then_confirmed(ChangeTime when, string? day)
    {
        await using var contract = await Office();
        var (page, answer) = Open(await ChangePlan(contract));
        Assert.True(Button(page, "Change plan").HasAttribute("disabled"));

        Field(page, "Plan").Change("big 1");
        Field(page, "From when").Change(when.ToString());
        if (day is not null)
        {
            Assert.True(Button(page, "Change plan").HasAttribute("disabled"), "a day is missing");
            Field(page, "First day on it").Change(day);
        }

        SeesMoney(page);
        await page.InvokeAsync(() => Button(page, "Change plan").Click());
        Assert.Equal(
            new SubscriptionChange.ToPlan("big", 1, when, day is null ? null : new LocalDate(2024, 2, 20)), await answer);
    }

    [Fact]
    public async Task A_day_that_has_begun_is_refused_for_a_plan_change_and_another_day_mends_it()
    {
        await using var contract = await Office();
        var (page, _) = Open(await ChangePlan(contract));

        Field(page, "Plan").Change("big 1");
        Field(page, "From when").Change(nameof(ChangeTime.OnDay));
        Field(page, "First day on it").Change("2024-02-12");
        Assert.Equal("2024-02-12 has begun already. Change now, or choose a later day.", SeesRefusal(page));
        Assert.True(Button(page, "Change plan").HasAttribute("disabled"));

        Field(page, "First day on it").Change("2024-02-13");
        SeesMoney(page);
        Assert.False(Button(page, "Change plan").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Where_nothing_else_is_published_the_dialog_says_so()
    {
        await using var contract = await Contract.Create();
        await contract.Plan("small", 29);
        var (page, _) = Open(await ChangePlan(contract));

        Assert.Contains("No other plan or version is published in this currency.", page.Markup, StringComparison.Ordinal);
        Assert.True(Button(page, "Change plan").HasAttribute("disabled"));
    }

    [Fact]
    public async Task An_end_is_agreed_for_a_last_day_which_is_today_to_begin_with()
    {
        await using var contract = await Office();
        var (page, answer) = Open(await End(contract));

        Assert.Equal("2024-02-12", Field(page, "Last day").GetAttribute("value"));
        Field(page, "Last day").Change("2024-03-15");

        SeesMoney(page);
        await page.InvokeAsync(() => Button(page, "End subscription").Click());
        Assert.Equal(new SubscriptionChange.Ending(new LocalDate(2024, 3, 15), new TerminationChoice()), await answer);
    }

    [Theory]
    [InlineData(true, UnusedFee.Credit)]
    [InlineData(true, UnusedFee.Refund)]
    [InlineData(true, UnusedFee.Offset)]
    [InlineData(true, UnusedFee.Skip)]
    [InlineData(false, UnusedFee.Credit)]
    public async Task An_end_at_once_says_what_is_still_billed_and_what_becomes_of_the_fee(bool bill, UnusedFee unused)
    {
        await using var contract = await Office();
        var (page, answer) = Open(await End(contract));

        Field(page, "When").Change("now");
        Field(page, "What is still owed").Change(bill ? "bill" : "skip");
        Field(page, "A fee paid for days after the end").Change(unused.ToString());

        SeesMoney(page);
        Assert.Empty(page.FindAll("input[type=date]"));
        await page.InvokeAsync(() => Button(page, "End subscription").Click());
        Assert.Equal(new SubscriptionChange.Ending(null, new TerminationChoice(bill, unused)), await answer);
    }

    [Fact]
    public async Task An_end_before_what_was_billed_is_refused()
    {
        await using var contract = await Office();
        var parameters = await End(contract);
        await contract.Bill(new LocalDate(2024, 1, 31));
        var (page, _) = Open(parameters);

        Field(page, "Last day").Change("2024-01-20");

        Assert.Equal("Subscription acme-1 cannot end before 2024-01-31.", SeesRefusal(page));
        Assert.True(Button(page, "End subscription").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData("now", false)]
    [InlineData("next", true)]
    public async Task Units_are_changed_from_today_or_from_the_next_period(string from, bool next)
    {
        await using var contract = await Office();
        var (page, answer) = Open(await Units(contract));
        Assert.Equal("Desks: 3 now", Field(page, "Fixed charge").QuerySelector("option")!.TextContent);
        Assert.True(Button(page, "Change units").HasAttribute("disabled"));

        Field(page, "Units").Change("5");
        Field(page, "From when").Change(from);

        SeesMoney(page);
        await page.InvokeAsync(() => Button(page, "Change units").Click());
        Assert.Equal(new SubscriptionChange.OfUnits("desks", 5, next), await answer);
    }

    [Theory]
    [InlineData("-1", "Units must not be negative.")]
    [InlineData("five", "Use 1,234.")]
    public async Task Units_that_are_none_are_refused_at_the_field(string typed, string sentence)
    {
        await using var contract = await Office();
        var (page, _) = Open(await Units(contract));

        Field(page, "Units").Change(typed);

        Assert.Contains(sentence, page.Find(".mud-dialog-content").TextContent, StringComparison.Ordinal);
        Assert.True(Button(page, "Change units").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_dialog_that_is_cancelled_changes_nothing()
    {
        await using var contract = await Office();
        var (page, answer) = Open(await End(contract));

        await page.InvokeAsync(() => Button(page, "Cancel").Click());

        Assert.Null(await answer);
    }

    /// <summary>Small with three desks, in mid-February; a bigger and a tiny plan beside it.</summary>
    private static async Task<Contract> Office()
    {
        var contract = await Contract.Create();
        await contract.Plan("small", 29, settings: new PlanSettings { PayInAdvance = true, FixedCharges = [Contract.Desks(3)] });
        await contract.Plan("big", 290);
        await contract.Plan("tiny", 9);
        return contract;
    }

    private async Task<SubscriptionView> View(Contract contract)
    {
        var id = await contract.Start("small", NewYear);
        contract.At("2024-02-12T06:00:00Z");
        Enter(contract);
        return await contract.View(id);
    }

    private async Task<DialogParameters<ChangePlanDialog>> ChangePlan(Contract contract)
    {
        var view = await View(contract);
        var offered = await contract.Ask<LifeQueries, IReadOnlyList<TermsChoice>>(lives => lives.Choices(view.Row.Id));
        return new DialogParameters<ChangePlanDialog> { { d => d.View, view }, { d => d.Offered, offered } };
    }

    private async Task<DialogParameters<EndDialog>> End(Contract contract) => new() { { d => d.View, await View(contract) } };

    private async Task<DialogParameters<UnitsDialog>> Units(Contract contract) => new() { { d => d.View, await View(contract) } };
}
