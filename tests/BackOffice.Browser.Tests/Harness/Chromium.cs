using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BackOffice.Browser.Tests.Harness.Chromium))]
[assembly: Xunit.v3.Parallelization(MaxThreads = 1)]

namespace BackOffice.Browser.Tests.Harness;

/// <summary>One browser for the whole run; every person gets a context of his own, with his own cookies.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const float Patience = 20_000;

    private static readonly string[] Flags =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable("BACKOFFICE_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";
        if (!File.Exists(program))
        {
            throw new InvalidOperationException(
                $"The browser tests need Chromium and there is none at {program}: "
                + "sudo apt-get install chromium, or name one in BACKOFFICE_CHROMIUM.");
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program, Headless = true, ChromiumSandbox = false, Args = Flags,
        });
        Assertions.SetDefaultExpectTimeout(Patience);
    }

    /// <summary>A new window that knows nobody yet.</summary>
    public async Task<IPage> Window(Uri site, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = site.ToString(), ViewportSize = new() { Width = width, Height = height }, Locale = "en-GB",
            TimezoneId = "Europe/Berlin", ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
