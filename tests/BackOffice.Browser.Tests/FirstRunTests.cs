using BackOffice.Browser.Tests.Harness;
using BackOffice.Browser.Tests.Screens;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests;

/// <summary>Who gets in before there is an account, and what somebody may not do who only reads.</summary>
public sealed class FirstRunTests(Chromium chromium)
{
    private static readonly string[] ReadPages =
        ["/runs", "/invoices", "/customers", "/subscriptions", "/imports", "/metrics", "/plans", "/settings/tax-rates"];

    private static readonly string[] RefusedPages =
        ["/settings/users", "/settings/company", "/runs/new", "/imports/new", "/plans/new", "/customers/new"];

    [Theory]
    [InlineData("/")]
    [InlineData("/account/login")]
    [InlineData("/settings/users")]
    [InlineData("/setup?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Before_set_up_every_page_waits_for_the_link_and_a_wrong_link_opens_nothing(string address)
    {
        await using var office = new Office(chromium);
        var stranger = new Person(await office.Window());
        await stranger.Open(address);
        await stranger.Sees("Waiting for set-up");
        await Assertions.Expect(stranger.Page.GetByRole(AriaRole.Textbox)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_link_works_once_and_a_viewer_added_afterwards_reads_everything_and_changes_nothing()
    {
        await using var office = new Office(chromium);
        var ana = new Person(await office.Window());
        await ana.SetUp(office.SetUpLink);
        await ana.Open(office.SetUpLink);
        await ana.Sees("BackOffice is set up");
        await ana.DoesNotSee("Finish set-up");

        await ana.SignIn(SetupScreens.AdminMail, SetupScreens.AdminPassword);
        await ana.Sees("Home");
        var password = await ana.AddUser("Vera Viewer", "vera@nordlicht.example", "Viewer");
        var vera = new Person(await office.Window());
        await vera.SignIn("vera@nordlicht.example", password);
        await vera.ChooseOwnPassword(password, "velvet compass orchard");

        foreach (var address in ReadPages)
        {
            await vera.Open(address);
            await Assertions.Expect(vera.Page.Locator("header .page-actions :is(a, button)")).ToHaveCountAsync(0);
        }

        foreach (var address in RefusedPages)
        {
            await vera.Open(address);
            await vera.Sees("No access");
        }
    }
}
