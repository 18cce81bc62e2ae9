using BackOffice.Core.Customers;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Settings;
using BackOffice.Web.Tests.Features.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Settings;

public sealed class CompanyTests
{
    private static readonly CompanyDetails Northwind = new(
        "Northwind Metering", new Address("Hafenstrasse 1", "20457", "Hamburg", null, "DE"), "DE123456789", null, null, null,
        "EUR", "Pacific/Auckland", "INV-{yyyy}-{seq:6}", 30);

    [Fact]
    public async Task What_is_saved_is_shown_and_offered()
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin);

        await test.As<ChangeCompany>(ana, change => change.Run(Northwind));

        Assert.Equal(Northwind, (await Queries(test).View())!.Details);
        var defaults = await Queries(test).Defaults();
        Assert.Equal(("EUR", "DE", 30), (defaults.Currency, defaults.Country, defaults.PaymentDays));
        Assert.Equal(new LocalDate(2026, 3, 2), defaults.Today);
    }

    [Fact]
    public async Task What_changed_since_it_was_read_is_not_overwritten()
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin);
        await test.As<ChangeCompany>(ana, change => change.Run(Northwind));
        var seen = (await Queries(test).View())!.Revision;
        await test.As<ChangeCompany>(ana, change => change.Run(Northwind with { Name = "Northwind SE" }, seen));

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => test.As<ChangeCompany>(ana, change => change.Run(Northwind, seen)));

        Assert.Equal("Northwind SE", (await Queries(test).View())!.Details.Name);
    }

    [Theory]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Clerk)]
    [InlineData(Roles.Approver)]
    public async Task Only_an_administrator_changes_the_company(string role)
    {
        await using var test = await TestOffice.Create();
        var somebody = await test.AddPerson("somebody", role);

        var refusal = await Samples.Refused(() => test.As<ChangeCompany>(somebody, change => change.Run(Northwind)));

        Assert.Equal("This needs the role Admin. Ask an administrator.", refusal.Message);
    }

    [Theory]
    [InlineData("INV-{yyyy}-{seq:6}", "INV-2026-000001", null)]
    [InlineData("{seq:4}", "0001", null)]
    [InlineData("INV", null, "is not a number format")]
    public void The_number_format_is_tried_while_it_is_typed(string format, string? number, string? mistake)
    {
        var example = new CompanyDraft { NumberFormat = format }.Example(2026);

        Assert.Equal(number, example.Number);
        Assert.Equal(mistake is null, example.Mistake is null);
        Assert.Contains(mistake ?? "", example.Mistake ?? "", StringComparison.Ordinal);
    }

    private static CompanyQueries Queries(TestOffice test) =>
        test.Services.CreateScope().ServiceProvider.GetRequiredService<CompanyQueries>();
}
