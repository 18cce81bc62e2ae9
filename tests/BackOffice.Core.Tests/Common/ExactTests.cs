using System.Numerics;

namespace BackOffice.Core.Tests.Common;

public sealed class ExactTests
{
    private const string Tiny = "0.0000000000000000000000000001";

    private static readonly Gen<decimal> AnyDecimal = Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Int[0, 28], Gen.Int[0, 2])
        .Select((lo, mid, hi, negative, scale, size) => new decimal(lo, size > 0 ? mid : 0, size > 1 ? hi : 0, negative, (byte)scale));

    [Theory]
    //          a                                 b       sum                              why
    [InlineData("0.1",                            "0.9",  "1.0",                           "a sum may have fewer digits")]
    [InlineData("1.50",                           "-1.5", "0",                             "zeros behind do not count")]
    [InlineData("7.5000000000000000000000000001", "0.4999999999999999999999999999", "8", "29 digits on the way, one in the end")]
    [InlineData("10000000000000000000000000000",  "0.0",  "10000000000000000000000000000", "nothing is added, nothing is lost")]
    public void Adds(string a, string b, string sum, string why) => Assert.True(D(sum) == Exact.Add(D(a), D(b)), why);

    [Theory]
    //          a                                b        why
    [InlineData("10000000000000000000000000000", "0.1",   "30 digits")]
    [InlineData("8",                             Tiny,    "29 digits, but more than 96 bits")]
    [InlineData("79228162514264337593543950335", "1",     "larger than any decimal")]
    [InlineData("-79228162514264337593543950335", "-1",   "smaller than any decimal")]
    public void Refuses_a_sum_that_would_have_to_be_rounded(string a, string b, string why)
    {
        var refusal = Record.Exception(() => Exact.Add(D(a), D(b)));

        Assert.True(refusal is ArithmeticException, why);
    }

    [Theory]
    //          a                                b               product      why
    [InlineData("18059974",                      "0.000003",     "54.179922", "tokens at a price for one")]
    [InlineData("0.5",                           "2",            "1",         "a product may have fewer digits")]
    [InlineData("0.0000000000000000000000000005", "0.2",          Tiny,        "29 places on the way, 28 in the end")]
    [InlineData("0.2500000000000000000000000000", "0.4000000000", "0.1",       "zeros behind do not count")]
    [InlineData("0.0000000000000000000000000000", "0.0000001",    "0",         "nothing times something")]
    public void Multiplies(string a, string b, string product, string why) => Assert.True(D(product) == Exact.Multiply(D(a), D(b)), why);

    [Theory]
    //          a                     b                     why
    [InlineData("1.123456789012345",  "1.123456789012345",  "31 digits")]
    [InlineData(Tiny,                 "0.1",                "29 places: decimal itself says zero")]
    [InlineData("0.000000000000001",  "0.00000000000001",   "29 places: decimal itself says zero")]
    [InlineData("79228162514264337593543950335", "10",      "larger than any decimal")]
    public void Refuses_a_product_that_would_have_to_be_rounded(string a, string b, string why)
    {
        var refusal = Record.Exception(() => Exact.Multiply(D(a), D(b)));

        Assert.True(refusal is ArithmeticException, $"{why}, but got {refusal?.GetType().Name ?? "a product"}");
    }

    [Theory]
    //          value                            per               quotient
    [InlineData("24",                            "1000000",        "0.000024")]
    [InlineData("0",                             "1000000000000",  "0")]
    [InlineData("-12.5",                         "10",             "-1.25")]
    [InlineData("79228162514264337593543950335", "10",             "7922816251426433759354395033.5")]
    [InlineData("0.1000000000000000000000000000", "10",            "0.01")]
    public void Divides_by_a_power_of_ten(string value, string per, string quotient) =>
        Assert.Equal(D(quotient), Exact.DividePowerOfTen(D(value), D(per)));

    [Theory]
    [InlineData(Tiny, "10")]
    [InlineData("7.9228162514264337593543950335", "10")]
    [InlineData("1.0000000000000000000000000001", "1000000000000")]
    public void Refuses_a_quotient_of_more_than_28_places(string value, string per) =>
        Assert.Throws<ArithmeticException>(() => Exact.DividePowerOfTen(D(value), D(per)));

    [Theory]
    [InlineData("1", true)]
    [InlineData("10.0", true)]
    [InlineData("1000000000000", true)]
    [InlineData("0", false)]
    [InlineData("0.1", false)]
    [InlineData("-10", false)]
    [InlineData("31", false)]
    [InlineData("20", false)]
    [InlineData("1000.5", false)]
    public void Knows_powers_of_ten(string value, bool isOne) => Assert.Equal(isOne, Exact.IsPowerOfTen(D(value)));

    [Fact]
    public void Sums_any_number_of_values()
    {
        Assert.Equal(0, Exact.Sum([]));
        Assert.Equal(D("41.619948"), Exact.Sum([D("3"), D("22.5"), D("16.119948")]));
    }

    [Fact]
    public void A_sum_is_exact_or_refused() =>
        Gen.Select(AnyDecimal, AnyDecimal).Sample((a, b) => IsExactOrRefused(() => Exact.Add(a, b), Whole(a) + Whole(b)), iter: 20_000);

    [Fact]
    public void A_product_is_exact_or_refused() => Gen.Select(AnyDecimal, AnyDecimal).Sample(
        (a, b) =>
        {
            var product = BigInteger.DivRem(Whole(a) * Whole(b), BigInteger.Pow(10, 28), out var lost);
            return IsExactOrRefused(() => Exact.Multiply(a, b), product, lost.IsZero);
        },
        iter: 20_000);

    /// <summary>The value in units of 10^-28, where every decimal is a whole number.</summary>
    private static BigInteger Whole(decimal value)
    {
        var digits = decimal.GetBits(value);
        var mantissa = ((BigInteger)(uint)digits[2] << 64) | ((BigInteger)(uint)digits[1] << 32) | (uint)digits[0];
        return (value < 0 ? -mantissa : mantissa) * BigInteger.Pow(10, 28 - value.Scale);
    }

    private static bool IsExactOrRefused(Func<decimal> calculation, BigInteger expected, bool hasResult = true)
    {
        try
        {
            return Whole(calculation()) == expected && hasResult;
        }
        catch (ArithmeticException)
        {
            return !hasResult || !Fits(expected);
        }
    }

    private static bool Fits(BigInteger value)
    {
        for (var scale = 28; scale > 0 && BigInteger.Abs(value) >= BigInteger.Pow(2, 96); scale--)
        {
            if (!(value % 10).IsZero)
            {
                return false;
            }

            value /= 10;
        }

        return BigInteger.Abs(value) < BigInteger.Pow(2, 96);
    }
}
