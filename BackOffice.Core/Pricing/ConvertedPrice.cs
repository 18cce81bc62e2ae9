using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>A price named in a pricing unit, such as 5 credits each, and charged in money at the unit's rate.</summary>
/// <param name="Price">The price in units of <paramref name="Unit"/>; any kind but another converted one.</param>
public sealed record ConvertedPrice(Price Price, PricingUnit Unit) : Price
{
    public Price Price { get; } = Price is ConvertedPrice
        ? throw new RuleBroken("A price is converted once; its pricing unit is worth money, not another unit.")
        : Price;

    public override bool ReadsEvents => Price.ReadsEvents;

    public override bool CanProrate => Price.CanProrate;

    internal override string Describe(Denomination denomination) =>
        $"{Price.Describe(new Denomination(Unit.Name, Unit.Decimals))}; one of {Unit.Name} is {Words.Amount(Unit.Rate, denomination)}";

    private protected override IReadOnlyList<PriceStep> Steps(Units units)
    {
        var inUnits = Price.StepsOf(units);
        var steps = new PriceStep[inUnits.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            var step = inUnits[i];
            steps[i] = step with
            {
                Label = $"{step.Label}, in {Unit.Name} at {Words.Number(Unit.Rate)}",
                UnitPrice = Unit.Convert(step.UnitPrice),
                Flat = Unit.Convert(step.Flat),
            };
        }

        return steps;
    }

    private protected override decimal Amount(Units units) => units.Parts.Count > 0
        ? base.Amount(units)
        : Unit.Convert(Price.AmountFor(units));
}
