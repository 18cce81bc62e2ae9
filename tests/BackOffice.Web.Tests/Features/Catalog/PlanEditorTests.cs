using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Settings;
using BackOffice.Web.Shared;
using BackOffice.Web.Tests.Shared;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Catalog;

public sealed class PlanEditorTests : PageTest
{
    [Fact]
    public async Task Tiers_are_typed_said_in_words_and_calculated()
    {
        await using var test = await Database();
        var page = await Editor(test);

        TypeInputTokens(page);
        Input(page, "[data-calculator='1']", "Input tokens").Change("18,059,974");

        Assert.Equal(
            "First 1,000,000 at 3.00 EUR; 1,000,000 to 10,000,000 at 2.50 EUR; above 10,000,000 at 2.00 EUR, per 1,000,000",
            page.Find("[data-words]").TextContent.Trim());
        Assert.Equal("41.619948\u00A0EUR", page.Find("[data-exact]").TextContent.Trim());
        Assert.Equal("41.62\u00A0EUR", page.Find("[data-rounded]").TextContent.Trim());
        Assert.Equal("41.62\u00A0EUR", page.Find("[data-total]").TextContent.Trim());
    }

    [Fact]
    public async Task What_is_saved_is_what_was_typed()
    {
        await using var test = await Database();
        var page = await Editor(test);
        Input(page, "form", "Name").Input("AI API");
        TypeInputTokens(page);

        await page.InvokeAsync(() => Button(page, "Save draft").Click());
        page.WaitForState(() => Services.GetRequiredService<NavigationManager>().Uri.Contains("/plans/", StringComparison.Ordinal));

        await using var db = await test.Open();
        var plan = await db.Plans.SingleAsync();
        Assert.Equal(("ai-api", "AI API"), (plan.Code, plan.Name));
        Assert.Equal(Samples.InputTokenPrice, Assert.Single(plan.Draft!.Charges).Price);
    }

    [Fact]
    public async Task A_wrong_tier_is_named_at_the_charge_and_nothing_typed_is_lost()
    {
        await using var test = await Database();
        var page = await Editor(test);
        Input(page, "form", "Name").Input("AI API");
        TypeInputTokens(page);

        Input(page, "[data-tier='2']", "Up to").Change("500,000");
        await page.InvokeAsync(() => Button(page, "Save draft").Click());

        Assert.Equal("Tier 2 must end above 1,000,000, where the tier before it ends.", page.Find("[data-words]").TextContent.Trim());
        Assert.Contains("\"Input tokens\": Tier 2 must end above", page.Find(".notice-bad").TextContent, StringComparison.Ordinal);
        Assert.Equal("500,000", Input(page, "[data-tier='2']", "Up to").GetAttribute("value"));
        await using var db = await test.Open();
        Assert.False(await db.Plans.AnyAsync());
    }

    [Fact]
    public async Task Enter_in_the_last_tier_adds_one_and_says_so_while_in_others_it_only_moves()
    {
        await using var test = await Database();
        var page = await Editor(test);
        TypeInputTokens(page);

        page.Find("[data-tier='1']").KeyDown(new KeyboardEventArgs { Key = "Enter" });
        Assert.Equal(3, page.FindAll("[data-tier]").Count);

        page.Find("[data-tier='3']").KeyDown(new KeyboardEventArgs { Key = "Enter" });
        Assert.Equal(4, page.FindAll("[data-tier]").Count);
        Assert.Equal("Tier 4 added. Enter where tier 3 ends.", page.Find("[data-announced]").TextContent);
        Assert.Equal("Enter where tier 3 ends.", page.Find("[data-words]").TextContent.Trim());
        Assert.Equal("2", Input(page, "[data-tier='3']", "Unit price").GetAttribute("value"));
    }

    [Fact]
    public async Task Ctrl_and_Delete_or_the_cross_take_a_tier_away_and_the_last_one_stays()
    {
        await using var test = await Database();
        var page = await Editor(test);
        TypeInputTokens(page);

        page.Find("[data-tier='2']").KeyDown(new KeyboardEventArgs { Key = "Delete" });
        Assert.Equal(3, page.FindAll("[data-tier]").Count);

        page.Find("[data-tier='2']").KeyDown(new KeyboardEventArgs { Key = "Delete", CtrlKey = true });
        Assert.Equal("Tier 2 removed. 2 tiers are left.", page.Find("[data-announced]").TextContent);
        Assert.Contains("and above", page.Find("[data-tier='2']").TextContent, StringComparison.Ordinal);

        page.Find("[aria-label='Remove tier 1']").Click();
        Assert.Equal("Tier 1 removed. 1 tier is left.", page.Find("[data-announced]").TextContent);
        page.Find("[data-tier='1']").KeyDown(new KeyboardEventArgs { Key = "Delete", CtrlKey = true });
        Assert.Single(page.FindAll("[data-tier]"));
    }

    [Fact]
    public async Task A_charge_is_copied_for_another_metric_and_the_copy_is_changed_on_its_own()
    {
        await using var test = await Database();
        await test.AddMetric("output-tokens", "Output tokens");
        var page = await Editor(test);
        Input(page, "form", "Name").Input("AI API");
        TypeInputTokens(page);

        page.Find("[aria-label='Copy charge 1']").Click();
        Assert.Equal("", Input(page, "[data-charge='2']", "Metric").GetAttribute("value") ?? "");
        Input(page, "[data-charge='2']", "Metric").Change("output-tokens");
        Input(page, "[data-charge='2'] [data-tier='1']", "Unit price").Change("9.00");
        await page.InvokeAsync(() => Button(page, "Save draft").Click());
        page.WaitForState(() => Services.GetRequiredService<NavigationManager>().Uri.Contains("/plans/", StringComparison.Ordinal));

        await using var db = await test.Open();
        var charges = (await db.Plans.SingleAsync()).Draft!.Charges;
        Assert.Equal(["Input tokens", "Output tokens"], charges.Select(charge => charge.Name));
        Assert.Equal(Samples.InputTokenPrice, charges[0].Price);
        Assert.Equal([9m, 2.5m, 2m], ((GraduatedPrice)charges[1].Price).Tiers.Select(tier => tier.UnitPrice));
    }

    [Fact]
    public async Task A_plan_is_duplicated_under_a_name_and_code_of_its_own()
    {
        await using var test = await Database();
        var model = await test.AddPlan();
        Prepare(test);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/plans/new?from={model.Value}");

        var page = await Editor(test);
        Assert.Equal("Copy of AI API", Input(page, "form", "Name").GetAttribute("value"));
        await page.InvokeAsync(() => Button(page, "Save draft").Click());
        page.WaitForState(() => !Services.GetRequiredService<NavigationManager>().Uri.Contains("from=", StringComparison.Ordinal));

        await using var db = await test.Open();
        var plans = await db.Plans.OrderBy(plan => plan.Code).ToListAsync();
        Assert.Equal(["ai-api", "copy-of-ai-api"], plans.Select(plan => plan.Code));
        Assert.Equal(plans[0].Draft!.BaseFee, plans[1].Draft!.BaseFee);
    }

    [Fact]
    public async Task A_percentage_has_its_own_fields_and_the_calculator_asks_for_transactions()
    {
        await using var test = await Database();
        var page = await Editor(test);
        Button(page, "Add usage charge").Click();
        Input(page, "[data-charge='1']", "Metric").Change("input-tokens");
        Input(page, "[data-charge='1']", "Price model").Change("Percentage");
        Input(page, "[data-charge='1']", "Percentage").Change("1.3");
        Input(page, "[data-charge='1']", "Fee for each transaction").Change("0.25");

        Input(page, "[data-calculator='1']", "Input tokens").Change("100 200");

        Assert.Equal("1.3 % of the amount plus 0.25 EUR for each transaction", page.Find("[data-words]").TextContent.Trim());
        Assert.Equal("4.40\u00A0EUR", page.Find("[data-total]").TextContent.Trim());
        Assert.StartsWith("From 0 to ", page.Find("[data-chart] svg").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_a_version_says_is_typed_and_saved()
    {
        await using var test = await Database();
        var page = await Editor(test);
        Input(page, "form", "Name").Input("Platform");
        Input(page, "form", "Billed each").Change("Yearly");
        Input(page, "form", "Base fee per year").Change("1,200.00");
        Input(page, "form", "Trial").Change("14");
        Input(page, "form", "Commitment").Change("5,000.00");
        Button(page, "Add fixed charge").Click();
        Input(page, "[data-fixed='1']", "Invoice line").Input("Seats");
        Input(page, "[data-fixed='1']", "Units at the start").Change("5");
        Input(page, "[data-fixed='1']", "Unit price").Change("10");
        TypeInputTokens(page);
        Input(page, "[data-charge='1']", "Minimum for a period").Change("25.00");
        Button(page, "Add sum").Click();
        Input(page, "[data-early-billing]", "Sum 1").Change("200.00");
        Input(page, "[data-early-billing]", "Name of sum 1").Change("Watch");
        Input(page, "form", "Then every").Change("1,000.00");

        await page.InvokeAsync(() => Button(page, "Save draft").Click());
        page.WaitForState(() => Services.GetRequiredService<NavigationManager>().Uri.Contains("/plans/", StringComparison.Ordinal));

        await using var db = await test.Open();
        var plan = await db.Plans.SingleAsync();
        var settings = plan.Draft!.Settings;
        Assert.Equal((BillingInterval.Yearly, 1_200m, 14), (plan.Interval, plan.Draft.BaseFee.Amount, settings.TrialDays));
        Assert.Equal(5_000m, settings.Commitment!.Amount.Amount);
        var seats = Assert.Single(settings.FixedCharges);
        Assert.Equal(("seats", 5m, new PerUnitPrice(10)), (seats.Code, seats.Units, (PerUnitPrice)seats.Price));
        Assert.Equal(25m, plan.Draft.Charges.Single().Settings.Minimum!.Amount);
        Assert.Equal(
            "Usage is billed early when it reaches 200.00\u00A0EUR (Watch), then every 1,000.00\u00A0EUR",
            TermsInWords.EarlyBilling(settings.EarlyBilling!));
    }

    [Fact]
    public async Task A_list_without_plans_says_what_to_do()
    {
        await using var test = await Database();
        Prepare(test);

        var page = Render<PlansPage>();

        page.WaitForAssertion(() => Assert.Contains("No plans yet", page.Find(".empty h2").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("table"));
    }

    private static async Task<TestOffice> Database()
    {
        var test = await TestOffice.Create();
        await test.AddMetric();
        return test;
    }

    private void Prepare(TestOffice test)
    {
        AddAuthorization().SetAuthorized("otto").SetPolicies(nameof(Permission.Read), nameof(Permission.EditCatalog));
        Services.AddSingleton(test.Services.GetRequiredService<IDbContextFactory<BackOfficeDb>>());
        Services.AddSingleton<IClock>(test.Services.GetRequiredService<IClock>());
        Services.AddSingleton<IHttpContextAccessor, HttpContextAccessor>();
        Services.AddScoped<ActorSource>().AddScoped<Gate>().AddScoped<CatalogQueries>().AddScoped<CompanyQueries>().AddScoped<SavePlan>();
        Services.AddScoped<SimulationQueries>();
    }

    private async Task<IRenderedComponent<PlanEditPage>> Editor(TestOffice test)
    {
        if (Services.All(service => service.ServiceType != typeof(CatalogQueries)))
        {
            Prepare(test);
        }

        var clara = await test.AddPerson("clara", Roles.Clerk);
        Services.GetRequiredService<ActorSource>().ActAs(new Actor(clara.Id, "clara"));
        var page = Render<PlanEditPage>();
        page.WaitForElement("form");
        return page;
    }

    private static void TypeInputTokens(IRenderedComponent<PlanEditPage> page)
    {
        Button(page, "Add usage charge").Click();
        Input(page, "[data-charge='1']", "Metric").Change("input-tokens");
        Input(page, "[data-charge='1']", "Price model").Change("Graduated");
        Input(page, "[data-charge='1']", "Unit price is per").Change("1000000");
        Button(page, "Add tier").Click();
        Input(page, "[data-tier='1']", "Up to").Change("1,000,000");
        Input(page, "[data-tier='1']", "Unit price").Change("3.00");
        Input(page, "[data-tier='2']", "Up to").Change("10,000,000");
        Input(page, "[data-tier='2']", "Unit price").Change("2.50");
        Input(page, "[data-tier='3']", "Unit price").Change("2.00");
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<PlanEditPage> page, string text) =>
        page.FindAll("button").First(button => button.TextContent.Trim() == text);

    private static AngleSharp.Dom.IElement Input(IRenderedComponent<PlanEditPage> page, string scope, string label)
    {
        var found = page.Find(scope).QuerySelectorAll("label").First(l => l.TextContent.Trim().TrimEnd('*') == label);
        return page.Find($"#{found.GetAttribute("for")}");
    }
}
