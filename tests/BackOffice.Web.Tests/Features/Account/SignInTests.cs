using System.Net;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Account;
using Microsoft.Extensions.DependencyInjection;

namespace BackOffice.Web.Tests.Features.Account;

public sealed class SignInTests
{
    [Fact]
    public async Task The_right_password_opens_the_page_that_was_asked_for()
    {
        await using var app = new WebApp();
        await app.AddPerson("ana", roles: Roles.Viewer);
        using var browser = app.Browser();

        var asked = await browser.GetAsync("/?x=1");
        Assert.Equal("/account/login?returnUrl=%2F%3Fx%3D1", asked.Headers.Location!.PathAndQuery);

        var signedIn = await WebApp.SignIn(browser, "ana", page: asked.Headers.Location.PathAndQuery);
        Assert.Equal("/?x=1", signedIn.Headers.Location!.PathAndQuery);
        Assert.Contains("Billing runs", await browser.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_person_get_the_same_answer()
    {
        await using var app = new WebApp();
        await app.AddPerson("ana", roles: Roles.Viewer);
        using var browser = app.Browser();

        var wrong = await (await WebApp.SignIn(browser, "ana", "not the password")).Content.ReadAsStringAsync();
        var unknown = await (await WebApp.SignIn(browser, "nobody", "not the password")).Content.ReadAsStringAsync();

        Assert.Contains("The e-mail or the password is wrong.", wrong, StringComparison.Ordinal);
        Assert.Contains("The e-mail or the password is wrong.", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        await using var app = new WebApp();
        await app.AddPerson("ana", roles: Roles.Viewer);
        using var browser = app.Browser();

        for (var i = 0; i < 5; i++)
        {
            await WebApp.SignIn(browser, "ana", "not the password");
        }

        var answer = await (await WebApp.SignIn(browser, "ana")).Content.ReadAsStringAsync();
        Assert.Contains("Too many wrong passwords. Wait five minutes and try again.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_eleventh_attempt_of_a_minute_is_turned_away()
    {
        await using var app = new WebApp { Settings = { ["SignInAttemptsPerMinute"] = "3" } };
        await app.AddPerson("ana", roles: Roles.Viewer);
        using var browser = app.Browser();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await WebApp.SignIn(browser, "nobody", "x")).StatusCode);
        }

        var answer = await WebApp.SignIn(browser, "nobody", "x");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("Too many attempts. Wait a minute and try again.", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_disabled_person_is_told_so_only_with_the_right_password()
    {
        await using var app = new WebApp();
        var ana = await app.AddPerson("ana", roles: Roles.Admin);
        var ben = await app.AddPerson("ben", roles: Roles.Viewer);
        using var browser = app.Browser();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Web.Shared.ActorSource>().ActAs(new(ana.Id, "ana"));
            await scope.ServiceProvider.GetRequiredService<Web.Features.Users.DisableUser>().Run(ben.Id);
        }

        var right = await (await WebApp.SignIn(browser, "ben")).Content.ReadAsStringAsync();
        var wrong = await (await WebApp.SignIn(browser, "ben", "not the password")).Content.ReadAsStringAsync();

        Assert.Contains("This account is disabled.", right, StringComparison.Ordinal);
        Assert.DoesNotContain("disabled", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_one_time_password_leads_to_choosing_an_own_one_first()
    {
        await using var app = new WebApp();
        await app.AddPerson("otto", temporary: true, Roles.Approver);
        using var browser = app.Browser();
        await WebApp.SignIn(browser, "otto");

        Assert.Equal("/account/password", (await browser.GetAsync("/")).Headers.Location!.ToString());

        var changed = await WebApp.Post(
            browser,
            "/account/password",
            ("Input.Current", WebApp.Password),
            ("Input.New", "copper window tiger"),
            ("Input.Again", "copper window tiger"));
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);
    }

    [Theory]
    [InlineData("wrong password", "copper window tiger", "copper window tiger", "This is not your current password.")]
    [InlineData(WebApp.Password, "copper window tiger", "copper window lion", "The two passwords differ.")]
    [InlineData(WebApp.Password, "short", "short", "Passwords must be at least 12 characters.")]
    [InlineData(WebApp.Password, "password123456", "password123456", "This password is among the first an attacker tries.")]
    public async Task A_password_is_not_changed_to_a_bad_one(string current, string next, string again, string sentence)
    {
        await using var app = new WebApp();
        await app.AddPerson("ana", roles: Roles.Viewer);
        using var browser = app.Browser();
        await WebApp.SignIn(browser, "ana");

        var answer = await WebApp.Post(
            browser, "/account/password", ("Input.Current", current), ("Input.New", next), ("Input.Again", again));

        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_needs_the_pages_token_and_ends_the_session()
    {
        await using var app = new WebApp();
        await app.AddPerson("ana", roles: Roles.Viewer);
        using var browser = app.Browser();
        await WebApp.SignIn(browser, "ana");

        using var bare = new FormUrlEncodedContent([KeyValuePair.Create("reason", "menu")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/account/logout", bare)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);

        var token = WebApp.Token(await browser.GetStringAsync("/account/password"));
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
        var left = await browser.PostAsync("/account/logout", form);
        Assert.Equal("/account/login?signedOut=true", left.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
    }

    [Theory]
    [InlineData("/invoices?status=draft", "/invoices?status=draft")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/\tevil", "/")]
    public void Signing_in_never_leads_to_another_site(string? url, string target) => Assert.Equal(target, LocalUrl.OrHome(url));
}
