using BackOffice.Core.Common;

namespace BackOffice.Core.Usage;

/// <summary>Which way a quantity is rounded.</summary>
public enum RoundingFunction
{
    /// <summary>To the nearest; a tie goes away from zero.</summary>
    Round,

    /// <summary>Up: a started unit is a unit.</summary>
    Ceil,

    /// <summary>Down: only complete units count.</summary>
    Floor,
}

/// <summary>How a metric rounds what it measured, before it is priced. Amounts are never rounded here.</summary>
/// <param name="Function">Which way.</param>
/// <param name="Precision">Decimal places, −16 to 16; −2 rounds to hundreds.</param>
public sealed record QuantityRounding(RoundingFunction Function, int Precision = 0)
{
    private const int Most = 16;

    public int Precision { get; } = Precision is >= -Most and <= Most
        ? Precision
        : throw new RuleBroken($"A quantity is rounded to −{Most} to {Most} decimal places, not to {Precision}.");

    /// <exception cref="ArithmeticException">The quantity needs more than 28 digits.</exception>
    public decimal Of(decimal quantity) => Of(Quotient.Of(quantity));

    /// <summary>Rounds once, from the exact quotient: 52/31 to five places is 1.67742, whatever its 28th digit says.</summary>
    /// <exception cref="ArithmeticException">The quantity needs more than 28 digits.</exception>
    public decimal Of(Quotient quantity)
    {
        var power = PowerOfTen(decimal.Abs(Precision));
        var scaled = Precision >= 0 ? quantity.Times(power) : new Quotient(quantity.Numerator, Exact.Multiply(quantity.Denominator, power));
        var whole = Function switch
        {
            RoundingFunction.Floor => scaled.Floor(),
            RoundingFunction.Ceil => -scaled.Times(-1).Floor(),
            RoundingFunction.Round when scaled.Numerator < 0 => -Nearest(scaled.Times(-1)),
            RoundingFunction.Round => Nearest(scaled),
            _ => throw new InvalidOperationException($"No rule for {Function}."),
        };
        return Precision >= 0 ? Exact.DividePowerOfTen(whole, power) : Exact.Multiply(whole, power);
    }

    private static decimal Nearest(Quotient positive)
    {
        var floor = positive.Floor();
        var rest = Exact.Add(positive.Numerator, -Exact.Multiply(floor, positive.Denominator));
        return rest >= Exact.Add(positive.Denominator, -rest) ? floor + 1 : floor;
    }

    private static decimal PowerOfTen(decimal exponent)
    {
        var power = 1m;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }
}
