using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

/// <summary>Least and most of a charge, discounts on it, and quantities priced in another unit.</summary>
public sealed class LimitTests
{
    [Theory]
    //          least   most     amount   charged  why
    [InlineData("100",  null,    "60",    "100",   "lifted to the least")]
    [InlineData("100",  null,    "0",     "100",   "also without usage")]
    [InlineData("100",  "200",   "150",   "150",   "in between")]
    [InlineData(null,   "200",   "250",   "200",   "cut to the most")]
    [InlineData(null,   "0",     "250",   "0",     "a most of zero is free of charge")]
    [InlineData(null,   null,    "250",   "250",   "no limits")]
    public void Limits_keep_a_charge_between_least_and_most(string? least, string? most, string amount, string charged, string why)
    {
        var limits = new SpendLimits(least is null ? null : D(least), most is null ? null : D(most));

        Assert.True(D(charged) == PriceStep.Total(limits.Applied(new PerUnitPrice(D(amount)).StepsFor(1))), why);
    }

    [Theory]
    //          before   amount  beyond  why
    [InlineData("90",    "75",   "65",   "10 are left")]
    [InlineData("100",   "75",   "75",   "nothing is left")]
    [InlineData("0",     "75",   "0",    "all of it fits")]
    [InlineData("200",   "75",   "75",   "never more than the amount itself")]
    [InlineData("200",   "-5",   "0",    "a credit is not cut")]
    public void Counts_what_was_charged_before(string before, string amount, string beyond, string why) =>
        Assert.True(D(beyond) == new SpendLimits(null, 100).Beyond(D(before), D(amount)), why);

    [Fact]
    public void Refuses_limits_that_cross_or_are_negative()
    {
        Assert.Throws<RuleBroken>(() => new SpendLimits(2, 1));
        Assert.Throws<RuleBroken>(() => new SpendLimits(-1));
        Assert.Throws<RuleBroken>(() => new SpendLimits(null, -1));
    }

    [Fact]
    public void Limits_may_be_zero_and_may_meet()
    {
        Assert.Equal(0, new SpendLimits(0).Minimum);
        Assert.Equal(5, PriceStep.Total(new SpendLimits(5, 5).Applied(new PerUnitPrice(1).StepsFor(7))));
    }

    [Fact]
    public void A_limit_that_is_met_exactly_needs_no_step()
    {
        Assert.Single(new SpendLimits(7, 7).Applied(new PerUnitPrice(1).StepsFor(7)));
        Assert.Equal(0, new SpendLimits(7).Missing(7));
        Assert.Equal(0, new SpendLimits().Missing(7));
    }

    [Theory]
    [InlineData("0", "20", "no discount")]
    [InlineData("100", "0", "free of charge")]
    public void A_discount_may_be_nothing_or_everything(string percent, string amount, string why) =>
        Assert.True(D(amount) == PriceStep.Total(new PriceDiscount(D(percent)).Applied(new PerUnitPrice(2).StepsFor(10))), why);

    [Fact]
    public void A_pricing_unit_is_shown_with_up_to_twelve_places_and_is_worth_something()
    {
        Assert.Equal((0, 12), (new PricingUnit("credits", 0, 1).Decimals, new PricingUnit("credits", 12, 1).Decimals));
        Assert.Throws<RuleBroken>(() => new PricingUnit("credits", -1, 1));
        Assert.Throws<RuleBroken>(() => new PricingUnit("credits", 13, 1));
        Assert.Throws<RuleBroken>(() => new PricingUnit("credits", 2, 0));
        Assert.Throws<RuleBroken>(() => new PricingUnit(" ", 2, 1));
        Assert.Throws<RuleBroken>(() => new PricingUnit(new string('c', 41), 2, 1));
    }

    [Fact]
    public void A_discount_leaves_units_out_and_takes_a_percentage_off()
    {
        var discount = new PriceDiscount(50, 10);
        var steps = discount.Applied(new PerUnitPrice(2).StepsFor(discount.Counted(35)));

        Assert.Equal(new PriceStep("50 % discount", -50, 50, 100), steps[^1]);
        Assert.Equal(25, PriceStep.Total(steps));
        Assert.Equal(0, discount.Counted(7));
        Assert.Throws<RuleBroken>(() => new PriceDiscount(101));
        Assert.Throws<RuleBroken>(() => new PriceDiscount(-1));
        Assert.Throws<RuleBroken>(() => new PriceDiscount(0, -1));
    }

    [Theory]
    //          measured  factor   divides  part                 priced   why
    [InlineData("7400",   "1000",  true,    PartOfUnit.Up,       "8",     "a started unit is a whole one")]
    [InlineData("7000",   "1000",  true,    PartOfUnit.Up,       "7",     "exactly seven")]
    [InlineData("7400",   "1000",  true,    PartOfUnit.Down,     "7",     "only whole ones")]
    [InlineData("7499",   "1000",  true,    PartOfUnit.Nearest,  "7",     "less than half")]
    [InlineData("7500",   "1000",  true,    PartOfUnit.Nearest,  "8",     "half and more")]
    [InlineData("7400",   "1000",  true,    PartOfUnit.Kept,     "7.4",   "a part stays")]
    [InlineData("1.5",    "60",    false,   PartOfUnit.Kept,     "90",    "hours to minutes")]
    [InlineData("1.01",   "60",    false,   PartOfUnit.Up,       "61",    "60.6 minutes")]
    [InlineData("10",     "3",     true,    PartOfUnit.Up,       "4",     "found by the rest, not by a rounded quotient")]
    public void Units_are_converted_exactly(string measured, string factor, bool divides, PartOfUnit part, string priced, string why) =>
        Assert.True(D(priced) == new UnitConversion(D(factor), divides, part).Converted(D(measured)), why);

    [Fact]
    public void Refuses_a_part_that_has_no_end()
    {
        Assert.Throws<ArithmeticException>(() => new UnitConversion(3, true).Converted(10));
        Assert.Throws<RuleBroken>(() => new UnitConversion(0, true));
    }
}
