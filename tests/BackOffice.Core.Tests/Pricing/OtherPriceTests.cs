using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

/// <summary>Graduated percentages, amounts that events carry, and prices in a unit of the seller's own.</summary>
public sealed class OtherPriceTests
{
    private static readonly GraduatedPercentagePrice Share = new([new(10, 1, 200), new(20, 2, 300), new(null, 3, 400)]);

    [Theory]
    //          amount    fee        why
    [InlineData("0",      "200",     "the first tier is entered even with nothing")]
    [InlineData("1",      "200.01",  "1 % of 1")]
    [InlineData("10",     "200.1",   "a limit belongs to the tier below it")]
    [InlineData("12",     "500.14",  "10 at 1 %, 2 at 2 %, both flat fees")]
    [InlineData("21",     "900.33",  "all three")]
    public void A_graduated_percentage_charges_each_part_at_its_rate(string amount, string fee, string why)
    {
        Assert.True(D(fee) == Share.AmountFor(D(amount)), why);
        Assert.True(D(fee) == PriceStep.Total(Share.StepsFor(D(amount))), why);
    }

    [Fact]
    public void A_graduated_percentage_explains_and_says_itself()
    {
        Assert.Equal(new PriceStep("10 to 20", 2, 2, 100, 300) { Tier = 2 }, Share.StepsFor(12)[1]);
        Assert.Equal("First 10 at 1 % plus 200.00 USD once; 10 to 20 at 2 % plus 300.00 USD once; above 20 at 3 % plus 400.00 USD once",
            Share.InWords(Usd));
        Assert.Equal("The rate of tier 1 must not be negative.",
            Assert.Throws<RuleBroken>(() => new GraduatedPercentagePrice([new(null, -1)])).Message);
        Assert.Equal(Share, new GraduatedPercentagePrice([.. Share.Tiers]));
        Assert.NotEqual(Share, new GraduatedPercentagePrice([new(null, 1)]));
    }

    [Fact]
    public void A_dynamic_price_passes_on_what_the_events_carry()
    {
        var units = new Units(20, 2) { CarriedAmount = D("9.12") };

        Assert.Equal(D("9.12"), new DynamicPrice().AmountFor(units));
        Assert.Equal([new PriceStep("Amount carried by the events", D("9.12"), D("1.25"))], new DynamicPrice(D("1.25")).StepsFor(units));
        Assert.Equal(D("11.4"), new DynamicPrice(D("1.25")).AmountFor(units));
        Assert.Equal("The amount that each event carries", new DynamicPrice().InWords(Usd));
        Assert.Equal("1.25 times the amount that each event carries", new DynamicPrice(D("1.25")).InWords(Usd));
        Assert.Throws<RuleBroken>(() => new DynamicPrice(-1));
    }

    [Theory]
    //          price      rate     units  cents  why
    [InlineData("0.005",   "10",    "1",   5,     "0.005 credits are 0.05; rounded to 0.01 credits first, Lago makes it 0.10")]
    [InlineData("0.333",   "0.15",  "10",  50,    "3.33 credits are 0.4995, rounded once to 0.50")]
    [InlineData("0.0149",  "100",   "1",   149,   "rounded to 0.01 credits first, Lago makes it 1.00")]
    [InlineData("5",       "0.2",   "12",  1200,  "60 credits")]
    public void A_pricing_unit_is_converted_exactly_and_rounded_once(string price, string rate, string units, int cents, string why)
    {
        var converted = new ConvertedPrice(new PerUnitPrice(D(price)), new PricingUnit("credits", 2, D(rate)));

        Assert.True(cents == Money.Rounded(converted.AmountFor(D(units)), Usd).MinorUnits, why);
        Assert.True(converted.AmountFor(D(units)) == PriceStep.Total(converted.StepsFor(D(units))), why);
    }

    [Fact]
    public void A_converted_price_keeps_the_ways_of_the_price_inside()
    {
        var credits = new PricingUnit(" credits ", 2, D("0.2"));
        var converted = new ConvertedPrice(new GraduatedPrice([new(10, 5, 100), new(null, 4)]), credits);

        Assert.Equal(new PriceStep("First 10, in credits at 0.2", 10, 1, 1, 20) { Tier = 1 }, converted.StepsFor(12)[0]);
        Assert.Equal("First 10 at 5.00 credits plus 100.00 credits once; above 10 at 4.00 credits, per unit; one of credits is 0.20 USD",
            converted.InWords(Usd));
        Assert.True(converted.CanProrate);
        Assert.Equal(D("23"), converted.AmountFor(new Units(3) { Parts = [new(3, 31, 31)] }));
        Assert.Throws<RuleBroken>(() => new ConvertedPrice(converted, credits));
        Assert.Throws<RuleBroken>(() => new PricingUnit("", 2, 1));
        Assert.Throws<RuleBroken>(() => new PricingUnit("credits", 13, 1));
        Assert.Throws<RuleBroken>(() => new PricingUnit("credits", 2, 0));
    }
}
