using System.Buffers;

namespace BackOffice.Core.Common;

/// <summary>Finds out why a text is not a number, so that the sentence can name the fix.</summary>
internal static class NumberHints
{
    private static readonly SearchValues<char> MantissaChars = SearchValues.Create("-+0123456789.,");

    internal static readonly TextFault TooManyDigits = new(
        "too_many_digits", "The number has more than 28 digits. Shorten it at its source; it is never rounded here.");

    internal static readonly TextFault OutOfRange = new(
        "number_out_of_range", "The number is too large or too small to be a quantity. Check it at its source.");

    private static readonly TextFault Empty = new("number_empty", "A number is missing. Fill it in, or write 0.");

    private static readonly TextFault Exponent = new(
        "number_exponent", "The number is in exponent notation. Write it with all its digits: 1200 instead of 1.2E3.");

    private static readonly TextFault NotFinite = new(
        "number_not_finite", "NaN and Infinity are not quantities. Write a number, or remove the row.");

    internal static TextFault WhyRefused(ReadOnlySpan<char> text, NumberFormat format)
    {
        if (text.IsWhiteSpace())
        {
            return Empty;
        }

        if (IsNotFinite(text))
        {
            return NotFinite;
        }

        if (HasExponent(text, out var power))
        {
            return power.Length > 2 || int.Parse(power, provider: null) > ExactDecimal.MaxDigits ? OutOfRange : Exponent;
        }

        return new TextFault("number_malformed", Sentence(text, format));
    }

    private static string Sentence(ReadOnlySpan<char> text, NumberFormat format)
    {
        if (text.ContainsAny('\u2212', '\u2013', '\uFF0D'))
        {
            return "The minus sign is a typographic dash. Write a plain hyphen: -5.";
        }

        foreach (var c in text)
        {
            if (char.IsDigit(c) && !char.IsAsciiDigit(c))
            {
                return "The number uses digits of another script or full-width digits. Write it with 0 to 9.";
            }
        }

        return text[0] == '+'
            ? "The number starts with a plus sign. Remove it."
            : $"This is not a number written like {format.Example}. Correct it, or choose the number format of the file.";
    }

    private static bool IsNotFinite(ReadOnlySpan<char> text)
    {
        var name = text.TrimStart("+-");
        return name.Equals("nan", StringComparison.OrdinalIgnoreCase)
            || name.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || name.Equals("infinity", StringComparison.OrdinalIgnoreCase)
            || name is "∞";
    }

    /// <summary>Digits (with marks), an E, perhaps a sign, digits.</summary>
    private static bool HasExponent(ReadOnlySpan<char> text, out ReadOnlySpan<char> power)
    {
        power = [];
        var e = text.IndexOfAny('e', 'E');
        if (e < 1 || !char.IsAsciiDigit(text[e - 1]) || text[..e].ContainsAnyExcept(MantissaChars))
        {
            return false;
        }

        var digits = text[(e + 1)..];
        digits = digits is ['+' or '-', ..] ? digits[1..] : digits;
        power = digits.TrimStart('0');
        power = power.IsEmpty && !digits.IsEmpty ? digits[..1] : power;
        return !power.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9');
    }
}
