using System.Text.RegularExpressions;
using BackOffice.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests.Screens;

/// <summary>The first hour: the set-up wizard, signing in, choosing a password.</summary>
public static class SetupScreens
{
    public const string AdminMail = "ana@nordlicht.example";
    public const string ApproverMail = "otto@nordlicht.example";
    public const string AdminPassword = "harbour lamp violet";
    public const string TemporaryPassword = "copper window tiger";
    public const string ApproverPassword = "meadow anchor silver";

    /// <summary>Fills in the wizard behind the link and finishes it.</summary>
    public static async Task SetUp(this Person person, string link)
    {
        await person.Open(link);
        await person.Sees("Set up BackOffice");
        await FillPerson(person, "1. You, the administrator", "Ana Admin", AdminMail, AdminPassword);
        await FillPerson(person, "5. A second pair of eyes", "Otto Approver", ApproverMail, TemporaryPassword);
        await FillCompany(person);
        await Assertions.Expect(person.Page.Locator("[data-number-example]")).ToHaveTextAsync(new Regex("^INV-20[0-9]{2}-000001$"));
        await person.Fill("Code", "DE-VAT");
        await person.Fill("Name on the invoice", "VAT");
        await person.Fill("Percent", "19");
        await person.Fill("Valid from", "2021-01-01");
        await person.Press("Finish set-up");
        await person.Sees("Sign in");
    }

    public static async Task SignIn(this Person person, string mail, string password)
    {
        await person.Open("/account/login");
        await person.Fill("E-mail", mail);
        await person.Fill("Password", password);
        await person.Press("Sign in");
    }

    /// <summary>The first sign-in with a password that somebody else made.</summary>
    public static async Task ChooseOwnPassword(this Person person, string temporary, string own)
    {
        await person.Sees("Choose your own password");
        await person.Fill("Current password", temporary);
        await person.Fill("New password", own);
        await person.Fill("New password again", own);
        await person.Press("Change password");
        await person.Reads("Your password is changed.");
        await person.Open("/");
        await person.Sees("Home");
    }

    private static async Task FillPerson(Person person, string section, string name, string mail, string password)
    {
        var part = person.Page.GetByRole(AriaRole.Group, new() { Name = section });
        await Person.Fill(part, "Name", name);
        await Person.Fill(part, "E-mail", mail);
        await Person.Fill(part, "Password", password);
        await Person.Fill(part, "Password again", password);
    }

    private static async Task FillCompany(Person person)
    {
        await person.Fill("Legal name", "Nordlicht Cloud GmbH");
        await person.Fill("Street and number", "Speicherstraße 12");
        await person.Page.GetByLabel("Postal code").FillAsync("10243");
        await person.Fill("City", "Berlin");
        await person.Choose("Country", "Germany");
        await person.Page.GetByLabel("Tax number").FillAsync("DE739853787");
        await person.Page.GetByLabel("Currency").SelectOptionAsync("EUR");
        await person.Page.GetByLabel("Time zone").SelectOptionAsync("Europe/Berlin");
    }
}
