using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>Adds amounts and shares of days exactly: numerators are kept over one denominator and divided once, at the end.</summary>
internal struct ShareSum
{
    private decimal _whole;
    private decimal _numerator;
    private long _denominator;

    /// <exception cref="ArithmeticException">The sum needs more digits than a decimal holds.</exception>
    public readonly decimal Total => Exactly.Value;

    /// <summary>The same as what is divided by what.</summary>
    /// <exception cref="ArithmeticException">The sum needs more digits than a decimal holds.</exception>
    public readonly Quotient Exactly => _denominator == 0
        ? Quotient.Of(_whole)
        : new(Exact.Add(Exact.Multiply(_whole, _denominator), _numerator), _denominator);

    public void Add(in ShareSum other)
    {
        Add(other._whole);
        if (other._denominator != 0)
        {
            Add(other._numerator, other._denominator);
        }
    }

    public void Add(decimal amount) => _whole = _whole == 0 ? amount : Exact.Add(_whole, amount);

    public void Add(decimal numerator, long denominator)
    {
        if (_denominator == denominator)
        {
            _numerator = Exact.Add(_numerator, numerator);
        }
        else if (_denominator == 0)
        {
            (_numerator, _denominator) = (numerator, denominator);
        }
        else
        {
            var common = checked(_denominator / GreatestDivisor(_denominator, denominator) * denominator);
            _numerator = Exact.Add(Exact.Multiply(_numerator, common / _denominator), Exact.Multiply(numerator, common / denominator));
            _denominator = common;
        }
    }

    private static long GreatestDivisor(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
