namespace BackOffice.Core.Common;

/// <summary>A number that may not end as a decimal, such as 52/31: kept as what is divided, and divided once, at the end.</summary>
/// <param name="Numerator">Exact.</param>
/// <param name="Denominator">Exact and above zero.</param>
public readonly record struct Quotient(decimal Numerator, decimal Denominator)
{
    public decimal Denominator { get; } = Denominator > 0
        ? Denominator
        : throw new ArgumentOutOfRangeException(nameof(Denominator), "A quotient divides by more than zero.");

    /// <summary>The number itself, for the eye; one that does not end has 28 digits.</summary>
    public decimal Value => Denominator == 1 ? Numerator : Numerator / Denominator;

    public static Quotient Of(decimal whole) => new(whole, 1);

    /// <summary>The sum over one denominator. Exact; equal denominators stay, so that days remain days.</summary>
    /// <exception cref="ArithmeticException">The numerator needs more than 28 digits.</exception>
    public Quotient Plus(Quotient other) => Denominator == other.Denominator
        ? new(Exact.Add(Numerator, other.Numerator), Denominator)
        : new(
            Exact.Add(Exact.Multiply(Numerator, other.Denominator), Exact.Multiply(other.Numerator, Denominator)),
            Exact.Multiply(Denominator, other.Denominator));

    /// <exception cref="ArithmeticException">The numerator needs more than 28 digits.</exception>
    public Quotient Times(decimal factor) => new(Exact.Multiply(Numerator, factor), Denominator);

    /// <summary>The largest whole number that is not above the quotient, found without rounding anything before.</summary>
    public decimal Floor()
    {
        // The division may have been rounded up onto a whole number. Never down below one: it would have been exact.
        var floor = decimal.Floor(Value);
        return Exact.Multiply(floor, Denominator) > Numerator ? floor - 1 : floor;
    }

    public override string ToString() => Denominator == 1
        ? ExactDecimal.Format(Numerator)
        : $"{ExactDecimal.Format(Numerator)}/{ExactDecimal.Format(Denominator)}";
}
