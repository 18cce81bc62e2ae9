using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BackOffice.Data;
using BackOffice.Data.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BackOffice.Web.Tests.Features.Usage;

public sealed partial class UploadEndpointTests
{
    [Fact]
    public async Task A_clerk_uploads_a_file_and_is_told_its_page()
    {
        await using var app = new WebApp();
        var (browser, token) = await Open(app, Roles.Clerk);
        var answer = await Send(browser, token, "a,b\n1,2\n", "Verbrauch März + Co.csv");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("page").GetString();
        Assert.Contains("Verbrauch M", WebUtility.HtmlDecode(await browser.GetStringAsync(page)), StringComparison.Ordinal);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync();
        Assert.Equal("Verbrauch März + Co.csv", (await db.Imports.SingleAsync()).FileName);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_in_words()
    {
        await using var app = new WebApp { Settings = { ["Imports:MaxBytes"] = "1000" } };
        var (browser, token) = await Open(app, Roles.Clerk);
        var answer = await Send(browser, token, new string('x', 1_001));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.StartsWith("The file is larger than 1,000 bytes.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await NothingIsStored(app);
    }

    [Theory]
    [InlineData("")]
    [InlineData("invented")]
    public async Task Without_the_token_of_the_page_nothing_is_taken(string token)
    {
        await using var app = new WebApp();
        var (browser, _) = await Open(app, Roles.Clerk);
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(browser, token, "a\n1\n")).StatusCode);
        await NothingIsStored(app);
    }

    [Theory]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Admin)]
    public async Task Who_may_not_import_is_turned_away(string role)
    {
        await using var app = new WebApp();
        var (browser, _) = await Open(app, role);
        var answer = await Send(browser, "", "a\n1\n");
        Assert.Equal((HttpStatusCode.Redirect, "/account/denied"), (answer.StatusCode, answer.Headers.Location!.AbsolutePath));
        await NothingIsStored(app);
    }

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in()
    {
        await using var app = new WebApp();
        await app.AddPerson("ana", roles: Roles.Clerk);
        using var stranger = app.Browser();
        var answer = await Send(stranger, "", "a\n1\n");
        Assert.Equal((HttpStatusCode.Redirect, "/account/login"), (answer.StatusCode, answer.Headers.Location!.AbsolutePath));
    }

    [Theory]
    [InlineData("/imports", "No usage yet")]
    [InlineData("/imports/new", "Browse files")]
    [InlineData("/imports/00000000-0000-0000-0000-000000000001", "No such import")]
    [InlineData("/events?from=nonsense&import=x", "No events")]
    public async Task Every_page_of_usage_opens(string page, string says)
    {
        await using var app = new WebApp();
        var (browser, _) = await Open(app, Roles.Approver);
        Assert.Contains(says, await browser.GetStringAsync(page), StringComparison.Ordinal);
    }

    private static async Task<(HttpClient Browser, string Token)> Open(WebApp app, string role)
    {
        await app.AddPerson("ana", roles: role);
        var browser = app.Browser();
        await WebApp.SignIn(browser, "ana");
        using var page = await browser.GetAsync("/imports/new");
        return (browser, Token().Match(await page.Content.ReadAsStringAsync()).Groups["value"].Value);
    }

    private static async Task<HttpResponseMessage> Send(HttpClient browser, string token, string text, string name = "usage.csv")
    {
        using var content = new StringContent(text, Encoding.UTF8, "text/csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/imports/upload") { Content = content };
        request.Headers.Add("X-File-Name", Uri.EscapeDataString(name));
        request.Headers.Add("RequestVerificationToken", token);
        return await browser.SendAsync(request);
    }

    private static async Task NothingIsStored(WebApp app)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync();
        Assert.Equal(0, await db.Imports.CountAsync());
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<value>[^"]*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
