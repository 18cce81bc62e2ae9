using System.Numerics;

namespace BackOffice.Core.Common;

/// <summary>Decimal arithmetic that refuses to lose a digit. <see cref="decimal"/> itself rounds beyond 28 digits without a word.</summary>
public static class Exact
{
    private static readonly BigInteger LargestMantissa = new(decimal.MaxValue);

    private static readonly decimal[] Powers = [.. Enumerable.Range(0, 29).Select(zeros => (decimal)BigInteger.Pow(10, zeros))];

    /// <exception cref="ArithmeticException">The product needs more digits than a decimal holds.</exception>
    public static decimal Multiply(decimal a, decimal b)
    {
        var product = a * b;
        return product.Scale == a.Scale + b.Scale ? product : Fit(Mantissa(a, a.Scale) * Mantissa(b, b.Scale), a.Scale + b.Scale);
    }

    /// <exception cref="ArithmeticException">The sum needs more digits than a decimal holds.</exception>
    public static decimal Add(decimal a, decimal b)
    {
        var sum = a + b;
        var scale = Math.Max(a.Scale, b.Scale);
        return sum.Scale == scale ? sum : Fit(Mantissa(a, scale) + Mantissa(b, scale), scale);
    }

    public static decimal Sum(IEnumerable<decimal> values) => values.Aggregate(0m, Add);

    /// <summary>Divides by 1, 10, 100 …, which is exact unless the result needs more than 28 decimal places.</summary>
    /// <exception cref="ArithmeticException">The quotient needs more digits than a decimal holds.</exception>
    public static decimal DividePowerOfTen(decimal value, decimal powerOfTen)
    {
        var zeros = ZerosOf(powerOfTen);
        if (zeros == 0)
        {
            return value;
        }

        if (zeros > 0 && value.Scale + zeros <= 28)
        {
            return Shift(value, zeros); // Moves the point: far cheaper than a division, and nothing can be lost.
        }

        var quotient = value / powerOfTen;
        return quotient * powerOfTen == value ? quotient : throw TooLong();
    }

    public static bool IsPowerOfTen(decimal value) => ZerosOf(value) >= 0;

    // Which power of ten it is; -1 when it is none. Prices are mostly for 1, so the small ones are asked first.
    private static int ZerosOf(decimal value)
    {
        for (var zeros = 0; zeros < Powers.Length; zeros++)
        {
            if (value == Powers[zeros])
            {
                return zeros;
            }
        }

        return -1;
    }

    private static decimal Shift(decimal value, int zeros)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        return new decimal(parts[0], parts[1], parts[2], value < 0, (byte)(value.Scale + zeros));
    }

    /// <summary>Whole numbers in the same ratio as the values.</summary>
    internal static IReadOnlyList<BigInteger> WholeRatio(IReadOnlyList<decimal> values)
    {
        var scale = values.Max(value => value.Scale);
        return [.. values.Select(value => Mantissa(value, scale))];
    }

    /// <summary>The value in units of 10^-scale, which is at least the value's own scale.</summary>
    private static BigInteger Mantissa(decimal value, int scale) =>
        new BigInteger(WithScale(value, 0)) * BigInteger.Pow(10, scale - value.Scale);

    // A decimal gives up places when it runs out of digits. That loses nothing if the places were zeros.
    private static decimal Fit(BigInteger mantissa, int scale)
    {
        while (scale > 28 || (scale > 0 && BigInteger.Abs(mantissa) > LargestMantissa))
        {
            mantissa = BigInteger.DivRem(mantissa, 10, out var lost);
            scale--;
            if (!lost.IsZero)
            {
                throw TooLong();
            }
        }

        return BigInteger.Abs(mantissa) > LargestMantissa ? throw TooLong() : WithScale((decimal)mantissa, scale);
    }

    private static decimal WithScale(decimal whole, int scale)
    {
        var parts = decimal.GetBits(whole);
        return new decimal(parts[0], parts[1], parts[2], whole < 0, (byte)scale);
    }

    private static ArithmeticException TooLong() => new("The calculation needs more than 28 digits and would have to be rounded.");
}
