using BackOffice.Browser.Tests.Harness;
using BackOffice.Browser.Tests.Screens;
using BackOffice.Data.Identity;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests;

/// <summary>Every page, with data and without, for everybody: no serious fault that axe knows, no error in the console.</summary>
/// <remarks>BACKOFFICE_SCREENSHOTS=1 also takes pictures of every page into "screenshots" beside the test program.</remarks>
public sealed class AccessibilityTests(FilledOffice filled, Chromium chromium) : IClassFixture<FilledOffice>
{
    private static readonly string[] EmptyPages =
    [
        "/runs", "/invoices", "/customers", "/subscriptions", "/subscriptions/new", "/imports", "/events", "/coverage", "/metrics",
        "/plans", "/plans/new",
        "/settings/tax-rates", "/settings/schedules", "/settings/company", "/audit",
    ];

    [Fact]
    public async Task Every_page_with_data_is_accessible_in_light_and_dark_and_fits_a_telephone()
    {
        var eva = await SignedIn(filled.Office, FilledOffice.EverythingMail);
        List<string> faults = [];
        foreach (var (name, address) in filled.Pages)
        {
            faults.AddRange(await eva.Faults(name, address));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Empty(filled.Office.Complaints);
    }

    [Fact]
    public async Task Every_empty_list_is_accessible_in_light_and_dark_and_fits_a_telephone()
    {
        await using var office = new Office(chromium);
        var stranger = new Person(await office.Window());
        List<string> faults =
            [.. await stranger.Faults("setup", office.SetUpLink), .. await stranger.Faults("setup-waiting", "/setup")];
        await FilledOffice.AddPerson(office, "Eva Everything", FilledOffice.EverythingMail, Roles.Clerk, Roles.Approver, Roles.Admin);
        faults.AddRange(await stranger.Faults("login", "/account/login"));

        var eva = await SignedIn(office, FilledOffice.EverythingMail);
        foreach (var address in EmptyPages)
        {
            faults.AddRange(await eva.Faults("empty" + address.Replace('/', '-'), address));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Empty(office.Complaints);
    }

    [Fact]
    public async Task The_first_stop_of_the_keyboard_leads_past_the_menu_and_the_next_ones_into_the_form()
    {
        var eva = await SignedIn(filled.Office, FilledOffice.EverythingMail);
        await eva.Open("/plans/new");
        await eva.Page.Locator("body").PressAsync("Tab");
        var skip = eva.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" });
        await skip.FocusAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync();
        await eva.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(eva.Main).ToBeFocusedAsync();
        await eva.Page.Keyboard.PressAsync("Tab");
        await eva.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(eva.Page.GetByLabel("Name", new() { Exact = true })).ToBeFocusedAsync();
    }

    private static async Task<Person> SignedIn(Office office, string mail)
    {
        var person = new Person(await office.Window());
        await person.SignIn(mail, FilledOffice.Password);
        await person.Sees("Home");
        return person;
    }
}
