using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using NodaTime;

namespace BackOffice.Browser.Tests.Harness;

/// <summary>A fresh installation of the real application on a loopback port, with a data directory of its own.</summary>
public sealed partial class Office : WebApplicationFactory<Program>
{
    private readonly string _directory = Directory.CreateTempSubdirectory("backoffice-browser-").FullName;
    private readonly string _name;
    private readonly Chromium _chromium;
    private readonly List<string> _complaints = [];
    private readonly List<IPage> _windows = [];

    private readonly StoppedClock? _clock;

    /// <param name="now">The moment at which the installation's clock stands; null for the machine's clock.</param>
    public Office(Chromium chromium, Instant? now = null, [CallerFilePath] string caller = "")
    {
        _clock = now is { } moment ? new StoppedClock(moment) : null;
        _name = Path.GetFileNameWithoutExtension(caller);
        _chromium = chromium;
        var terminal = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            UseKestrel(0);
            StartServer();
            SpinWait.SpinUntil(() => SetUpLine().IsMatch(printed.ToString()), TimeSpan.FromSeconds(10));
        }
        finally
        {
            Console.SetOut(terminal);
        }

        Site = new UriBuilder(ClientOptions.BaseAddress) { Host = "localhost" }.Uri;
        SetUpLink = SetUpLine().Match(printed.ToString()) is { Success: true } line
            ? line.Groups["path"].Value
            : throw new InvalidOperationException($"The server printed no set-up link, but: {printed}");
    }

    /// <summary>Where pictures go: below the test program, never into the sources.</summary>
    public static string Shots { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public Uri Site { get; }

    /// <summary>Time passes in an installation whose clock stands.</summary>
    public void ComesTo(Instant moment) => _clock!.Now = moment;

    /// <summary>The path and token the server printed when it started.</summary>
    public string SetUpLink { get; }

    /// <summary>What browsers wrote to their consoles as errors, refused content among it.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>A browser window that is not signed in. Its trace of errors ends in <see cref="Complaints"/>.</summary>
    public async Task<IPage> Window(int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await _chromium.Window(Site, width, height, scheme);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _complaints.Add($"{page.Url}: {error}");
        _windows.Add(page);
        return page;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var (window, number) in _windows.Select((window, i) => (window, i + 1)))
        {
            await window.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"last-{_name}-{number}.png"), FullPage = true });
            await window.Context.CloseAsync();
        }

        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("DataDirectory", _directory);
        builder.UseSetting("SignInAttemptsPerMinute", "1000");
        builder.ConfigureLogging(logging => logging.ClearProviders());
        if (_clock is { } clock)
        {
            builder.ConfigureTestServices(services => services.AddSingleton<NodaTime.IClock>(clock));
        }
    }

    /// <summary>Days count in billing, so a journey through a month stands on one of them.</summary>
    private sealed class StoppedClock(Instant now) : NodaTime.IClock
    {
        public Instant Now { get; set; } = now;

        public Instant GetCurrentInstant() => Now;
    }

    [GeneratedRegex("^Set up BackOffice: http://[^/]+(?<path>/setup\\?token=\\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex SetUpLine();
}
