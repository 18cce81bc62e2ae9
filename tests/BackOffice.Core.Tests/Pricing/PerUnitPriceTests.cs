using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

public sealed class PerUnitPriceTests
{
    [Theory]
    //          units             price    per              amount                  why
    [InlineData("0",              "15",    "1000000",       "0",                    "nothing used, nothing owed")]
    [InlineData("245896",         "15",    "1000000",       "3.68844",              "fractions of a cent survive")]
    [InlineData("1",              "15",    "1000000",       "0.000015",             "a single unit is a share of the price")]
    [InlineData("10",             "5.12345", "1",           "51.2345",              "prices may have more digits than money")]
    [InlineData("2.5",            "0.10",  "1",             "0.25",                 "units may be fractions")]
    [InlineData("7",              "0",     "1",             "0",                    "free of charge")]
    [InlineData("1000000000000000000", "0.0000001", "1000000000000", "0.1",         "the most units at the smallest price")]
    public void Charges_every_unit_the_same(string units, string price, string per, string amount, string why) =>
        Assert.True(D(amount) == new PerUnitPrice(D(price), D(per)).AmountFor(D(units)), why);

    [Fact]
    public void Explains_itself_in_one_step() =>
        Assert.Equal([new PriceStep("All units", 245_896, 15, 1_000_000)], new PerUnitPrice(15, 1_000_000).StepsFor(245_896));

    [Theory]
    //          price                            per      units                why
    [InlineData("1.2345678901234567",            "1",     "1.2345678901234567", "33 digits")]
    [InlineData("0.0000000000000000000000000001", "10",   "1",                  "29 places")]
    [InlineData("79228162514264337593543950335", "1",     "2",                  "larger than any decimal")]
    public void Refuses_to_round_silently(string price, string per, string units, string why)
    {
        var refusal = Record.Exception(() => new PerUnitPrice(D(price), D(per)).AmountFor(D(units)));

        Assert.True(refusal is ArithmeticException, why);
    }

    [Fact]
    public void Refuses_negative_prices_and_odd_units()
    {
        Assert.Equal("The unit price must not be negative.", Assert.Throws<RuleBroken>(() => new PerUnitPrice(-1)).Message);
        Assert.All(new[] { "0", "-1", "0.1", "3", "12", "10000000000000" }, per =>
            Assert.Throws<RuleBroken>(() => new PerUnitPrice(1, D(per))));
    }

    [Fact]
    public void Refuses_a_negative_quantity() => Assert.Throws<ArgumentOutOfRangeException>(() => new PerUnitPrice(1).StepsFor(-1));

    [Theory]
    [InlineData("15", "1000000", "USD", "15.00 USD per 1,000,000")]
    [InlineData("0.0000025", "1", "USD", "0.0000025 USD per unit")]
    [InlineData("1250", "1", "JPY", "1,250 JPY per unit")]
    [InlineData("0.5", "1000", "KWD", "0.500 KWD per 1,000")]
    [InlineData("0.1234567890123456789012345678", "1", "EUR", "0.1234567890123456789012345678 EUR per unit")]
    public void Says_its_price_in_full_precision(string price, string per, string currency, string words) =>
        Assert.Equal(words, new PerUnitPrice(D(price), D(per)).InWords(Currency.Of(currency)));

    [Fact]
    public void Is_equal_to_a_price_of_the_same_numbers()
    {
        Assert.Equal(new PerUnitPrice(D("15.00"), 10), new PerUnitPrice(15, D("10.0")));
        Assert.NotEqual(new PerUnitPrice(15, 10), new PerUnitPrice(15, 100));
    }
}
