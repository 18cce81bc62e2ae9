using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;

namespace BackOffice.Core.Tests.Catalog;

/// <summary>What one customer pays instead of what the plan says.</summary>
public sealed class AgreedTermsTests
{
    private static readonly MetricId Calls = MetricId.New();

    [Fact]
    public void A_month_costs_what_the_page_says()
    {
        var plan = Terms();
        var agreed = plan.With(new TermsOverride
        {
            BaseFee = Euro(25),
            Commitment = Euro(0),
            Charges = [new ChargeOverride(Calls, new GraduatedPrice([new PriceTier(100, 0.90m), new PriceTier(null, 0.50m)]))],
        });
        var rows = DomainPage.Table("plans.md", "What one customer agreed");

        foreach (var (column, terms) in new[] { ("The plan", plan), ("Agreed", agreed) })
        {
            var usage = Money.Rounded(terms.Charges[0].Price.AmountFor(new Units(150)), Eur);
            var spent = terms.BaseFee + usage;
            var missing = terms.Settings.Commitment is { } promised
                ? new Commitment(promised.Name, promised.Amount).TrueUp(spent, 31, 31)!.Amount
                : Money.Zero(Eur);
            Assert.Equal(
                [terms.BaseFee.Amount, usage.Amount, missing.Amount, (spent + missing).Amount], rows.Select(row => row.Amount(column)));
        }
    }

    [Fact]
    public void What_is_not_agreed_stays_as_the_plan_has_it()
    {
        var terms = Terms().With(new TermsOverride { Charges = [new ChargeOverride(Calls, null, Euro(5))] });

        Assert.Equal((Euro(29), 300m), (terms.BaseFee, terms.Settings.Commitment!.Amount.Amount));
        Assert.Equal(new PerUnitPrice(1), terms.Charges[0].Price);
        Assert.Equal((Euro(5), Euro(900)), (terms.Charges[0].Settings.Minimum, terms.Charges[0].Settings.Maximum));
    }

    [Fact]
    public void Limits_that_cannot_both_be_are_refused_also_when_one_is_the_plans()
    {
        var refused = Assert.Throws<RuleBroken>(
            () => Terms().With(new TermsOverride { Charges = [new ChargeOverride(Calls, null, Euro(901))] }));

        Assert.Equal("\"Calls\" costs at least 901.00 EUR and at most 900.00 EUR, which cannot both be.", refused.Message);
    }

    [Fact]
    public void What_the_plan_does_not_have_cannot_be_agreed()
    {
        Assert.Throws<RuleBroken>(
            () => Terms().With(new TermsOverride { Charges = [new ChargeOverride(MetricId.New(), new PerUnitPrice(1))] }));
        Assert.Throws<RuleBroken>(() => Terms().With(new TermsOverride { FixedCharges = [new FixedChargeOverride("desks", 3)] }));
        Assert.Throws<RuleBroken>(() => Terms().With(new TermsOverride { BaseFee = Money.Of(1, Usd) }));
    }

    private static PlanTerms Terms()
    {
        var plan = Plan.Create("api", "API", Eur);
        plan.Edit(
            Euro(29), [Charge.Of("Calls", Calls, new PerUnitPrice(1), new ChargeSettings { Maximum = Euro(900) })],
            new PlanSettings { Commitment = new MinimumCommitment(Euro(300)) });
        plan.Publish(Now);
        return plan.Terms(1);
    }

    private static Money Euro(decimal amount) => Money.Of(amount, Eur);
}
