using System.Globalization;

namespace BackOffice.Core.Tests.Common;

public sealed class MoneyTests
{
    [Theory]
    //          exact          code    text              why
    [InlineData("41.619948",   "USD",  "41.62 USD",      "a fraction of a cent ends here")]
    [InlineData("0.005",       "USD",  "0.01 USD",       "half goes away from zero")]
    [InlineData("-0.005",      "USD",  "-0.01 USD",      "also below zero, so that a refund mirrors its charge")]
    [InlineData("0.015",       "USD",  "0.02 USD",       "not to the even neighbour")]
    [InlineData("0.025",       "USD",  "0.03 USD",       "not to the even neighbour, again")]
    [InlineData("0.00499999",  "USD",  "0.00 USD",       "just below half is below")]
    [InlineData("-0.00499999", "USD",  "0.00 USD",       "there is no minus zero")]
    [InlineData("0.5",         "JPY",  "1 JPY",          "yen have no minor unit")]
    [InlineData("1234.4999",   "JPY",  "1234 JPY",       "yen have no minor unit")]
    [InlineData("0.0005",      "KWD",  "0.001 KWD",      "a dinar has 1,000 fils")]
    [InlineData("1.2345",      "KWD",  "1.235 KWD",      "a dinar has 1,000 fils")]
    [InlineData("1.0049999999999999999999999999", "USD", "1.00 USD", "29 digits: the last nine must not lift it over the half")]
    public void Rounds_half_away_from_zero_to_the_digits_of_the_currency(string exact, string code, string text, string why) =>
        Assert.True(text == Money.Rounded(D(exact), Currency.Of(code)).ToString(), why);

    [Theory]
    //          numerator  denominator  code   text          why
    [InlineData("10",      "3",         "USD", "3.33 USD",   "does not end")]
    [InlineData("0.03",    "6",         "USD", "0.01 USD",   "an exact half")]
    [InlineData("-0.03",   "6",         "USD", "-0.01 USD",  "an exact half, below zero")]
    [InlineData("0.0299999999999999999999999", "6", "USD", "0.00 USD", "a hair below half, which a rounded quotient would lift")]
    [InlineData("-10",     "3",         "JPY", "-3 JPY",     "no minor unit")]
    [InlineData("0.1",     "0.4",       "KWD", "0.250 KWD",  "fractions may be divided")]
    [InlineData("0",       "7",         "USD", "0.00 USD",   "nothing")]
    public void Rounds_the_exact_quotient(string numerator, string denominator, string code, string text, string why) =>
        Assert.True(text == Money.RoundedQuotient(D(numerator), D(denominator), Currency.Of(code)).ToString(), why);

    [Fact]
    public void Divides_by_something() => Assert.Throws<ArgumentOutOfRangeException>(() => Money.RoundedQuotient(1, 0, Usd));

    [Theory]
    //          amount         code    minor        why
    [InlineData("12.34",       "USD",  "1234",      "two digits")]
    [InlineData("12.3400",     "USD",  "1234",      "zeros behind are no digits")]
    [InlineData("12",          "JPY",  "12",        "no digits")]
    [InlineData("-1.234",      "KWD",  "-1234",     "three digits, below zero")]
    public void Takes_an_exact_amount(string amount, string code, string minor, string why) =>
        Assert.True(long.Parse(minor, CultureInfo.InvariantCulture) == Money.Of(D(amount), Currency.Of(code)).MinorUnits, why);

    [Theory]
    //          amount                            code    why
    [InlineData("0.001",                          "USD",  "a tenth of a cent is not money")]
    [InlineData("0.5",                            "JPY",  "half a yen is not money")]
    [InlineData("1.0099999999999999999999999999", "USD",  "nearly a cent is not a cent")]
    [InlineData("92233720368547758.08",           "USD",  "one cent more than fits")]
    [InlineData("-92233720368547758.09",          "USD",  "one cent less than fits")]
    [InlineData("79228162514264337593543950335",  "USD",  "the largest decimal, whose cents no decimal can hold")]
    public void Refuses_an_amount_that_is_not_whole_minor_units(string amount, string code, string why)
    {
        var refusal = Record.Exception(() => Money.Of(D(amount), Currency.Of(code)));

        Assert.True(refusal is RuleBroken, $"{why}, but got {refusal?.GetType().Name ?? "no refusal"}");
    }

    [Fact]
    public void Rounding_beyond_the_largest_amount_is_an_overflow_and_not_another_amount()
    {
        Assert.Throws<OverflowException>(() => Money.Rounded(D("92233720368547758.075"), Usd));
        Assert.Throws<OverflowException>(() => Money.Rounded(decimal.MaxValue, Usd));
    }

    [Fact]
    public void Sums_and_differences_overflow_instead_of_wrapping_around()
    {
        var most = Money.OfMinor(long.MaxValue, Usd);
        var least = Money.OfMinor(long.MinValue, Usd);
        var cent = Money.OfMinor(1, Usd);

        Assert.Throws<OverflowException>(() => most + cent);
        Assert.Throws<OverflowException>(() => least - cent);
        Assert.Throws<OverflowException>(() => -least);
    }

    [Fact]
    public void Never_combines_two_currencies()
    {
        var dollar = Money.Of(1, Usd);
        var euro = Money.Of(1, Eur);

        Assert.Throws<InvalidOperationException>(() => dollar + euro);
        Assert.Throws<InvalidOperationException>(() => dollar - euro);
        Assert.Throws<InvalidOperationException>(() => new[] { dollar, euro }.Sum(Usd));
    }

    [Fact]
    public void Adds_subtracts_and_sums()
    {
        var amounts = new[] { Money.Of(D("99.00"), Usd), Money.Of(D("41.62"), Usd), Money.Of(D("-0.62"), Usd) };

        Assert.Equal(Money.Of(140, Usd), amounts.Sum(Usd));
        Assert.Equal(Money.Of(D("57.38"), Usd), amounts[0] - amounts[1]);
        Assert.Equal(amounts[2], -Money.Of(D("0.62"), Usd));
        Assert.Equal(Money.Zero(Usd), Array.Empty<Money>().Sum(Usd));
    }

    [Fact]
    public void Writes_itself_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal("-1234.50 EUR", Money.Of(D("-1234.5"), Eur).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Rounding_never_moves_an_amount_by_more_than_half_a_minor_unit() =>
        Gen.Select(Gen.Long[-1_000_000_000_000_000L, 1_000_000_000_000_000L], Gen.Int[0, 12], Gen.OneOf(Jpy, Usd, Kwd)).Sample(
            (digits, scale, currency) =>
            {
                var exact = new decimal(digits) / PowerOfTen(scale);
                var moved = decimal.Abs(Money.Rounded(exact, currency).Amount - exact) * currency.Scale;
                return moved <= 0.5m && Money.Rounded(-exact, currency).Equals(-Money.Rounded(exact, currency));
            },
            iter: 10_000);

    private static decimal PowerOfTen(int exponent) => Enumerable.Repeat(10m, exponent).Aggregate(1m, (product, ten) => product * ten);
}
