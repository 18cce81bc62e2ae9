using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Web.Features.Subscriptions;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Subscriptions;

/// <summary>The form that starts a subscription: every choice, and everything it refuses.</summary>
public sealed class StartFormTests : SubscriptionPageTest
{
    [Fact]
    public async Task A_customer_and_a_plan_are_enough_and_the_rest_is_suggested()
    {
        await using var contract = await Office();
        var page = Form(contract);

        Choose(page);
        Assert.Equal("acme-api", Field(page, "Code").GetAttribute("value"));
        Assert.Equal("2024-01-01", Field(page, "First day").GetAttribute("value"));
        await Press(page, "Start subscription");

        var stored = await Stored(contract);
        Assert.Equal(("acme-api", new LocalDate(2024, 1, 1), 1), (stored.Code, stored.StartsOn, stored.PlanVersion));
        Assert.Null(stored.Course.Phases[0].Agreed);
    }

    [Theory]
    [InlineData(nameof(TimingChoice.Calendar), "calendar")]
    [InlineData(nameof(TimingChoice.Anniversary), "anniversary")]
    [InlineData(nameof(TimingChoice.Day), "on day 15")]
    public async Task Periods_begin_as_was_chosen(string timing, string stored)
    {
        await using var contract = await Office();
        var page = Form(contract);
        Choose(page);

        Field(page, "Periods begin").Change(timing);
        if (timing == nameof(TimingChoice.Day))
        {
            Field(page, "Day of the month").Change("15");
        }

        await Press(page, "Start subscription");

        Assert.Equal(stored, (await Stored(contract)).Course.Timing.ToString());
    }

    [Fact]
    public async Task Moments_and_days_are_taken_over()
    {
        await using var contract = await Office();
        var page = Form(contract);
        Choose(page);

        Field(page, "First day").Change("2023-11-15");
        Field(page, "Time of the start").Change("14:30");
        Field(page, "Bill from").Change("2024-01-01");
        Field(page, "Last day").Change("2024-06-30");
        await Press(page, "Start subscription");

        var stored = await Stored(contract);
        Assert.Equal((new LocalDate(2023, 11, 15), new LocalDate(2024, 6, 30)), (stored.StartsOn, stored.EndsOn));
        Assert.Equal(Instant.FromUtc(2023, 11, 15, 14, 30), stored.Course.Phases[0].From);
        Assert.Equal(new LocalDate(2024, 1, 1), stored.Course.BillFrom);
    }

    [Fact]
    public async Task Fee_trial_commitment_units_prices_and_limits_are_agreed_and_shown_beside_what_the_plan_says()
    {
        await using var contract = await Office();
        var page = Form(contract);
        Choose(page);

        Field(page, "Base fee").Change("25.00");
        Field(page, "Trial").Change("14");
        Field(page, "Commitment").Change("0");
        Field(page, "Units of Desks").Change("7");
        Field(page, "Another price for Calls").Change(true);
        Field(page, "Price model", "[data-agreed='calls']").Change("Graduated");
        Field(page, "Up to", "[data-agreed='calls'] [data-tier='1']").Change("100");
        Field(page, "Unit price", "[data-agreed='calls'] [data-tier='1']").Change("0.90");
        Field(page, "Unit price", "[data-agreed='calls'] [data-tier='2']").Change("0.50");
        Field(page, "Maximum for a period", "[data-agreed='calls']").Change("500.00");
        Assert.Equal("First 100 at 0.90 EUR; above 100 at 0.50 EUR, per unit", page.Find("[data-agreed-words]").TextContent.Trim());
        await Press(page, "Start subscription");

        var agreed = (await Stored(contract)).Course.Phases[0].Agreed!;
        Assert.Equal((Contract.Euros(25), 14, Contract.Euros(0)), (agreed.BaseFee, agreed.TrialDays, agreed.Commitment));
        Assert.Equal([new FixedChargeOverride("desks", 7)], agreed.FixedCharges);
        var price = new GraduatedPrice([new PriceTier(100, 0.90m), new PriceTier(null, 0.50m)]);
        Assert.Equal([new ChargeOverride(contract.Calls.Id, price, null, Contract.Euros(500))], agreed.Charges);
        var shown = (await contract.View((await Stored(contract)).Id)).Prices;
        Assert.Equal(
            [
                ("Base fee", "25.00 EUR a month, after it has ended", "29.00 EUR a month, after it has ended"),
                ("Desks", "7 units, 10.00 EUR per unit", "3 units, 10.00 EUR per unit"),
                ("Calls", "First 100 at 0.90 EUR; above 100 at 0.50 EUR, per unit; At most 500.00 EUR in a period", "1.00 EUR per unit"),
                ("Minimum commitment", "None", "At least 300.00 EUR a period"),
            ],
            shown.Select(part => (part.Name, Plain(part.InWords), Plain(part.ThePlan!))));
    }

    [Fact]
    public async Task An_agreed_price_that_is_taken_back_leaves_the_plans()
    {
        await using var contract = await Office();
        var page = Form(contract);
        Choose(page);

        Field(page, "Another price for Desks").Change(true);
        Field(page, "Unit price", "[data-agreed-fixed='desks']").Change("8.00");
        Field(page, "Another price for Desks").Change(false);
        await Press(page, "Start subscription");

        Assert.Null((await Stored(contract)).Course.Phases[0].Agreed);
    }

    [Theory]
    [InlineData("Code", "", "The code is missing.")]
    [InlineData("Code", "acme 1", "is not a code")]
    [InlineData("First day", "", "First day is missing.")]
    [InlineData("First day", "1999-12-31", "A subscription starts in 2000 or later.")]
    [InlineData("Time of the start", "half past two", "Enter the time of the start such as 14:30, or leave it empty.")]
    [InlineData("Last day", "2023-12-01", "Last day must be 1 Jan 2024 or later.")]
    [InlineData("Base fee", "cheap", "Use 1,234.50.")]
    [InlineData("Base fee", "-1", "Base fee must not be negative.")]
    [InlineData("Trial", "1.5", "Use a whole number.")]
    [InlineData("Units of Desks", "-2", "Units of Desks must not be negative.")]
    [InlineData("Maximum for a period", "abc", "Use 1,234.50.")]
    public async Task What_is_wrong_is_said_and_nothing_is_stored(string field, string typed, string sentence)
    {
        await using var contract = await Office();
        var page = Form(contract);
        Choose(page);

        Field(page, field).Change(typed);
        await Press(page, "Start subscription");

        Assert.Contains(sentence, page.Markup, StringComparison.Ordinal);
        await using var db = await contract.Open();
        Assert.False(await db.Subscriptions.AnyAsync());
    }

    [Theory]
    [InlineData("0", "The day of the month must be 1 to 31.")]
    [InlineData("32", "Day of the month must be at most 31.")]
    public async Task A_billing_day_is_a_day_of_the_month(string day, string sentence)
    {
        await using var contract = await Office();
        var page = Form(contract);
        Choose(page);

        Field(page, "Periods begin").Change(nameof(TimingChoice.Day));
        Field(page, "Day of the month").Change(day);
        await Press(page, "Start subscription");

        Assert.Contains(sentence, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agreed_price_that_lacks_something_names_its_charge()
    {
        await using var contract = await Office();
        var page = Form(contract);
        Choose(page);

        Field(page, "Another price for Calls").Change(true);
        Field(page, "Unit price", "[data-agreed='calls']").Change("");
        await Press(page, "Start subscription");

        Assert.Equal("\"Calls\": Enter the unit price.", page.Find(".notice-bad p").TextContent);
    }

    [Fact]
    public async Task A_least_that_is_above_the_most_is_refused_by_the_rules()
    {
        await using var contract = await Office();
        var page = Form(contract);
        Choose(page);

        Field(page, "Minimum for a period").Change("50.00");
        Field(page, "Maximum for a period").Change("40.00");
        await Press(page, "Start subscription");

        Assert.Equal(
            "\"Calls\" costs at least 50.00 EUR and at most 40.00 EUR, which cannot both be.", page.Find(".notice-bad p").TextContent);
    }

    [Fact]
    public async Task A_code_that_is_taken_is_refused_and_what_was_typed_stays()
    {
        await using var contract = await Office();
        await contract.Start("api", new LocalDate(2024, 1, 1));
        var page = Form(contract);
        Choose(page);

        Field(page, "Code").Change("acme-1");
        Field(page, "Base fee").Change("25.00");
        await Press(page, "Start subscription");

        Assert.Equal(
            "There is a subscription with the code acme-1 already. Choose another code.", page.Find(".notice-bad p").TextContent);
        Assert.Equal("25.00", Field(page, "Base fee").GetAttribute("value"));
    }

    [Fact]
    public async Task The_first_bills_are_shown_before_anything_is_stored()
    {
        await using var contract = await Office();
        contract.At("2024-02-12T06:00:00Z");
        var page = Form(contract);
        Choose(page);
        Field(page, "First day").Change("2024-01-01");
        Field(page, "Base fee").Change("25.00");
        Field(page, "Commitment").Change("0");

        await Press(page, "Show first bills");

        SeesMoney(page);
        Assert.Contains("25.00", page.Find("[data-document]").TextContent, StringComparison.Ordinal);
        await using var db = await contract.Open();
        Assert.False(await db.Subscriptions.AnyAsync());
    }

    [Fact]
    public async Task A_retired_plan_is_not_offered()
    {
        await using var contract = await Office();
        await using (var db = await contract.Open())
        {
            (await db.Plans.SingleAsync(plan => plan.Code == "api")).Retire(contract.Clock.GetCurrentInstant());
            await db.SaveChangesAsync();
        }

        var page = Form(contract);

        Assert.Equal(["", "other"], Field(page, "Plan").QuerySelectorAll("option").Select(option => option.GetAttribute("value")));
    }

    private static async Task<Contract> Office()
    {
        var contract = await Contract.Create();
        var desks = new FixedCharge("desks", "Desks", 3, new PerUnitPrice(10));
        await contract.Plan("api", 29, contract.OneForEachCall(), new PlanSettings
        {
            FixedCharges = [desks], Commitment = new MinimumCommitment(Contract.Euros(300)),
        });
        await contract.Plan("other", 39);
        return contract;
    }

    private IRenderedComponent<NewSubscriptionPage> Form(Contract contract)
    {
        Enter(contract);
        var page = Render<NewSubscriptionPage>();
        page.WaitForElement("form", Patience);
        return page;
    }

    private static void Choose(IRenderedComponent<NewSubscriptionPage> page)
    {
        Field(page, "Customer").Change("acme");
        Field(page, "Plan").Change("api");
        page.WaitForElement("details", Patience);
    }

    private static async Task Press(IRenderedComponent<NewSubscriptionPage> page, string button)
    {
        await page.InvokeAsync(() => Button(page, button).Click());
        page.WaitForState(() => !Button(page, button).HasAttribute("disabled"), Patience);
    }

    private async Task<Subscription> Stored(Contract contract)
    {
        Assert.Contains("/subscriptions?q=", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        await using var db = await contract.Open();
        return await db.Subscriptions.AsNoTracking().SingleAsync();
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
