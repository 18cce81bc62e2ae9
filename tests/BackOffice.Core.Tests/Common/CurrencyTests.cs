namespace BackOffice.Core.Tests.Common;

public sealed class CurrencyTests
{
    [Theory]
    //          code   digits  minor units in a major one
    [InlineData("JPY", 0, "1")]
    [InlineData("USD", 2, "100")]
    [InlineData("KWD", 3, "1000")]
    [InlineData("XCG", 2, "100")]
    [InlineData("ZWG", 2, "100")]
    public void Knows_how_many_digits_a_currency_has(string code, int exponent, string scale)
    {
        Assert.Equal(exponent, Currency.Of(code).Exponent);
        Assert.Equal(D(scale), Currency.Of(code).Scale);
    }

    [Theory]
    [InlineData("")]
    [InlineData("usd")]
    [InlineData("EURO")]
    [InlineData("XXX")]
    public void Refuses_what_is_not_a_currency(string code)
    {
        Assert.False(Currency.IsKnown(code));
        Assert.Contains($"\"{code}\" is not a currency code", Assert.Throws<RuleBroken>(() => Currency.Of(code)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_every_currency_once_in_the_order_of_codes()
    {
        var codes = Currency.All.Select(currency => currency.Code).ToList();

        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), codes);
        Assert.All(codes, code => Assert.True(Currency.IsKnown(code)));
        Assert.InRange(codes.Count, 150, 180);
    }
}
