using BackOffice.Core.Common;
using BackOffice.Data.Usage;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Setup;
using BackOffice.Web.Features.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Setup;

public sealed class SetUpTests
{
    [Fact]
    public async Task The_set_up_creates_an_administrator_who_prepares_and_an_approver_with_a_one_time_password()
    {
        await using var test = await TestOffice.Create();

        Assert.Empty(await Run(test, Good()));

        var people = await People(test);
        Assert.Equal(["Ana: Clerk+Admin", "Otto: Approver"], people.Select(row => $"{row.Name}: {string.Join('+', row.Roles)}"));
        Assert.Equal([false, true], people.Select(row => row.PasswordIsTemporary));
    }

    [Fact]
    public async Task The_set_up_creates_the_company_its_first_tax_and_the_first_line_of_the_audit_trail()
    {
        await using var test = await TestOffice.Create();

        Assert.Empty(await Run(test, Good()));

        await using var db = await test.Open();
        var company = await db.Companies.SingleAsync();
        Assert.Equal("Brightwater Cloud GmbH", company.Name);
        Assert.Equal("INV-2026-000001", company.NumberFormat.Number(2026, 1));
        Assert.Equal(19m, (await db.TaxRates.SingleAsync()).PercentOn(new LocalDate(2026, 3, 2)));
        Assert.Equal("Set up", (await db.Audit.SingleAsync()).Action);
    }

    [Fact]
    public async Task The_demo_chosen_at_set_up_is_ready_to_be_billed_and_leaves_the_typed_company_alone()
    {
        await using var test = await TestOffice.Create();

        Assert.Empty(await Run(test, Good() with { Start = SetUpInput.Demo }));

        await using var db = await test.Open();
        Assert.Equal("Brightwater Cloud GmbH", (await db.Companies.SingleAsync()).Name);
        Assert.Equal(["cascadia", "rheinwerk"], await db.Customers.OrderBy(c => c.Code).Select(c => c.Code).ToListAsync());
        Assert.Equal(8_819, await db.CountUsage(new EventQuery(), default));
    }

    [Fact]
    public async Task The_link_works_once()
    {
        await using var test = await TestOffice.Create();
        var token = test.Services.GetRequiredService<FirstRun>().NewToken();

        Assert.Empty(await Run(test, Good(), token));

        await Assert.ThrowsAsync<RuleBroken>(() => Run(test, Good(), token));
        Assert.Equal(2, (await People(test)).Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Without_the_token_nothing_is_created(string? token)
    {
        await using var test = await TestOffice.Create();
        test.Services.GetRequiredService<FirstRun>().NewToken();

        await Assert.ThrowsAsync<RuleBroken>(() => Run(test, Good(), token ?? "none"));

        Assert.Empty(await People(test));
    }

    [Fact]
    public async Task A_new_link_replaces_the_one_before()
    {
        await using var test = await TestOffice.Create();
        var first = test.Services.GetRequiredService<FirstRun>();
        var old = first.NewToken();
        var current = first.NewToken();

        Assert.False(first.Accepts(old));
        Assert.True(first.Accepts(current));
    }

    [Fact]
    public async Task Every_mistake_names_its_field_and_nothing_is_created()
    {
        await using var test = await TestOffice.Create();
        var input = Good() with
        {
            Admin = new() { Name = " ", Email = "ana", Password = "short", Again = "short" },
            Company = new() { Country = "DE", Currency = "XXX", Zone = "Mars/Olympus" },
            NumberFormat = "INV",
            Tax = new() { Code = "a b", Name = "", Percent = "19,5%", ValidFrom = "yesterday" },
            Approver = new() { Name = "Otto", Email = "otto@example.test", Password = "copper window tiger", Again = "copper window lion" },
        };

        var errors = await Run(test, input);

        Assert.Equal(
            [
                "Admin.Email", "Admin.Name", "Admin.Password", "Approver.Again", "Company.City", "Company.Currency", "Company.Name",
                "Company.Street", "Company.Zone", "NumberFormat", "Tax.Code", "Tax.Name", "Tax.Percent", "Tax.ValidFrom",
            ],
            errors.Select(error => error.Field).Order(StringComparer.Ordinal));
        Assert.Empty(await People(test));
    }

    [Theory]
    [InlineData("ANA@example.test ", "copper window tiger", "Approver.Email", "one person with two accounts would approve alone")]
    [InlineData("otto@example.test", "password123456", "Approver.Password", "a common password")]
    [InlineData("otto@example.test", "aaaaaaaaaaaaaaaa", "Approver.Password", "one character repeated")]
    [InlineData("ottokar@example.test", "ottokar-ottokar", "Approver.Password", "made of the e-mail")]
    public async Task The_approver_is_another_person_with_a_real_password(string email, string password, string field, string why)
    {
        await using var test = await TestOffice.Create();
        var input = Good() with { Approver = new() { Name = "Otto", Email = email, Password = password, Again = password } };

        var error = Assert.Single(await Run(test, input));

        Assert.True(field == error.Field, why);
    }

    private static SetUpInput Good() => new()
    {
        Admin = new() { Name = "Ana", Email = "ana@example.test", Password = "harbour lamp violet", Again = "harbour lamp violet" },
        Company = new() { Name = "Brightwater Cloud GmbH", Street = "Hafenstr. 5", PostalCode = "20457", City = "Hamburg" },
        Tax = new() { ValidFrom = "2026-01-01" },
        Approver = new() { Name = "Otto", Email = "otto@example.test", Password = "copper window tiger", Again = "copper window tiger" },
    };

    private static async Task<IReadOnlyList<Web.Shared.FieldError>> Run(TestOffice test, SetUpInput input, string? token = null)
    {
        await using var scope = test.Services.CreateAsyncScope();
        token ??= test.Services.GetRequiredService<FirstRun>().NewToken();
        return await scope.ServiceProvider.GetRequiredService<SetUp>().Run(input, token);
    }

    private static async Task<IReadOnlyList<UserRow>> People(TestOffice test)
    {
        await using var scope = test.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserQueries>().List();
    }
}
