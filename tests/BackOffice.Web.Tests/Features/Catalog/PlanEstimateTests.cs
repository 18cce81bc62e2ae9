using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Subscriptions;

namespace BackOffice.Web.Tests.Features.Catalog;

public sealed class PlanEstimateTests
{
    [Fact]
    public void A_month_of_tokens_costs_what_the_invoice_would_say()
    {
        var estimate = PlanEstimate.Of(Plan(Charge(Samples.InputTokenPrice, 18_059_974)), _ => "tokens");

        var line = estimate.Lines.Single(l => l.Charge is not null);
        Assert.Equal(41.619948m, line.Rated.ExactAmount);
        Assert.Equal(41.62m, line.Rated.Amount.Amount);
        Assert.Equal([3m, 22.5m, 16.119948m], line.Rated.Steps.Select(step => step.Amount));
        Assert.Equal(2.304541m, decimal.Round(line.Average!.Value, 6));
        Assert.Equal(90.62m, estimate.Total.Amount);
    }

    [Fact]
    public void A_charge_without_a_price_is_left_out_and_counted()
    {
        var estimate = PlanEstimate.Of(Plan(new ChargeDraft { Quantity = 5 }, Charge(new PerUnitPrice(2), 3)), _ => null);

        Assert.Equal((1, 55m), (estimate.LeftOut, estimate.Total.Amount));
    }

    [Fact]
    public void Without_units_there_is_no_average()
    {
        var estimate = PlanEstimate.Of(Plan(Charge(new GraduatedPrice([new PriceTier(null, 1, 5)]), null)), _ => null);

        Assert.Equal(54m, estimate.Total.Amount);
        Assert.Null(estimate.Lines[^1].Average);
    }

    [Fact]
    public void A_quantity_beyond_the_digits_of_an_amount_is_a_sentence()
    {
        var estimate = PlanEstimate.Of(Plan(Charge(new PerUnitPrice(1.23456789m), 9_999_999_999_999_999_999_999_999m)), _ => null);

        Assert.Equal("These quantities and prices need more digits than an invoice can have.", estimate.Problem);
    }

    [Fact]
    public void Usage_billed_monthly_under_a_yearly_plan_comes_twelve_times_and_the_commitment_is_made_good_once()
    {
        var plan = Plan(Charge(new PerUnitPrice(2), 10));
        (plan.Interval, plan.UsageMonthly, plan.Commitment) = (BillingInterval.Yearly, true, 500);

        var estimate = PlanEstimate.Of(plan, _ => null);

        Assert.Equal([(49m, 1), (20m, 12), (211m, 1)], estimate.Lines.Select(line => (line.Rated.Amount.Amount, line.Times)));
        Assert.Equal(500m, estimate.Total.Amount);
    }

    [Theory]
    [InlineData(90, "", "nothing is passed")]
    [InlineData(100, "200", "twice a hundred reaches 200")]
    [InlineData(800, "200 1500", "past the largest sum steps repeat")]
    public void Says_which_sums_usage_passes_so_that_it_is_billed_early(int units, string passed, string why)
    {
        var plan = Plan(Charge(new PerUnitPrice(2), units));
        plan.EarlyBilling.Sums.AddRange([new ThresholdDraft { Amount = 200 }, new ThresholdDraft()]);
        plan.EarlyBilling.Step = 1_300;

        var estimate = PlanEstimate.Of(plan, _ => null);

        Assert.True(passed == string.Join(' ', estimate.Passed.Select(p => p.Reached.Amount.ToString("0"))), why);
        Assert.Equal(units * 2m, estimate.Usage.Amount);
    }

    [Theory]
    [InlineData(EarlyBillingChoice.AsThePlan, false, false, "nothing is agreed")]
    [InlineData(EarlyBillingChoice.Never, false, true, "never billed early")]
    [InlineData(EarlyBillingChoice.OwnSums, true, false, "sums of his own")]
    public void A_customer_may_agree_other_sums_or_none(EarlyBillingChoice choice, bool sums, bool never, string why)
    {
        var draft = AgreedDraft.Of(null);
        draft.Early = choice;
        draft.EarlyBilling.Step = 50;

        var agreed = draft.ToOverride(Core.Common.Currency.Of("EUR"));

        Assert.True((sums, never) == (agreed?.EarlyBilling is not null, agreed?.NoEarlyBilling == true), why);
    }

    [Theory]
    [InlineData(true, "due on the first day")]
    [InlineData(false, "due after the period")]
    public void A_period_has_its_own_base_fee_and_fixed_charges_once(bool inAdvance, string why)
    {
        var plan = Plan();
        (plan.PayInAdvance, plan.TrialDays) = (inAdvance, 14);
        plan.FixedCharges.Add(FixedChargeDraft.Of(new FixedCharge("seats", "Seats", 5, new PerUnitPrice(10)) { PayInAdvance = inAdvance }));

        var estimate = PlanEstimate.Of(plan, _ => null);

        Assert.True(estimate.Total.Amount == 99m, why);
    }

    [Fact]
    public void Transactions_are_priced_one_by_one()
    {
        var charge = Charge(new PercentagePrice(1, 0.25m, 0, 0, 1, 9), null);
        charge.Amounts = "10 100; 5,000";

        var estimate = PlanEstimate.Of(Plan(charge), _ => "EUR");

        Assert.Equal(1 + 1.25m + 9, estimate.Lines.Single(line => line.Charge is not null).Rated.ExactAmount);
    }

    [Fact]
    public void Usage_with_a_price_of_its_own_is_a_line_of_its_own_and_the_maximum_holds_for_all()
    {
        var charge = Charge(new PerUnitPrice(1), 100);
        charge.Filters.Add(FilterDraft.Of(new(new ChargeFilter("Large", [new("model", ["xl"])]), new PerUnitPrice(5))));
        (charge.Filters[0].Quantity, charge.Maximum) = (10, 120);

        var estimate = PlanEstimate.Of(Plan(charge), _ => "calls");

        Assert.Equal([("Large", 50m), (null, 70m)],
            estimate.Lines.Where(line => line.Charge is not null).Select(line => (line.Rated.Filter, line.Rated.Amount.Amount)));
    }

    [Fact]
    public void Two_plans_stand_side_by_side_line_by_line()
    {
        var (one, other) = (Plan(Charge(new PerUnitPrice(1), 10)), Plan(Charge(new PerUnitPrice(2), 10)));
        other.FixedCharges.Add(FixedChargeDraft.Of(new FixedCharge("support", "Support", 1, new PerUnitPrice(5))));
        var (a, b) = (PlanEstimate.Of(one, _ => null), PlanEstimate.Of(other, _ => null));

        Assert.Equal(
            [("Base fee", 49m, 49m), ("Input tokens", 10m, 20m), ("Support", null, 5m)],
            EstimateComparison.Of(a, b).Select(row => (row.Name, row.One?.Amount, row.Other?.Amount)));
        Assert.Equal("Version 2 costs 15.00\u00A0EUR more.", EstimateComparison.InWords(a, b, "Version 2"));
    }

    [Fact]
    public void The_curve_of_a_price_goes_beyond_its_last_limit_and_ends_at_a_round_quantity()
    {
        var curve = PriceCurve.Of(Samples.InputTokenPrice, null)!;

        Assert.Equal((0m, 0m), (curve.Points[0].Quantity, curve.Points[0].Amount));
        Assert.Equal((20_000_000m, 45.5m), (curve.Last.Quantity, curve.Last.Amount));
        Assert.Equal(11, curve.Few.Count());
    }

    private static PlanDraft Plan(params ChargeDraft[] charges)
    {
        var plan = new PlanDraft { BaseFee = 49m };
        plan.Charges.AddRange(charges);
        return plan;
    }

    private static ChargeDraft Charge(Price price, decimal? quantity)
    {
        var draft = ChargeDraft.Of(new ChargeView("Input tokens", "input-tokens", "Input tokens", "tokens", price));
        draft.Quantity = quantity;
        return draft;
    }
}
