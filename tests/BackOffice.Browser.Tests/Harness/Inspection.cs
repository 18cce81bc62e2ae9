using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests.Harness;

/// <summary>Looks at one page as people with little sight, in the dark and with a small screen would.</summary>
public static class Inspection
{
    private const string Background = """
        () => {
          const root = getComputedStyle(document.documentElement);
          return root.getPropertyValue('--mud-palette-background') || root.backgroundColor;
        }
        """;

    /// <summary>Pictures of every page, in both themes and two widths, for a human to look at.</summary>
    private static readonly bool TakesPictures = Environment.GetEnvironmentVariable("BACKOFFICE_SCREENSHOTS") == "1";

    private static readonly AxeRunOptions OnlyContrast = new() { RunOnly = new() { Type = "rule", Values = ["color-contrast"] } };

    /// <summary>What is wrong with a page in light and in dark, and on a telephone. Everything but contrast is the same in both.</summary>
    public static async Task<IReadOnlyList<string>> Faults(this Person person, string name, string address)
    {
        var page = person.Page;
        await page.SetViewportSizeAsync(1440, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await person.Open(address);
        await Assertions.Expect(page.Locator(".skeleton-row")).ToHaveCountAsync(0);
        List<string> faults = [.. await Axe(page, $"{name}, light", null)];
        await Picture(page, $"{name}-1440-light");

        var light = await page.EvaluateAsync<string>(Background);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.WaitForFunctionAsync($"light => ({Background})() !== light", light);
        faults.AddRange(await Axe(page, $"{name}, dark", OnlyContrast));
        await Picture(page, $"{name}-1440-dark");

        await page.SetViewportSizeAsync(390, 844);
        var width = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        if (width > 390)
        {
            faults.Add($"{name}: {width} pixels wide on a screen of 390");
        }

        await PicturesOfTelephone(page, name, light);
        return faults;
    }

    private static async Task<IEnumerable<string>> Axe(IPage page, string where, AxeRunOptions? options)
    {
        var result = await page.RunAxe(options);
        return result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Take(3).Select(node => $"{where}: {violation.Id}: {violation.Help}: {node.Html}"));
    }

    private static async Task PicturesOfTelephone(IPage page, string name, string light)
    {
        if (TakesPictures)
        {
            await Picture(page, $"{name}-390-dark");
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            await page.WaitForFunctionAsync($"light => ({Background})() === light", light);
            await Picture(page, $"{name}-390-light");
        }
    }

    private static async Task Picture(IPage page, string name)
    {
        if (TakesPictures)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Office.Shots, name + ".png"), FullPage = true });
        }
    }
}
