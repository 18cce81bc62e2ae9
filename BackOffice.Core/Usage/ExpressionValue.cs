using BackOffice.Core.Common;

namespace BackOffice.Core.Usage;

/// <summary>What an expression comes to: a number or a text.</summary>
public readonly record struct ExpressionValue
{
    /// <summary>Decimal places of a division that does not end, in the final value: enough for any unit, and sums stay exact.</summary>
    public const int QuotientPlaces = 12;

    private readonly decimal _number;
    private readonly string? _text;
    private readonly bool _cut;

    private ExpressionValue(decimal number, string? text, bool cut) => (_number, _text, _cut) = (number, text, cut);

    public static ExpressionValue Of(string text) => new(0, text, false);

    public static ExpressionValue Of(decimal number) => new(number, null, false);

    /// <summary>The number, also of a text that is one; null for other texts.</summary>
    public decimal? AsNumber() => Number is not { } number ? null
        : _cut ? new QuantityRounding(RoundingFunction.Round, QuotientPlaces).Of(number)
        : number;

    /// <summary>The text; a number is written with all its digits.</summary>
    public string AsText() => _text ?? ExactDecimal.Format(AsNumber()!.Value);

    private decimal? Number => _text is null ? _number
        : ExactDecimal.Parse(_text, NumberFormat.Plain) is { Ok: true } parsed ? parsed.Value
        : null;

    /// <summary>Null when one of them is no number, or the divisor is zero.</summary>
    /// <exception cref="ArithmeticException">An exact result needs more than 28 digits.</exception>
    internal static ExpressionValue? Combine(char sign, ExpressionValue left, ExpressionValue right)
    {
        if (left.Number is not { } a || right.Number is not { } b || (sign == '/' && b == 0))
        {
            return null;
        }

        // What comes from a division that did not end has 28 digits already and goes on with 28; everything else stays exact.
        var cut = left._cut || right._cut;
        var result = (sign, cut) switch
        {
            ('+', false) => Exact.Add(a, b),
            ('+', true) => a + b,
            ('-', false) => Exact.Add(a, -b),
            ('-', true) => a - b,
            ('*', false) => Exact.Multiply(a, b),
            ('*', true) => a * b,
            _ => a / b,
        };
        return new(result, null, cut || (sign == '/' && !Ends(a, b, result)));
    }

    internal static ExpressionValue? Round(RoundingFunction function, ExpressionValue value, ExpressionValue? places) =>
        value.Number is { } number && (places is null ? 0 : places.Value.Number) is { } precision
        && precision is >= -12 and <= 12 && decimal.Truncate(precision) == precision
            ? Of(new QuantityRounding(function, (int)precision).Of(number))
            : null;

    private static bool Ends(decimal a, decimal b, decimal quotient)
    {
        try
        {
            return Exact.Multiply(quotient, b) == a;
        }
        catch (ArithmeticException)
        {
            return false; // The quotient has so many digits that it was cut.
        }
    }
}
