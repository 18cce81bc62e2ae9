using System.Net;
using System.Text.RegularExpressions;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Users;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BackOffice.Web.Tests;

/// <summary>The whole application in the test's process, with a data directory of its own.</summary>
public sealed partial class WebApp : WebApplicationFactory<Program>
{
    public const string Password = "harbour lamp violet";
    private readonly string _directory = Directory.CreateTempSubdirectory("backoffice-").FullName;

    /// <summary>Settings to change; set before the first client.</summary>
    public Dictionary<string, string> Settings { get; } = new() { ["SignInAttemptsPerMinute"] = "1000" };

    /// <summary>A client that does not follow redirects and keeps cookies.</summary>
    public HttpClient Browser() => CreateClient(new() { AllowAutoRedirect = false });

    public async Task<AppUser> AddPerson(string name, bool temporary = false, params string[] roles) =>
        await new Accounts(Services.GetRequiredService<IServiceScopeFactory>()).InTransaction((users, _) =>
            Accounts.Create(users, new(name, $"{name}@example.test", Password, roles, temporary)));

    /// <summary>Posts a form of a page, with the page's hidden fields.</summary>
    public static async Task<HttpResponseMessage> Post(HttpClient browser, string page, params (string Name, string Value)[] fields)
    {
        var html = await browser.GetStringAsync(page);
        var hidden = Hidden().Matches(html)
            .Select(match => (Name: match.Groups["name"].Value, Value: WebUtility.HtmlDecode(match.Groups["value"].Value)))
            .DistinctBy(field => field.Name);
        using var form = new FormUrlEncodedContent(hidden.Concat(fields).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await browser.PostAsync(page, form);
    }

    public static Task<HttpResponseMessage> SignIn(
        HttpClient browser, string name, string password = Password, string page = "/account/login") =>
        Post(browser, page, ("Input.Email", $"{name}@example.test"), ("Input.Password", password));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("DataDirectory", _directory);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }
    }

    /// <summary>The antiforgery token of a page.</summary>
    public static string Token(string html) => Hidden().Matches(html)
        .First(match => match.Groups["name"].Value == "__RequestVerificationToken").Groups["value"].Value;

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Hidden();
}
