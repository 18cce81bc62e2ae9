using BackOffice.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests.Screens;

/// <summary>What an administrator changes: schedules and tax rates.</summary>
public static class SettingsScreens
{
    public static async Task PlanNights(this Person person, string time)
    {
        await person.Open("/settings/schedules");
        await person.Fill("Time", time);
        await person.Press("Save");
        await person.NightsAre($"Every night at {time} Europe/Berlin", time);
    }

    public static async Task NightsAre(this Person person, string words, string time)
    {
        await Assertions.Expect(person.Page.Locator(".schedule-words")).ToContainTextAsync(words);
        var nights = person.Page.Locator(".planned tbody tr");
        await Assertions.Expect(nights).ToHaveCountAsync(5);
        foreach (var night in await nights.AllInnerTextsAsync())
        {
            Assert.Contains($", {time}", night, StringComparison.Ordinal);
            Assert.Contains("Europe/Berlin, UTC+", night, StringComparison.Ordinal);
        }
    }

    public static async Task PauseNights(this Person person)
    {
        await person.Press("Pause");
        await person.Reads("Paused: nothing starts by itself until it goes on.");
        await Assertions.Expect(person.Page.Locator(".planned")).ToHaveCountAsync(0);
    }

    public static async Task AddPercentage(this Person person, string tax, string percent, string validFrom)
    {
        await person.Open("/settings/tax-rates");
        await person.Press($"New percentage for {tax}");
        var dialog = person.Page.GetByRole(AriaRole.Dialog);
        await Person.Fill(dialog, "Percent", percent);
        await Person.Fill(dialog, "Valid from", validFrom);
        await Person.Press(dialog, "Schedule percentage");
    }

    /// <summary>Adds somebody and returns the password that is shown once.</summary>
    public static async Task<string> AddUser(this Person person, string name, string mail, string role)
    {
        await person.Open("/settings/users");
        await person.Press("Add user");
        var dialog = person.Page.GetByRole(AriaRole.Dialog);
        await Person.Fill(dialog, "Name", name);
        await Person.Fill(dialog, "E-mail", mail);
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = role }).CheckAsync();
        await Person.Press(dialog, "Add user");
        var password = await person.Page.GetByTestId("one-time-password").InnerTextAsync();
        await person.Press("I have noted it");
        await Assertions.Expect(person.Row(name)).ToContainTextAsync("One-time password");
        return password.Trim();
    }
}
