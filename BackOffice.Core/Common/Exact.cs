namespace BackOffice.Core.Common;

/// <summary>Decimal arithmetic that refuses to lose a digit. <see cref="decimal"/> itself rounds beyond 28 digits without a word.</summary>
public static class Exact
{
    /// <exception cref="ArithmeticException">The product needs more digits than a decimal holds.</exception>
    public static decimal Multiply(decimal a, decimal b)
    {
        (a, b) = (Trim(a), Trim(b));
        var product = a * b;
        return product == 0 || product.Scale == a.Scale + b.Scale ? product : throw TooLong();
    }

    /// <exception cref="ArithmeticException">The sum needs more digits than a decimal holds.</exception>
    public static decimal Add(decimal a, decimal b)
    {
        (a, b) = (Trim(a), Trim(b));
        var sum = a + b;
        return sum.Scale >= Math.Max(a.Scale, b.Scale) ? sum : throw TooLong();
    }

    public static decimal Sum(IEnumerable<decimal> values) => values.Aggregate(0m, Add);

    /// <summary>Divides by 1, 10, 100 …, which is exact unless the result needs more than 28 decimal places.</summary>
    /// <exception cref="ArithmeticException">The quotient needs more digits than a decimal holds.</exception>
    public static decimal DividePowerOfTen(decimal value, decimal powerOfTen)
    {
        var quotient = value / powerOfTen;
        return quotient * powerOfTen == value ? quotient : throw TooLong();
    }

    public static bool IsPowerOfTen(decimal value)
    {
        while (value >= 10 && value % 10 == 0)
        {
            value /= 10;
        }

        return value == 1;
    }

    // Dividing by one with 28 zeros removes the trailing zeros a decimal drags along, and changes nothing else.
    private static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;

    private static ArithmeticException TooLong() => new("The calculation needs more than 28 digits and would have to be rounded.");
}
