using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

public sealed class ProratedPriceTests
{
    private static readonly GraduatedPrice Seats = new([new(5, 10, 100), new(null, 5, 50)]);

    [Theory]
    //          units:days           amount      why
    [InlineData("",                  "100",      "the first flat fee is due in full, even for nothing")]
    [InlineData("2:15",              "110",      "two seats for half the month")]
    [InlineData("5:30",              "150",      "filling a tier exactly does not enter the next")]
    [InlineData("5:30 1:15",         "202.5",    "the sixth enters the second tier, whose flat fee is due in full")]
    [InlineData("5:30 2:15 -2:3",    "204",      "what goes leaves the last tier first, and both flat fees stay due")]
    [InlineData("6:30 -2:15 1:15",   "202.5",     "a freed place is filled again, in the first tier")]
    [InlineData("5:12 -6:6",         "0",        "less than nothing is there at the end: nothing is owed, no flat fee either")]
    public void Units_fill_and_leave_tiers_in_order_and_pay_for_their_days(string parts, string amount, string why)
    {
        var units = Of(parts);

        Assert.True(D(amount) == Seats.AmountFor(units), $"{why}: {Seats.AmountFor(units)}");
        Assert.True(D(amount) == PriceStep.Total(Seats.StepsFor(units)), why);
    }

    [Fact]
    public void Explains_the_units_of_each_tier_by_their_days() => Assert.Equal(
        [
            new PriceStep("First 5, 20 of 30 days", 5, 10, 1, 100) { Tier = 1, Days = 20, OfDays = 30 },
            new PriceStep("Above 5, 20 of 30 days", 1, 5, 1, 50) { Tier = 2, Days = 20, OfDays = 30 },
            new PriceStep("Above 5, 10 of 30 days", 3, 5) { Tier = 2, Days = 10, OfDays = 30 },
        ],
        Seats.StepsFor(Of("6:20 3:10")));

    [Fact]
    public void An_exact_tie_is_rounded_as_a_tie()
    {
        // 1/3 + 1/6 of a cent is half a cent, away from zero a whole one. In 28 digits it would be a hair less.
        var units = new Units(2) { Parts = [new(1, 10, 30), new(1, 5, 30)] };
        var mixed = new Units(2) { Parts = [new(1, 1, 3), new(1, 1, 6)] };
        var price = new PerUnitPrice(D("0.01"));

        Assert.Equal(D("0.005"), price.AmountFor(units));
        Assert.Equal(D("0.005"), price.AmountFor(mixed));
        Assert.Equal(1, Money.Rounded(price.AmountFor(units), Usd).MinorUnits);
    }

    [Theory]
    //          units   price   days  ofDays  cents    why
    [InlineData("1",    "850000", 1,  31,     2741935, "exact; Lago rounds 1/31 up to 0.03226 of a unit and bills 27,421.00")]
    [InlineData("3",    "29",     24, 29,     7200,    "72 exactly")]
    public void Shares_of_units_are_never_rounded(string units, string price, int days, int ofDays, int cents, string why) =>
        Assert.True(cents == Money.Rounded(
            new PerUnitPrice(D(price)).AmountFor(new Units(D(units)) { Parts = [new(D(units), days, ofDays)] }), Usd).MinorUnits, why);

    [Fact]
    public void Prices_for_whole_periods_refuse_parts_of_one()
    {
        Price[] whole = [new PackagePrice(1, 1), new PercentagePrice(1), new DynamicPrice(), new GraduatedPercentagePrice([new(null, 1)])];

        Assert.All(whole, price => Assert.False(price.CanProrate));
        Assert.All(whole, price => Assert.Throws<ArgumentException>(() => price.StepsFor(Of("1:5"))));
    }

    [Fact]
    public void For_all_days_a_prorated_price_is_the_price() => Gen.Select(Prices.Prorating, Prices.Quantities).Sample((price, parts) =>
    {
        var units = new Units(parts.Sum()) { Parts = [.. parts.Select(part => new UnitsForDays(part, 30, 30))] };
        return price.AmountFor(units) == price.AmountFor(parts.Sum());
    });

    [Fact]
    public void Parts_of_a_unit_price_add_up_to_the_whole() =>
        Gen.Select(Gen.Long[0, 1_000_000], Gen.Int[0, 30], Gen.Int[0, 100_000]).Sample((units, days, price) =>
        {
            var quantity = units / 100m;
            var both = new Units(2 * quantity) { Parts = [new(quantity, days, 30), new(quantity, 30 - days, 30)] };
            return new PerUnitPrice(price / 100m).AmountFor(both) == new PerUnitPrice(price / 100m).AmountFor(quantity);
        });

    [Theory]
    //          parts         amount   why
    [InlineData("5:30 -5:20", "5",     "there are none in the end, but five were there for ten days")]
    [InlineData("-5:30 6:1",  "-14.4", "what is taken back first is taken back at the first price; whoever bills it asks for nothing")]
    [InlineData("0:10",       "0",     "nothing came and nothing went")]
    public void Units_that_come_and_go_keep_their_days(string parts, string amount, string why) =>
        Assert.True(D(amount) == new GraduatedPrice([new(null, 3)]).AmountFor(Of(parts)), why);

    [Fact]
    public void The_first_flat_fee_is_due_where_nothing_came() =>
        Assert.Equal(4, new GraduatedPrice([new(10, 3, 4), new(null, 1)]).AmountFor(Of("0:10")));

    [Fact]
    public void A_share_of_a_pricing_unit_becomes_money_without_being_rounded_before() => Assert.Equal(
        1, new ConvertedPrice(new PerUnitPrice(1), new PricingUnit("credits", 2, 3)).AmountFor(Of("1:10")));

    private static Units Of(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(':'))
            .Select(part => new UnitsForDays(D(part[0]), (int)D(part[1]), 30)).ToList();
        return new Units(parts.Sum(part => part.Quantity)) { Parts = parts };
    }
}
