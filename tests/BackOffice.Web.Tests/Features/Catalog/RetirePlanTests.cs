using BackOffice.Core.Catalog;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Subscriptions;
using BackOffice.Web.Tests.Features.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Catalog;

/// <summary>A plan that is offered no longer: nobody new, and whoever is on it goes on.</summary>
public sealed class RetirePlanTests
{
    private static readonly LocalDate NewYear = new(2024, 1, 1);

    [Fact]
    public async Task Nobody_new_gets_on_a_retired_plan_and_whoever_is_on_it_is_billed_as_before()
    {
        await using var contract = await Office();
        var id = await contract.Start("old", NewYear);
        await Retire(contract, "old", offered: false);

        const string refused = "Plan old is retired: subscriptions on it go on, and nobody new can subscribe to it.";
        await Contract.Refused(refused, () => contract.Start(new("acme-2", "acme", "old", NewYear)));
        contract.At("2024-02-12T06:00:00Z");
        Assert.Equal([Contract.Euros(29)], await contract.Bill(new(2024, 1, 31)));
        Assert.Equal("old", (await contract.View(id)).Row.PlanName);
    }

    [Fact]
    public async Task Nobody_changes_to_a_retired_plan_but_its_own_subscriptions_may_move_to_its_other_versions()
    {
        await using var contract = await Office();
        var id = await contract.Start("old", NewYear);
        var other = await contract.Start(new("acme-2", "acme", "new", NewYear));
        await contract.Plan("old", 35);
        await Retire(contract, "old", offered: false);
        contract.At("2024-02-12T06:00:00Z");

        await contract.Change(id, new SubscriptionChange.ToPlan("old", 2));

        Assert.Equal(2, (await contract.View(id)).Row.PlanVersion);
        await Contract.Refused(
            "Plan old is retired: subscriptions on it go on, and nobody new can subscribe to it.",
            () => contract.Change(other, new SubscriptionChange.ToPlan("old")));
        var offered = await contract.Ask<LifeQueries, IReadOnlyList<TermsChoice>>(lives => lives.Choices(other));
        Assert.Empty(offered);
        var own = await contract.Ask<LifeQueries, IReadOnlyList<TermsChoice>>(lives => lives.Choices(id));
        Assert.Equal([1], own.Where(terms => terms.IsSamePlan).Select(terms => terms.Version));
    }

    [Fact]
    public async Task A_retired_plan_can_be_offered_again_and_both_are_in_the_audit_trail()
    {
        await using var contract = await Office();
        await Retire(contract, "old", offered: false);
        var published = await contract.Ask<CatalogQueries, IReadOnlyList<PlanRow>>(ask => ask.Published());
        Assert.Equal(["new"], published.Select(plan => plan.Code));

        await Retire(contract, "old", offered: true);

        await contract.Start("old", NewYear);
        await using var db = await contract.Open();
        var deeds = await db.Audit.Where(entry => entry.Subject == "Plan").OrderBy(entry => entry.Id).Select(entry => entry.Action)
            .ToListAsync();
        Assert.Equal(["Retired", "Offered again"], deeds);
    }

    [Fact]
    public async Task A_plan_is_retired_once_and_offered_again_only_when_it_is_retired()
    {
        await using var contract = await Office();
        await Contract.Refused("Plan old is not retired.", () => Retire(contract, "old", offered: true));
        await Retire(contract, "old", offered: false);

        await Contract.Refused("Plan old has been retired already.", () => Retire(contract, "old", offered: false));
        await using (var db = await contract.Open())
        {
            db.Add(Plan.Create("draft", "Draft", Core.Common.Currency.Of("EUR")));
            await db.SaveChangesAsync();
        }

        await Contract.Refused(
            "Plan draft was never published, so nobody can subscribe to it anyway.", () => Retire(contract, "draft", offered: false));
    }

    [Fact]
    public async Task A_clerk_may_not_retire_a_plan()
    {
        await using var contract = await Office();
        await using var db = await contract.Open();
        var id = (await db.Plans.FirstAsync()).Id;

        await Assert.ThrowsAsync<Core.Common.RuleBroken>(
            () => contract.As<RetirePlan>(contract.Clerk, retire => retire.Run(id, offered: false)));
        Assert.False((await db.Plans.AsNoTracking().FirstAsync()).IsRetired);
    }

    private static async Task<Contract> Office()
    {
        var contract = await Contract.Create();
        await contract.Plan("old", 29);
        await contract.Plan("new", 39);
        return contract;
    }

    private static async Task Retire(Contract contract, string code, bool offered)
    {
        await using var db = await contract.Open();
        var otto = await db.Users.SingleOrDefaultAsync(user => user.DisplayName == "somebody") ?? await contract.Person(Roles.Approver);
        var plan = await db.Plans.SingleAsync(p => p.Code == code);
        await contract.As<RetirePlan>(otto, retire => retire.Run(plan.Id, offered));
    }
}
