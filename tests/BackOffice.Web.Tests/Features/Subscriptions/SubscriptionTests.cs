using BackOffice.Core.Subscriptions;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Subscriptions;
using BackOffice.Web.Tests.Features.Catalog;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Subscriptions;

public sealed class SubscriptionTests
{
    private static readonly LocalDate Start = new(2026, 1, 15);

    [Fact]
    public async Task A_subscription_is_listed_with_its_customer_and_version()
    {
        await using var test = await TestOffice.Create();
        await test.Subscribe(Start);

        var row = Assert.Single((await Queries(test).List("robotics")).Rows);

        Assert.Equal(("acme-api", "Acme Robotics", "AI API", 1), (row.Code, row.CustomerName, row.PlanName, row.PlanVersion));
        Assert.Equal((Start, null, null, SubscriptionState.Active), (row.StartsOn, row.EndsOn, row.BilledThrough, row.State));
        Assert.Equal(row, Assert.Single(await Queries(test).Of(row.CustomerId)));
    }

    [Fact]
    public async Task The_last_day_still_counts()
    {
        await using var test = await TestOffice.Create();
        await test.Subscribe(Start);
        var row = (await Queries(test).List()).Rows.Single();

        await test.AsApprover<ChangeSubscription>(change => change.Run(row.Id, Ending(new LocalDate(2026, 3, 2))));

        var ended = (await Queries(test).List()).Rows.Single();
        Assert.Equal((new LocalDate(2026, 3, 2), SubscriptionState.Active), (ended.EndsOn, ended.State));
    }

    [Fact]
    public async Task An_end_is_not_before_the_start()
    {
        await using var test = await TestOffice.Create();
        await test.Subscribe(Start);
        var id = (await Queries(test).List()).Rows.Single().Id;

        var early = await Samples.Refused(
            () => test.AsApprover<ChangeSubscription>(change => change.Run(id, Ending(new LocalDate(2026, 1, 14)))));
        await test.AsApprover<ChangeSubscription>(change => change.Run(id, Ending(new LocalDate(2026, 1, 31))));

        Assert.Equal("Subscription acme-api cannot end before 2026-01-15.", early.Message);
        Assert.Equal(SubscriptionState.Ended, (await Queries(test).List()).Rows.Single().State);
    }

    [Fact]
    public async Task Nobody_subscribes_to_a_draft()
    {
        await using var test = await TestOffice.Create();
        await test.AddCustomer();
        await test.AddPlan();

        var refusal = await Samples.Refused(() =>
            test.AsApprover<StartSubscription>(start => start.Run(new("acme-api", "acme", "ai-api", Start))));

        Assert.Equal("Plan ai-api is not published yet, so nobody can subscribe to it.", refusal.Message);
    }

    [Fact]
    public async Task Two_subscriptions_cannot_have_one_code()
    {
        await using var test = await TestOffice.Create();
        await test.Subscribe(Start);

        var refusal = await Samples.Refused(() =>
            test.AsApprover<StartSubscription>(start => start.Run(new("acme-api", "acme", "ai-api", Start))));

        Assert.Equal("There is a subscription with the code acme-api already. Choose another code.", refusal.Message);
    }

    [Theory]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Admin)]
    public async Task Only_those_who_work_with_customers_subscribe_them(string role)
    {
        await using var test = await TestOffice.Create();
        var somebody = await test.AddPerson("somebody", role);

        var refusal = await Samples.Refused(() =>
            test.As<StartSubscription>(somebody, start => start.Run(new("acme-api", "acme", "ai-api", Start))));

        Assert.Equal("This needs the role Clerk or Approver. Ask an administrator.", refusal.Message);
    }

    [Theory]
    [InlineData(2026, 3, 10, "Nothing is due yet. The first period is 10–31 Mar 2026; it can be billed from 1 Apr 2026.")]
    [InlineData(2026, 2, 15, "The next billing run bills one period that is over: 15–28 Feb 2026.")]
    [InlineData(
        2025, 12, 31,
        "The next billing run bills 3 months that are over: 31 Dec 2025 – 28 Feb 2026, each with an invoice of its own.")]
    public void The_first_bill_is_foretold(int year, int month, int day, string sentence) =>
        Assert.Equal(sentence, FirstBill.InWords(new LocalDate(year, month, day), new LocalDate(2026, 3, 2)));

    private static SubscriptionChange.Ending Ending(LocalDate lastDay) => new(lastDay, new TerminationChoice());

    private static SubscriptionQueries Queries(TestOffice test) =>
        test.Services.CreateScope().ServiceProvider.GetRequiredService<SubscriptionQueries>();
}
