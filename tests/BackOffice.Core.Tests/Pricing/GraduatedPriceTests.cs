using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

public sealed class GraduatedPriceTests
{
    private static readonly GraduatedPrice TenThenHundred = new([new(10, 2m), new(100, 1.5m, Flat: 5m), new(null, 0.0125m)]);

    private static readonly GraduatedPrice Tokens = new([new(1_000_000, 3m), new(10_000_000, 2.5m), new(null, 2m)], 1_000_000);

    [Theory]
    //          units        amount      why
    [InlineData("0",         "0",        "nothing used, nothing owed: the flat fee of an unreached tier is not due")]
    [InlineData("0.5",       "1",        "units may be fractions")]
    [InlineData("10",        "20",       "a limit belongs to the tier below it")]
    [InlineData("10.000001", "25.0000015", "the first hair above a limit enters the next tier")]
    [InlineData("10.5",      "25.75",    "entering a tier costs its flat fee, once")]
    [InlineData("100",       "160",      "a limit belongs to the tier below it")]
    [InlineData("101",       "160.0125", "the last tier has no end")]
    [InlineData("250",       "161.875",  "fractions of a cent survive until the line is rounded")]
    public void Charges_each_unit_at_the_price_of_its_tier(string units, string amount, string why) =>
        Assert.True(D(amount) == TenThenHundred.AmountFor(D(units)), why);

    [Theory]
    //          units    amount   why
    [InlineData("0",     "2",     "the first tier is entered even with no unit at all")]
    [InlineData("1",     "12",    "the flat fee once, and a unit")]
    [InlineData("10",    "102",   "a limit belongs to the tier below it")]
    [InlineData("12",    "115",   "both flat fees")]
    public void The_first_flat_fee_is_due_even_without_usage(string units, string amount, string why) =>
        Assert.True(D(amount) == new GraduatedPrice([new(10, 10, 2), new(null, 5, 3)]).AmountFor(D(units)), why);

    [Fact]
    public void Eighteen_million_tokens_cost_41_dollars_62()
    {
        Assert.Equal(
            [
                new PriceStep("First 1,000,000", 1_000_000, 3m, 1_000_000) { Tier = 1 },
                new PriceStep("1,000,000 to 10,000,000", 9_000_000, 2.5m, 1_000_000) { Tier = 2 },
                new PriceStep("Above 10,000,000", 8_059_974, 2m, 1_000_000) { Tier = 3 },
            ],
            Tokens.StepsFor(18_059_974));
        Assert.Equal(["3", "22.5", "16.119948"], Tokens.StepsFor(18_059_974).Select(step => step.Amount.ToString("0.#########")));
        Assert.Equal(D("41.619948"), Tokens.AmountFor(18_059_974));
    }

    [Fact]
    public void A_single_tier_is_a_price_per_unit() =>
        Assert.Equal([new PriceStep("All units", 7, 3m) { Tier = 1 }], new GraduatedPrice([new(null, 3m)]).StepsFor(7));

    [Fact]
    public void Every_unit_is_in_exactly_one_tier() =>
        Gen.Select(Gen.Long[0, 500_000_000L], Gen.Long[1, 100_000_000L], Gen.Long[1, 100_000_000L]).Sample((units, first, second) =>
        {
            var price = new GraduatedPrice([new(first / 1_000m, 3), new((first + second) / 1_000m, 2), new(null, 1)]);
            return price.StepsFor(units / 1_000m).Sum(step => step.Quantity) == units / 1_000m;
        });

    [Fact]
    public void One_more_unit_never_costs_less() =>
        Gen.Select(Gen.Long[0, 300_000L], Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[0, 5]).Sample((units, price, otherPrice, flat) =>
        {
            var tiers = new GraduatedPrice([new(100, price, flat), new(200, otherPrice, flat), new(null, price)]);
            return tiers.AmountFor((units + 1) / 1_000m) >= tiers.AmountFor(units / 1_000m);
        });

    [Theory]
    [InlineData("", "The last tier must have no upper limit")]
    [InlineData("10", "The last tier must have no upper limit")]
    [InlineData("10 5 -", "Tier 2 must end above 10")]
    [InlineData("10 10 -", "Tier 2 must end above 10")]
    [InlineData("0 -", "Tier 1 must end above 0")]
    [InlineData("-5 -", "Tier 1 must end above 0")]
    [InlineData("10 - -", "Tier 2 must end above 10")]
    public void Refuses_tiers_that_leave_a_quantity_without_a_price(string limits, string message)
    {
        var tiers = limits.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(limit => new PriceTier(limit == "-" ? null : D(limit), 1m));

        Assert.StartsWith(message, Assert.Throws<RuleBroken>(() => new GraduatedPrice([.. tiers])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_negative_prices_and_odd_units()
    {
        Assert.Equal("The unit price of tier 2 must not be negative.",
            Assert.Throws<RuleBroken>(() => new GraduatedPrice([new(10, 1), new(null, -1)])).Message);
        Assert.Equal("The flat fee of tier 1 must not be negative.",
            Assert.Throws<RuleBroken>(() => new GraduatedPrice([new(10, 1, -1), new(null, 1)])).Message);
        Assert.Throws<RuleBroken>(() => new GraduatedPrice([new(null, 1)], 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tokens.StepsFor(-1));
    }

    [Fact]
    public void Refuses_to_round_silently() =>
        Assert.Throws<ArithmeticException>(() =>
            new GraduatedPrice([new(0.01m, 1), new(null, 1)]).StepsFor(D("10000000000000000000000000000")));

    [Fact]
    public void Says_its_tiers_in_words()
    {
        Assert.Equal(
            "First 1,000,000 at 3.00 USD; 1,000,000 to 10,000,000 at 2.50 USD; above 10,000,000 at 2.00 USD, per 1,000,000",
            Tokens.InWords(Usd));
        Assert.Equal(
            "First 10 at 2.00 EUR; 10 to 100 at 1.50 EUR plus 5.00 EUR once; above 100 at 0.0125 EUR, per unit",
            TenThenHundred.InWords(Eur));
        Assert.Equal("All units at 3 JPY, per unit", new GraduatedPrice([new(null, 3m)]).InWords(Jpy));
    }

    [Fact]
    public void Equal_prices_have_equal_hash_codes()
    {
        var same = new GraduatedPrice([new(D("10.0"), D("2.00")), new(100, 1.5m, D("5.0")), new(null, 0.0125m)], D("1.0"));

        Assert.Equal(TenThenHundred, same);
        Assert.Equal(TenThenHundred.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(TenThenHundred, new GraduatedPrice([new(10, 2m), new(100, 1.5m), new(null, 0.0125m)]));
        Assert.NotEqual(TenThenHundred, new GraduatedPrice(TenThenHundred.Tiers, 10));
        Assert.False(TenThenHundred.Equals(null));
    }

    [Fact]
    public void Keeps_its_tiers_when_the_list_it_was_made_from_changes()
    {
        var tiers = new List<PriceTier> { new(10, 2m), new(null, 1m) };
        var price = new GraduatedPrice(tiers);
        tiers[0] = new PriceTier(10, 99m);

        Assert.Equal(20, price.AmountFor(10));
    }
}
