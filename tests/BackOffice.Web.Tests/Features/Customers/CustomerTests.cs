using BackOffice.Core.Customers;
using BackOffice.Data.Identity;
using BackOffice.Core.Subscriptions;
using BackOffice.Web.Features.Customers;
using BackOffice.Web.Features.Subscriptions;
using BackOffice.Web.Tests.Features.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Customers;

public sealed class CustomerTests
{
    [Theory]
    [InlineData(null, 3)]
    [InlineData("robot", 1)]
    [InlineData("ACME", 1)]
    [InlineData("öl g", 1)]
    [InlineData("zwölf", 1)]
    [InlineData("%", 0)]
    public async Task A_list_is_narrowed_by_parts_of_name_or_code(string? search, int found)
    {
        await using var test = await TestOffice.Create();
        await test.AddCustomer();
        await test.AddCustomer(Samples.Acme with { Code = "umlaut", Name = "Öl GmbH" });
        await test.AddCustomer(Samples.Acme with { Code = "zeta", Name = "Die Zwölf" });

        var list = await Queries(test).List(search);

        Assert.Equal((found, found), (list.Total, list.Rows.Count));
    }

    [Fact]
    public async Task A_long_list_comes_in_pages()
    {
        await using var test = await TestOffice.Create();
        for (var i = 0; i < 51; i++)
        {
            await test.AddCustomer(Samples.Acme with { Code = $"c{i:00}", Name = $"Customer {i:00}" });
        }

        var second = await Queries(test).List(page: 2);

        Assert.Equal((51, "Customer 50"), (second.Total, Assert.Single(second.Rows).Name));
    }

    [Fact]
    public async Task A_subscription_that_has_ended_is_not_counted()
    {
        await using var test = await TestOffice.Create();
        await test.Subscribe(new LocalDate(2026, 1, 1));
        Assert.Equal(1, (await Queries(test).List()).Rows.Single().Subscriptions);
        await using var db = await test.Open();
        var id = (await db.Subscriptions.SingleAsync()).Id;

        var lastDay = new LocalDate(2026, 2, 28);
        var end = new SubscriptionChange.Ending(lastDay, new TerminationChoice());
        await test.AsApprover<ChangeSubscription>(change => change.Run(id, end));

        Assert.Equal(0, (await Queries(test).List()).Rows.Single().Subscriptions);
    }

    [Fact]
    public async Task Two_customers_cannot_have_one_code()
    {
        await using var test = await TestOffice.Create();
        await test.AddCustomer();

        var refusal = await Samples.Refused(() => test.AddCustomer());

        Assert.Equal("There is a customer with the code acme already. Choose another code.", refusal.Message);
    }

    [Fact]
    public async Task An_unknown_tax_rate_is_refused()
    {
        await using var test = await TestOffice.Create();

        var refusal = await Samples.Refused(() => test.AddCustomer(Samples.Acme with { TaxCode = "moon" }));

        Assert.Equal("There is no tax rate with the code \"moon\". An administrator can add it.", refusal.Message);
    }

    [Fact]
    public async Task What_changed_since_it_was_read_is_not_overwritten()
    {
        await using var test = await TestOffice.Create();
        var id = await test.AddCustomer();
        var seen = (await Queries(test).View(id))!.Revision;
        await test.AsApprover<SaveCustomer>(save => save.Run(id, Samples.Acme with { Name = "Acme Robotics SE" }, seen));

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() =>
            test.AsApprover<SaveCustomer>(save => save.Run(id, Samples.Acme with { Name = "Acme Ltd" }, seen)));

        Assert.Equal("Acme Robotics SE", (await Queries(test).View(id))!.Details.Name);
    }

    [Theory]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Admin)]
    public async Task Only_those_who_work_with_customers_add_them(string role)
    {
        await using var test = await TestOffice.Create();
        var somebody = await test.AddPerson("somebody", role);

        var refusal = await Samples.Refused(() => test.As<SaveCustomer>(somebody, save => save.Run(null, Samples.Acme)));

        Assert.Equal("This needs the role Clerk or Approver. Ask an administrator.", refusal.Message);
    }

    [Fact]
    public async Task A_customer_that_does_not_exist_is_nobody()
    {
        await using var test = await TestOffice.Create();

        Assert.Null(await Queries(test).View(CustomerId.New()));
    }

    [Theory]
    [InlineData("14.5")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    public void Payment_days_are_whole(string days) => Assert.Equal(
        "Payment days must be a whole number of days.",
        Assert.Throws<Core.Common.RuleBroken>(() =>
            Days.Whole(decimal.Parse(days, System.Globalization.CultureInfo.InvariantCulture), "Payment days")).Message);

    private static CustomerQueries Queries(TestOffice test) =>
        test.Services.CreateScope().ServiceProvider.GetRequiredService<CustomerQueries>();
}
