using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Customers;
using BackOffice.Web.Features.Subscriptions;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Catalog;

/// <summary>The business of one small vendor of language models, made through the use cases.</summary>
internal static class Samples
{
    public static GraduatedPrice InputTokenPrice { get; } =
        new([new PriceTier(1_000_000, 3.00m), new PriceTier(10_000_000, 2.50m), new PriceTier(null, 2.00m)], 1_000_000);

    public static CustomerDetails Acme { get; } = new(
        "acme", "Acme Robotics", new Address("Werkstrasse 5", "80331", "Munich", null, "DE"), "Europe/Berlin",
        "bills@acme.test", null, null, null, 14);

    public static PlanInput Plan(string code = "ai-api", params IReadOnlyList<ChargeInput> charges) =>
        new(code, "AI API", "EUR", 49m, charges);

    /// <summary>Runs a use case as an approver, who may do all of this.</summary>
    public static async Task AsApprover<T>(this TestOffice test, Func<T, Task> work)
        where T : notnull
    {
        await using var db = await test.Open();
        var otto = db.Users.SingleOrDefault(u => u.DisplayName == "otto") ?? await test.AddPerson("otto", Roles.Approver);
        await test.As(otto, work);
    }

    public static Task AddMetric(this TestOffice test, string code = "input-tokens", string name = "Input tokens") =>
        test.AsApprover<CreateMetric>(create => create.Run(new(code, name, Aggregation.Sum, "ContextTokens", "tokens")));

    public static async Task<PlanId> AddPlan(this TestOffice test, string code = "ai-api")
    {
        var id = default(PlanId);
        await test.AsApprover<SavePlan>(async save => id = await save.Run(null, Plan(code)));
        return id;
    }

    public static Task Publish(this TestOffice test, PlanId plan) => test.AsApprover<PublishPlan>(publish => publish.Run(plan));

    public static async Task<CustomerId> AddCustomer(this TestOffice test, CustomerDetails? details = null)
    {
        var id = default(CustomerId);
        await test.AsApprover<SaveCustomer>(async save => id = await save.Run(null, details ?? Acme));
        return id;
    }

    /// <summary>Acme on a published plan since the day.</summary>
    public static async Task Subscribe(this TestOffice test, LocalDate startsOn, string code = "acme-api")
    {
        await test.AddCustomer();
        await test.Publish(await test.AddPlan());
        await test.AsApprover<StartSubscription>(start => start.Run(new(code, "acme", "ai-api", startsOn)));
    }

    public static Task<RuleBroken> Refused(Func<Task> work) => Assert.ThrowsAsync<RuleBroken>(work);
}
