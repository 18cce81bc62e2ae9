using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Shared;
using BackOffice.Web.Tests.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Catalog;

public sealed class SimulationTests
{
    [Fact]
    public async Task A_real_month_is_replayed_on_another_version_line_by_line()
    {
        await using var scene = await Office();

        var replay = await scene.Ask<SimulationQueries, Replay?>(scene.Clerk, ask => ask.Replay("acme-pro", 2, null));

        Assert.Equal(new LocalDate(2023, 11, 1), replay!.Days.Start);
        Assert.Equal((41.62m, 54.18m), Pair(replay, "Input tokens"));
        Assert.Equal((99m, 89m), Pair(replay, "Base fee"));
        Assert.Equal(12.56m - 10m, (replay.New - replay.Old).Amount);
    }

    [Fact]
    public async Task A_month_that_is_not_over_or_was_before_the_start_is_not_replayed()
    {
        await using var scene = await Office();

        foreach (var day in new LocalDate[] { new(2023, 12, 1), new(2023, 10, 31) })
        {
            Assert.Null(await scene.Ask<SimulationQueries, Replay?>(scene.Clerk, ask => ask.Replay("acme-pro", 2, day)));
        }
    }

    [Fact]
    public async Task The_impact_of_a_version_is_told_for_everybody_on_the_plan_the_largest_increase_first()
    {
        await using var scene = await Office();
        await scene.Customer("idle", new LocalDate(2023, 11, 1));
        await scene.Customer("later", new LocalDate(2023, 12, 1));

        var study = await scene.Ask<SimulationQueries, ImpactStudy>(scene.Clerk, ask => ask.Impact(scene.Plan.Id, 2));
        Assert.Equal((3, 0, false), (study.Total, study.Done, study.IsDone));
        await study.Next();

        Assert.True(study.IsDone);
        var impact = study.Impact;
        Assert.Equal([("acme-pro", 2.56m), ("idle-pro", -10m)], impact.Rows.Select(row => (row.Subscription, row.Change.Amount)));
        Assert.Equal((1, -7.44m), (impact.NotYet, (impact.New - impact.Old).Amount));
        Assert.Empty(impact.Refused);
    }

    [Fact]
    public async Task A_large_plan_is_computed_part_by_part_and_only_the_largest_changes_are_kept()
    {
        await using var scene = await Office();
        for (var i = 0; i < 24; i++)
        {
            await scene.Customer($"c{i:00}", new LocalDate(2023, 11, 1 + i));
        }

        var study = await scene.Ask<SimulationQueries, ImpactStudy>(scene.Clerk, ask => ask.Impact(scene.Plan.Id, 2));
        var seen = new List<int>();
        while (!study.IsDone)
        {
            await study.Next();
            seen.Add(study.Done);
        }

        Assert.Equal([20, 25], seen);
        Assert.Equal((25, 20), (study.Impact.Compared, study.Impact.Rows.Count));
        Assert.Equal("acme-pro", study.Impact.Rows[0].Subscription);
        Assert.Equal("c00-pro", study.Impact.Rows[^1].Subscription);
        var changes = study.Impact.Rows.Select(row => row.Change.MinorUnits).ToList();
        Assert.Equal(changes.OrderDescending(), changes);
    }

    [Fact]
    public async Task A_subscription_that_refuses_the_version_is_named_with_the_reason_and_the_others_are_computed()
    {
        await using var scene = await Office();
        await scene.Customer("idle", new LocalDate(2023, 11, 1));
        await using (var db = await scene.Open())
        {
            var (plan, idle) = (await db.Plans.SingleAsync(), await db.Subscriptions.SingleAsync(s => s.Code == "idle-pro"));
            var agreed = new TermsOverride { Charges = [new ChargeOverride(plan.Latest!.Charges[^1].MetricId, new PerUnitPrice(1))] };
            var life = idle.Life(DateTimeZone.Utc, (_, version) => plan.Terms(version).With(agreed));
            idle.Follow(life);
            plan.Edit(Money.Of(89, plan.Currency), [.. plan.Draft!.Charges.SkipLast(1)]);
            await db.SaveChangesAsync();
        }

        var study = await scene.Ask<SimulationQueries, ImpactStudy>(scene.Clerk, ask => ask.Impact(scene.Plan.Id, 2));
        await study.Next();

        Assert.StartsWith("idle-pro: Plan ", Assert.Single(study.Impact.Refused), StringComparison.Ordinal);
        Assert.Equal((1, 1), (study.Impact.RefusedInAll, study.Impact.Compared));
    }

    [Fact]
    public async Task A_real_month_is_replayed_on_a_draft_that_nobody_has_saved()
    {
        await using var scene = await Office();
        var view = await scene.Ask<CatalogQueries, PlanView?>(scene.Clerk, ask => ask.Plan(scene.Plan.Id));
        var draft = PlanDraft.Of(view!, view!.Latest!);
        draft.BaseFee = 79;
        draft.Charges[0].Price.Model = PriceModel.PerUnit;
        draft.Charges[0].Price.UnitPrice = 3;

        var replay = await scene.Ask<SimulationQueries, Replay?>(scene.Clerk, ask => ask.Replay("acme-pro", draft.ToInput(), null));

        Assert.Equal((99m, 79m), Pair(replay!, "Base fee"));
        Assert.Equal((41.62m, 54.18m), Pair(replay!, "Input tokens"));
        await using var db = await scene.Open();
        Assert.Equal([99m, 89m], (await db.Plans.SingleAsync()).Versions.Select(version => version.BaseFee.Amount));
    }

    [Fact]
    public async Task A_new_plan_is_tried_on_the_subscriptions_of_plans_like_it()
    {
        await using var scene = await Office();

        foreach (var (interval, currency, count) in new[]
        {
            (BillingInterval.Monthly, "USD", 1), (BillingInterval.Monthly, "EUR", 0), (BillingInterval.Yearly, "USD", 0),
        })
        {
            var found = await scene.Ask<SimulationQueries, Found<string>>(
                scene.Clerk, ask => ask.Subscriptions(null, interval, Currency.Of(currency)));
            Assert.Equal(count, found.Total);
        }
    }

    [Fact]
    public void The_difference_between_two_versions_is_said_in_sentences()
    {
        var eur = Currency.Of("EUR");
        var input = new ChargeView("Input", "input", "Input", "tokens", new PerUnitPrice(3));
        var before = new PlanVersionView(1, null, Money.Of(49, eur), [input, input with { Name = "Old", MetricCode = "old" }], 0);
        var after = before with
        {
            Number = 2,
            BaseFee = Money.Of(59, eur),
            Charges = [input with { Price = new PerUnitPrice(2), Settings = new ChargeSettings { Maximum = Money.Of(100, eur) } }],
            Settings = new PlanSettings { TrialDays = 14, FixedCharges = [new FixedCharge("seats", "Seats", 5, new PerUnitPrice(10))] },
        };

        Assert.Equal(
            [
                "Base fee: 59.00\u00A0EUR for each month, after it has ended – before: 49.00\u00A0EUR for each month, after it has ended.",
                "Seats is new: 5 units: 10.00 EUR per unit, after the period.",
                "Old is gone.",
                "Input: 2.00 EUR per unit – before: 3.00 EUR per unit.",
                "Input: now “At most 100.00\u00A0EUR in a period”.",
                "now “The base fee is free for 14 days from the first start”.",
            ],
            VersionDifference.Of(before, after, BillingInterval.Monthly));
        Assert.Empty(VersionDifference.Of(after, after, BillingInterval.Monthly));
    }

    /// <summary>Acme with the real November, and a draft of version 2: a smaller base fee, all input tokens at the highest price.</summary>
    private static async Task<Scene> Office()
    {
        var scene = await Scene.Create();
        await scene.UseRealMonth(await scene.Customer("acme", new LocalDate(2023, 11, 1)));
        await using var db = await scene.Open();
        var plan = await db.Plans.SingleAsync();
        var charges = plan.Latest!.Charges;
        var input = Charge.Of("Input tokens", charges[0].MetricId, new PerUnitPrice(3, 1_000_000));
        plan.Edit(Money.Of(89, plan.Currency), [input, .. charges.Skip(1)]);
        await db.SaveChangesAsync();
        return scene;
    }

    private static (decimal?, decimal?) Pair(Replay replay, string line) =>
        replay.Lines.Where(each => each.Name == line).Select(each => (each.Old?.Amount, each.New?.Amount)).Single();
}
