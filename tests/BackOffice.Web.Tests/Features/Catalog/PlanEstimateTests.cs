using BackOffice.Core.Pricing;
using BackOffice.Web.Features.Catalog;

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
