using System.Numerics;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>A number without any limit of digits: what the oracle reckons in, so that it cannot share a rounding with the engine.</summary>
internal readonly record struct Fraction : IComparable<Fraction>
{
    private readonly BigInteger _below;

    public Fraction(BigInteger above, BigInteger below)
    {
        var common = BigInteger.GreatestCommonDivisor(above, below) * below.Sign;
        (Above, _below) = (above / common, below / common);
    }

    public static Fraction Zero => 0;

    private BigInteger Above { get; }

    private BigInteger Below => _below.IsZero ? 1 : _below;

    public static implicit operator Fraction(long whole) => new(whole, 1);

    public static implicit operator Fraction(decimal number)
    {
        var bits = decimal.GetBits(number);
        var above = (new BigInteger((uint)bits[2]) << 64) + (new BigInteger((uint)bits[1]) << 32) + (uint)bits[0];
        return new(number < 0 ? -above : above, BigInteger.Pow(10, (bits[3] >> 16) & 0xFF));
    }

    public static Fraction operator +(Fraction a, Fraction b) => new((a.Above * b.Below) + (b.Above * a.Below), a.Below * b.Below);

    public static Fraction operator -(Fraction a, Fraction b) => new((a.Above * b.Below) - (b.Above * a.Below), a.Below * b.Below);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Above * b.Above, a.Below * b.Below);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.Above * b.Below, a.Below * b.Above);

    public static bool operator >(Fraction a, Fraction b) => a.CompareTo(b) > 0;

    public static bool operator <(Fraction a, Fraction b) => a.CompareTo(b) < 0;

    public static bool operator >=(Fraction a, Fraction b) => a.CompareTo(b) >= 0;

    public static bool operator <=(Fraction a, Fraction b) => a.CompareTo(b) <= 0;

    public static Fraction Min(Fraction a, Fraction b) => a < b ? a : b;

    public static Fraction Max(Fraction a, Fraction b) => a > b ? a : b;

    public int CompareTo(Fraction other) => (Above * other.Below).CompareTo(other.Above * Below);

    /// <summary>The nearest whole number; a half goes away from zero.</summary>
    public long Rounded()
    {
        var size = ((BigInteger.Abs(Above) * 2) + Below) / (Below * 2);
        return (long)(Above.Sign * size);
    }

    /// <summary>The least whole number that is not below it.</summary>
    public Fraction Ceiling() => new(-FloorOf(-Above, Below), 1);

    /// <summary>The greatest whole number that is not above it.</summary>
    public long Floor() => (long)FloorOf(Above, Below);

    public override string ToString() => $"{Above}/{Below}";

    private static BigInteger FloorOf(BigInteger above, BigInteger below) =>
        above.Sign >= 0 ? above / below : -((-above + below - 1) / below);
}
