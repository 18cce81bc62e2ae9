using BackOffice.Browser.Tests.Harness;
using BackOffice.Browser.Tests.Screens;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Setup;
using BackOffice.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;

namespace BackOffice.Browser.Tests;

/// <summary>New prices for a plan that customers are on: typed without a mouse, tried on a real month, published knowingly.</summary>
public sealed class PlanJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task A_new_version_is_typed_by_keyboard_tried_on_a_real_month_and_published_with_its_impact()
    {
        await using var office = new Office(chromium, Instant.FromUtc(2023, 12, 5, 8, 0));
        var eva = await AtEditor(office);
        var input = eva.Page.Locator("[data-charge='1']");

        await TypeTiers(eva, input);
        await PasteTiers(input);
        await Simulate(eva);
        await ReplayDraft(eva);
        await eva.Pictures("plan-edit-tried");
        await eva.SaveDraft("AI API");
        await PublishKnowingTheImpact(eva);
        await Retire(eva);

        Assert.Empty(office.Complaints);
    }

    private static async Task<Person> AtEditor(Office office)
    {
        await FilledOffice.AddPerson(office, "Eva Everything", FilledOffice.EverythingMail, Roles.Clerk, Roles.Approver, Roles.Admin);
        await using (var scope = office.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(Actor.CommandLine);
            await scope.ServiceProvider.GetRequiredService<DemoCompany>().Run();
        }

        var eva = new Person(await office.Window());
        await eva.SignIn(FilledOffice.EverythingMail, FilledOffice.Password);
        await eva.Sees("Home");
        await eva.Open("/plans");
        await eva.Follow("AI API");
        await eva.Sees("AI API");
        await eva.Follow("Start a new version");
        await eva.Sees("Edit AI API");
        return eva;
    }

    // Three tiers are there: two are deleted, the last is changed, and two are added after it. No mouse, and no Tab back.
    private static async Task TypeTiers(Person eva, ILocator input)
    {
        var keys = eva.Page.Keyboard;
        await Cell(input, 1, "Up to").FocusAsync();
        await keys.PressAsync("Control+Delete");
        await Assertions.Expect(input.Locator("[data-announced]")).ToHaveTextAsync("Tier 1 removed. 2 tiers are left.");
        await Assertions.Expect(Cell(input, 1, "Unit price")).ToBeFocusedAsync();
        await keys.PressAsync("Control+Delete");
        await Assertions.Expect(input.Locator("[data-announced]")).ToHaveTextAsync("Tier 1 removed. 1 tier is left.");
        await Assertions.Expect(Cell(input, 1, "Unit price")).ToBeFocusedAsync();

        await Type(keys, "4.00");
        await keys.PressAsync("Enter");
        await Assertions.Expect(Cell(input, 1, "Up to")).ToBeFocusedAsync();
        await Type(keys, "2000000");
        await keys.PressAsync("ArrowDown");
        await Assertions.Expect(Cell(input, 2, "Unit price")).ToBeFocusedAsync();
        await Type(keys, "3.00");
        await keys.PressAsync("Enter");
        await Assertions.Expect(Cell(input, 2, "Up to")).ToBeFocusedAsync();
        await Type(keys, "20000000");
        await keys.PressAsync("ArrowDown");
        await Type(keys, "1.00");
        await keys.PressAsync("ArrowUp");
        await Assertions.Expect(Cell(input, 2, "Unit price")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowRight");
        await Assertions.Expect(Cell(input, 2, "Flat fee")).ToBeFocusedAsync();

        await Assertions.Expect(input.Locator("[data-announced]")).ToHaveTextAsync("Tier 3 added. Enter where tier 2 ends.");
        await input.HasPrice(
            "First 2,000,000 at 4.00 USD; 2,000,000 to 20,000,000 at 3.00 USD; above 20,000,000 at 1.00 USD, per 1,000,000");
    }

    private static async Task PasteTiers(ILocator input)
    {
        await Person.Press(input, "Paste from a spreadsheet");
        await input.GetByLabel("Rows: up to, unit price, flat fee", new() { Exact = true })
            .FillAsync("1000000\t5.00\n5000000\t4.00\t10\n∞\t3.00");
        await Person.Press(input, "Use these tiers");
        await input.HasPrice(
            "First 1,000,000 at 5.00 USD; 1,000,000 to 5,000,000 at 4.00 USD plus 10.00 USD once; above 5,000,000 at 3.00 USD, "
            + "per 1,000,000");
        await Assertions.Expect(input.Locator("[data-announced]")).ToHaveTextAsync("3 tiers were pasted.");
    }

    private static async Task Simulate(Person eva)
    {
        await eva.Costs(1, "Input tokens", "18059974", "70.179922 USD", "70.18 USD");
        await Assertions.Expect(eva.Page.Locator("[data-calculator='1'] [data-chart] .here")).ToHaveCountAsync(1);
        await Assertions.Expect(eva.Page.Locator("[data-total]")).ToHaveTextAsync("169.18 USD");
        await eva.Choose("Compare with", "Version 1");
        await Assertions.Expect(eva.Page.Locator("[data-compared] td")).ToHaveTextAsync(["Total", "169.18 USD", "140.62 USD"]);
    }

    private static async Task ReplayDraft(Person eva)
    {
        await eva.Choose("Subscription", "rheinwerk-api");
        var replay = eva.Page.Locator("[data-replay]");
        await Assertions.Expect(replay.Locator("caption")).ToHaveTextAsync("1 Nov 2023 to 30 Nov 2023, before tax");
        await Assertions.Expect(replay.Locator("[data-replayed] td")).ToHaveTextAsync(["Total", "148.31 USD", "176.87 USD"]);

        await eva.Fill("Base fee per month", "89.00");
        await Person.Press(replay, "Replay again");
        await Assertions.Expect(replay.Locator("[data-replayed] td")).ToHaveTextAsync(["Total", "148.31 USD", "166.87 USD"]);
    }

    private static async Task PublishKnowingTheImpact(Person eva)
    {
        await eva.Press("Publish version 2");
        var dialog = eva.Page.GetByRole(AriaRole.Dialog);
        await Person.Press(dialog, "Preview the impact");
        await Assertions.Expect(dialog.Locator("[data-impact-done]"))
            .ToHaveTextAsync("All 2 subscriptions of the plan were computed.");
        await Assertions.Expect(dialog.Locator("[data-impact-total]"))
            .ToHaveTextAsync("2 subscriptions: 247.31 USD now, 255.87 USD with version 2, +8.56 USD.");
        await eva.Pictures("plan-publish-impact");
        await Person.Press(dialog, "Publish");
        await eva.Reads("Version 2 charges");
    }

    private static async Task Retire(Person eva)
    {
        await eva.Press("Retire…");
        await Person.Press(eva.Page.GetByRole(AriaRole.Dialog), "Retire plan");
        await eva.Reads("Retired on 5 Dec 2023: nobody new can subscribe to it.");
        await eva.Press("Offer again");
        await Assertions.Expect(eva.Page.Locator("[data-retired]")).ToHaveCountAsync(0);
    }

    private static ILocator Cell(ILocator charge, int tier, string label) =>
        charge.Locator($"[data-tier='{tier}']").GetByLabel(label, new() { Exact = true });

    // The cell is selected when it is reached, so typing replaces what it held.
    private static Task Type(IKeyboard keys, string text) => keys.TypeAsync(text);
}
