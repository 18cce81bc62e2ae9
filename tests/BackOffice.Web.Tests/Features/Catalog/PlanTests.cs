using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Catalog;

public sealed class PlanTests
{
    [Fact]
    public async Task A_plan_is_shown_with_its_draft_and_its_prices_in_words()
    {
        await using var test = await TestOffice.Create();
        await test.AddMetric();
        var id = default(PlanId);
        await test.AsApprover<SavePlan>(async save =>
            id = await save.Run(null, Samples.Plan("ai-api", new ChargeInput("Input", "input-tokens", Samples.InputTokenPrice))));

        var plan = await View(test, id);

        Assert.Equal(1, plan.Draft!.Number);
        Assert.Null(plan.Latest);
        var charge = Assert.Single(plan.Draft.Charges);
        Assert.Equal(("Input", "Input tokens", "tokens"), (charge.Name, charge.MetricName, charge.Unit));
        Assert.Equal(Samples.InputTokenPrice, charge.Price);
    }

    [Fact]
    public async Task Editing_a_published_plan_starts_a_version_and_leaves_the_published_one()
    {
        await using var test = await TestOffice.Create();
        await test.Subscribe(new LocalDate(2026, 1, 15));
        var id = (await List(test)).Single().Id;

        await test.AsApprover<SavePlan>(save => save.Run(id, Samples.Plan() with { BaseFee = 59m }));

        var plan = await View(test, id);
        Assert.Equal((2, 59m), (plan.Draft!.Number, plan.Draft.BaseFee.Amount));
        Assert.Equal((1, 49m, 1), (plan.Latest!.Number, plan.Latest.BaseFee.Amount, plan.Latest.Subscriptions));
        var row = Assert.Single(await List(test));
        Assert.Equal((1, 2, 1, 49m), (row.Published, row.Draft, row.Subscriptions, row.BaseFee.Amount));
    }

    [Theory]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Clerk)]
    [InlineData(Roles.Admin)]
    public async Task Only_an_approver_publishes(string role)
    {
        await using var test = await TestOffice.Create();
        var id = await test.AddPlan();
        var somebody = await test.AddPerson("somebody", role);

        var refusal = await Samples.Refused(() => test.As<PublishPlan>(somebody, publish => publish.Run(id)));

        Assert.Equal("This needs the role Approver. Ask an administrator.", refusal.Message);
        Assert.Null((await View(test, id)).Latest);
    }

    [Fact]
    public async Task A_plan_that_charges_nothing_is_not_published()
    {
        await using var test = await TestOffice.Create();
        var id = default(PlanId);
        await test.AsApprover<SavePlan>(async save => id = await save.Run(null, Samples.Plan() with { BaseFee = 0 }));

        var refusal = await Samples.Refused(() => test.Publish(id));

        Assert.Equal("The plan charges nothing yet. Add a base fee or a usage charge before publishing.", refusal.Message);
    }

    [Fact]
    public async Task Without_a_draft_there_is_nothing_to_publish()
    {
        await using var test = await TestOffice.Create();
        var id = await test.AddPlan();
        await test.Publish(id);

        var refusal = await Samples.Refused(() => test.Publish(id));

        Assert.Equal("There is no draft to publish. Edit the plan first.", refusal.Message);
    }

    [Fact]
    public async Task What_changed_since_it_was_read_is_neither_published_nor_overwritten()
    {
        await using var test = await TestOffice.Create();
        var id = await test.AddPlan();
        var seen = (await View(test, id)).Revision;
        await test.AsApprover<SavePlan>(save => save.Run(id, Samples.Plan() with { BaseFee = 59m }, seen));

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => test.AsApprover<PublishPlan>(publish => publish.Run(id, seen)));
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => test.AsApprover<SavePlan>(save => save.Run(id, Samples.Plan(), seen)));

        var plan = await View(test, id);
        Assert.Null(plan.Latest);
        Assert.Equal(59m, plan.Draft!.BaseFee.Amount);
    }

    [Fact]
    public async Task Two_plans_cannot_have_one_code()
    {
        await using var test = await TestOffice.Create();
        await test.AddPlan();

        var refusal = await Samples.Refused(() => test.AddPlan());

        Assert.Equal("There is a plan with the code ai-api already. Choose another code.", refusal.Message);
    }

    [Fact]
    public async Task A_metric_charged_twice_is_refused_by_name()
    {
        await using var test = await TestOffice.Create();
        await test.AddMetric();
        var price = new PerUnitPrice(1);

        var refusal = await Samples.Refused(() => test.AsApprover<SavePlan>(save => save.Run(
            null, Samples.Plan("ai-api", new("Input", "input-tokens", price), new("Again", "input-tokens", price)))));

        Assert.Equal("\"Again\" charges a metric that \"Input\" charges already. It would be billed twice.", refusal.Message);
        Assert.Empty(await List(test));
    }

    [Fact]
    public async Task Only_published_plans_can_be_subscribed_to()
    {
        await using var test = await TestOffice.Create();
        await test.AddPlan("draft-only");
        await test.Publish(await test.AddPlan());

        Assert.Equal("ai-api", Assert.Single(await Queries(test).Published()).Code);
    }

    private static CatalogQueries Queries(TestOffice test) =>
        test.Services.CreateScope().ServiceProvider.GetRequiredService<CatalogQueries>();

    private static Task<IReadOnlyList<PlanRow>> List(TestOffice test) => Queries(test).Plans();

    private static async Task<PlanView> View(TestOffice test, PlanId id) => (await Queries(test).Plan(id))!;
}
