using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests.Harness;

/// <summary>Looks at one page as people with little sight, in the dark and with a small screen would.</summary>
public static class Inspection
{
    /// <summary>Pictures of every page, in both themes and two widths, for a human to look at.</summary>
    private static readonly bool TakesPictures = Environment.GetEnvironmentVariable("BACKOFFICE_SCREENSHOTS") == "1";

    private static readonly HashSet<ResultType> OnlyFaults = [ResultType.Violations];
    private static readonly AxeRunOptions Everything = new() { ResultTypes = OnlyFaults };
    private static readonly AxeRunOptions OnlyContrast =
        new() { ResultTypes = OnlyFaults, RunOnly = new() { Type = "rule", Values = ["color-contrast"] } };

    /// <summary>What is wrong with a page in light and in dark, and on a telephone. Everything but contrast is the same in both.</summary>
    public static async Task<IReadOnlyList<string>> Faults(this Person person, string name, string address)
    {
        List<string> faults = [];
        foreach (var (scheme, options) in new[] { (ColorScheme.Light, Everything), (ColorScheme.Dark, OnlyContrast) })
        {
            await person.Page.SetViewportSizeAsync(1440, 900);
            await person.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await person.Open(address);
            await Assertions.Expect(person.Page.Locator(".skeleton-row")).ToHaveCountAsync(0);
            faults.AddRange(await Axe(person.Page, $"{name}, {scheme}", options));
            await Picture(person.Page, $"{name}-1440-{scheme}".ToLowerInvariant());
            await person.Page.SetViewportSizeAsync(390, 844);
            if (scheme == ColorScheme.Light && await IsTooWide(person.Page))
            {
                faults.Add($"{name}: wider than a screen of 390 pixels");
            }

            await Picture(person.Page, $"{name}-390-{scheme}".ToLowerInvariant());
        }

        return faults;
    }

    private static async Task<IEnumerable<string>> Axe(IPage page, string where, AxeRunOptions options)
    {
        var result = await page.RunAxe(options);
        return result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Take(3).Select(node => $"{where}: {violation.Id}: {violation.Help}: {node.Html}"));
    }

    /// <summary>Waits a little, as the menu closes when the screen gets small.</summary>
    private static async Task<bool> IsTooWide(IPage page)
    {
        try
        {
            await Assertions.Expect(page.Locator("html")).ToHaveJSPropertyAsync("scrollWidth", 390, new() { Timeout = 3_000 });
            return false;
        }
        catch (PlaywrightException)
        {
            return true;
        }
    }

    /// <summary>Pictures of what stands on the screen now, in both themes and two widths.</summary>
    public static async Task Pictures(this Person person, string name)
    {
        if (!TakesPictures)
        {
            return;
        }

        foreach (var width in new[] { 1440, 390 })
        {
            foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
            {
                await person.Page.SetViewportSizeAsync(width, width == 390 ? 844 : 900);
                await person.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await Picture(person.Page, $"{name}-{width}-{scheme}".ToLowerInvariant());
            }
        }

        await person.Page.SetViewportSizeAsync(1440, 900);
    }

    private static async Task Picture(IPage page, string name)
    {
        if (TakesPictures)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Office.Shots, name + ".png"), FullPage = true });
        }
    }
}
