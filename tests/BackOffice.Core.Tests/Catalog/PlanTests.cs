using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Catalog;

public sealed class PlanTests
{
    private static readonly Charge Tokens = Charge.Of("Input tokens", MetricId.New(), new PerUnitPrice(3, 1_000_000));
    private static readonly Charge Requests = Charge.Of("Requests", MetricId.New(), new PackagePrice(1_000, 0.50m));

    [Fact]
    public void Starts_with_an_empty_draft_that_nobody_can_subscribe_to()
    {
        var plan = Plan.Create(" pro ", " Pro ", Usd);

        Assert.Equal(("pro", "Pro", Usd, BillingInterval.Monthly), (plan.Code, plan.Name, plan.Currency, plan.Interval));
        Assert.Equal(1, plan.Draft!.Number);
        Assert.Null(plan.Latest);
        Assert.Equal(Money.Zero(Usd), plan.Draft.BaseFee);
    }

    [Fact]
    public void Publishing_makes_the_draft_the_latest_version()
    {
        var plan = Plan.Create("pro", "Pro", Usd);
        plan.Edit(Money.Of(99, Usd), [Tokens, Requests]);
        var version = plan.Publish(Now);

        Assert.Same(version, plan.Latest);
        Assert.Null(plan.Draft);
        Assert.Equal(Now, version.PublishedAt);
        Assert.Equal(["Input tokens", "Requests"], version.Charges.Select(charge => charge.Name));
        Assert.Equal([1, 2], version.Charges.Select(charge => charge.Position));
    }

    [Fact]
    public void A_retired_plan_is_offered_to_nobody_until_it_is_offered_again()
    {
        var plan = PublishedPlan(Money.Of(99, Usd), Tokens);
        plan.RequireOffer();

        plan.Retire(Now);
        Assert.Equal((true, Now), (plan.IsRetired, plan.RetiredAt!.Value));
        Assert.Equal(
            "Plan pro is retired: subscriptions on it go on, and nobody new can subscribe to it.",
            Assert.Throws<RuleBroken>(plan.RequireOffer).Message);
        Assert.Throws<RuleBroken>(() => plan.Retire(Now));

        plan.OfferAgain();
        plan.RequireOffer();
        Assert.Throws<RuleBroken>(plan.OfferAgain);
    }

    [Fact]
    public void A_plan_that_was_never_published_is_neither_offered_nor_retired()
    {
        var plan = Plan.Create("pro", "Pro", Usd);

        Assert.Throws<RuleBroken>(plan.RequireOffer);
        Assert.Throws<RuleBroken>(() => plan.Retire(Now));
    }

    [Fact]
    public void A_published_version_never_changes()
    {
        var plan = PublishedPlan(Money.Of(99, Usd), Tokens);
        var published = plan.Latest!;
        plan.Edit(Money.Of(149, Usd), [Requests]);

        Assert.Equal((1, Money.Of(99, Usd)), (published.Number, published.BaseFee));
        Assert.Equal("Input tokens", Assert.Single(published.Charges).Name);
        Assert.Same(published, plan.Latest);
        Assert.Equal((2, Money.Of(149, Usd)), (plan.Draft!.Number, plan.Draft.BaseFee));

        plan.Publish(Now);
        Assert.Equal(2, plan.Latest!.Number);
        Assert.Equal(Money.Of(99, Usd), plan.Version(1).BaseFee);
    }

    [Fact]
    public void Editing_replaces_what_the_draft_says()
    {
        var plan = Plan.Create("pro", "Pro", Usd);
        plan.Edit(Money.Of(99, Usd), [Tokens, Requests]);
        plan.Edit(Money.Of(49, Usd), [Requests]);

        Assert.Equal(Money.Of(49, Usd), plan.Draft!.BaseFee);
        Assert.Equal(("Requests", 1), (plan.Draft.Charges[0].Name, plan.Draft.Charges[0].Position));
        Assert.Single(plan.Draft.Charges);
        Assert.Single(plan.Versions);
    }

    [Fact]
    public void A_new_version_made_from_the_charges_of_the_old_one_has_charges_of_its_own()
    {
        var plan = PublishedPlan(Money.Of(99, Usd), Tokens);
        plan.Edit(Money.Of(149, Usd), plan.Latest!.Charges);

        Assert.NotEqual(plan.Latest.Charges[0].Id, plan.Draft!.Charges[0].Id);
        Assert.Equal(plan.Latest.Charges[0].Price, plan.Draft.Charges[0].Price);
    }

    [Theory]
    [InlineData("EUR", "99")]
    [InlineData("USD", "-0.01")]
    public void A_refused_edit_changes_nothing(string currency, string baseFee)
    {
        var plan = PublishedPlan(Money.Of(99, Usd), Tokens);

        Assert.Throws<RuleBroken>(() => plan.Edit(Money.Of(D(baseFee), Currency.Of(currency)), [Requests]));
        Assert.Null(plan.Draft);
        Assert.Single(plan.Versions);
    }

    [Fact]
    public void Refuses_to_charge_a_metric_twice()
    {
        var plan = Plan.Create("pro", "Pro", Usd);
        plan.Edit(Money.Of(99, Usd), [Tokens]);
        var again = Charge.Of("Tokens again", Tokens.MetricId, new PerUnitPrice(1));

        var refusal = Assert.Throws<RuleBroken>(() => plan.Edit(Money.Of(49, Usd), [Tokens, Requests, again]));

        Assert.Equal("\"Tokens again\" charges a metric that \"Input tokens\" charges already. It would be billed twice.", refusal.Message);
        Assert.Equal(Money.Of(99, Usd), plan.Draft!.BaseFee);
        Assert.Single(plan.Draft.Charges);
    }

    [Fact]
    public void Refuses_to_publish_nothing()
    {
        var plan = Plan.Create("pro", "Pro", Usd);
        Assert.StartsWith("The plan charges nothing yet.", Assert.Throws<RuleBroken>(() => plan.Publish(Now)).Message,
            StringComparison.Ordinal);
        Assert.NotNull(plan.Draft);

        plan.Edit(Money.Zero(Usd), [Tokens]);
        plan.Publish(Now);
        Assert.Equal("There is no draft to publish. Edit the plan first.", Assert.Throws<RuleBroken>(() => plan.Publish(Now)).Message);
    }

    [Fact]
    public void Finds_versions_by_number()
    {
        var plan = PublishedPlan(Money.Of(99, Usd));

        Assert.Equal(1, plan.Version(1).Number);
        Assert.Equal("Plan pro has no version 2.", Assert.Throws<RuleBroken>(() => plan.Version(2)).Message);
    }

    [Fact]
    public void Names_can_change_and_must_be_there()
    {
        var plan = Plan.Create("pro", "Pro", Usd);
        plan.Rename("Professional");

        Assert.Equal("Professional", plan.Name);
        Assert.Throws<RuleBroken>(() => plan.Rename(" "));
        Assert.Throws<RuleBroken>(() => Plan.Create("p r o", "Pro", Usd));
        Assert.Throws<RuleBroken>(() => Charge.Of(" ", MetricId.New(), new PerUnitPrice(1)));
    }
}
