using System.Net;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Setup;
using BackOffice.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BackOffice.Web.Tests.Hosting;

public sealed class DefenceTests
{
    [Fact]
    public async Task Every_page_carries_the_security_headers_and_is_never_stored()
    {
        await using var app = new WebApp();
        await app.AddPerson("ana", roles: Roles.Viewer);
        using var browser = app.Browser();

        var headers = (await browser.GetAsync("/account/login")).Headers;

        var csp = headers.GetValues("Content-Security-Policy").First();
        Assert.Contains("script-src 'self' 'nonce-", csp, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", csp, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", csp, StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.True(headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task The_sign_in_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        await using var app = new WebApp();
        await app.AddPerson("ana", roles: Roles.Viewer);
        using var browser = app.Browser();

        var cookies = (await WebApp.SignIn(browser, "ana")).Headers.GetValues("Set-Cookie");
        var cookie = cookies.Single(c => c.StartsWith("backoffice=", StringComparison.Ordinal));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("http://localhost", HttpStatusCode.OK)]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task A_circuit_is_opened_from_our_own_pages_only(string origin, HttpStatusCode expected)
    {
        await using var app = new WebApp();
        await app.AddPerson("ana", roles: Roles.Viewer);
        using var browser = app.Browser();
        await WebApp.SignIn(browser, "ana");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", origin);

        Assert.Equal(expected, (await browser.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_foreign_host_name_is_refused()
    {
        await using var app = new WebApp { Settings = { ["AllowedHosts"] = "localhost" } };
        using var browser = app.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/login");
        request.Headers.Host = "evil.example";

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData(Roles.Viewer, HttpStatusCode.Redirect)]
    [InlineData(Roles.Approver, HttpStatusCode.Redirect)]
    [InlineData(Roles.Admin, HttpStatusCode.OK)]
    public async Task A_page_wants_its_permission(string role, HttpStatusCode expected)
    {
        await using var app = new WebApp();
        await app.AddPerson("ana", roles: role);
        using var browser = app.Browser();
        await WebApp.SignIn(browser, "ana");

        var answer = await browser.GetAsync("/settings/users");

        Assert.Equal(expected, answer.StatusCode);
        var menu = await browser.GetStringAsync("/");
        Assert.Equal(expected == HttpStatusCode.OK, menu.Contains("href=\"/settings/users\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Before_the_first_account_every_page_explains_and_only_the_link_opens_the_set_up()
    {
        await using var app = new WebApp();
        using var browser = app.Browser();

        Assert.Equal("/setup", (await browser.GetAsync("/")).Headers.Location!.ToString());
        Assert.Equal("/setup", (await browser.GetAsync("/account/login")).Headers.Location!.ToString());
        Assert.Equal("Healthy", await browser.GetStringAsync("/healthz"));
        Assert.Contains("Waiting for set-up", await browser.GetStringAsync("/setup"), StringComparison.Ordinal);
        Assert.Contains("Waiting for set-up", await browser.GetStringAsync("/setup?token=guess"), StringComparison.Ordinal);

        var token = app.Services.GetRequiredService<FirstRun>().NewToken();
        Assert.Contains("You, the administrator", await browser.GetStringAsync($"/setup?token={token}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "http://localhost:5080", false, "http://localhost:5080")]
    [InlineData("https://billing.example/", "http://*:8080", true, "https://billing.example")]
    [InlineData("", "https://localhost:5443;http://localhost:5080", true, "https://localhost:5443")]
    public void The_public_address_decides_about_secure_cookies(string publicUrl, string urls, bool https, string address)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("PublicUrl", publicUrl), new("Urls", urls)]).Build();

        Assert.Equal(https, settings.IsHttps());
        Assert.Equal(address, settings.Address());
    }
}
