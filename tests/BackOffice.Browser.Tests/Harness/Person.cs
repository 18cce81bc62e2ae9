using Microsoft.Playwright;

namespace BackOffice.Browser.Tests.Harness;

/// <summary>Somebody in front of a browser window, and the small movements every screen needs.</summary>
public sealed class Person(IPage page)
{
    public IPage Page { get; } = page;

    /// <summary>The content beside the menu.</summary>
    public ILocator Main => Page.Locator("main");

    /// <summary>Goes to an address and waits for the circuit: a click before it would be swallowed.</summary>
    public async Task Open(string address)
    {
        await Page.GotoAsync(address);
        await Page.Locator("main[data-interactive=true], main[data-interactive=static]").WaitForAsync();
    }

    /// <summary>Types into a labelled field and leaves it, as most fields are read when they are left.</summary>
    public Task Fill(string label, string text) => Fill(Page.Locator("body"), label, text);

    public static async Task Fill(ILocator part, string label, string text)
    {
        var field = part.GetByLabel(label, new() { Exact = true });
        await field.FillAsync(text);
        await field.BlurAsync();
    }

    public Task Choose(string label, string text) => Choose(Page.Locator("body"), label, text);

    public static Task Choose(ILocator part, string label, string text) =>
        part.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = text });

    public Task Press(string button) => Press(Page.Locator("body"), button);

    public static Task Press(ILocator part, string button) =>
        part.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task Follow(string link) => Main.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    /// <summary>Waits until the page with this heading is shown and answers clicks.</summary>
    public async Task Sees(string heading)
    {
        await Assertions.Expect(Page.Locator("h1")).ToContainTextAsync(heading);
        await Page.Locator("main[data-interactive=true], main[data-interactive=static]").WaitForAsync();
    }

    public Task Reads(string text) => Assertions.Expect(Main).ToContainTextAsync(text);

    public Task DoesNotSee(string button) =>
        Assertions.Expect(Main.GetByRole(AriaRole.Button, new() { Name = button })).ToHaveCountAsync(0);

    /// <summary>The row of a table that contains a text.</summary>
    public ILocator Row(string text) => Main.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    public Task<string> Screen() => Main.InnerTextAsync();
}
