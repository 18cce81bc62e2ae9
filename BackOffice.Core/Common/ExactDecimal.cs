using System.Globalization;

namespace BackOffice.Core.Common;

/// <summary>Reads and writes numbers without losing a digit.</summary>
/// <remarks>
/// <see cref="decimal.Parse(string)"/> turns a 30-digit number into 28 digits without a word and reads "1,2,3" as 123.
/// What becomes money goes through this grammar instead: it refuses what it cannot keep.
/// </remarks>
public static class ExactDecimal
{
    /// <summary>The most significant digits a number may have; zeros before and after them do not count.</summary>
    public const int MaxDigits = 28;

    private static readonly UInt128 Largest = (UInt128.One << 96) - 1;

    /// <summary>
    /// A number of at most 28 significant digits and 28 decimal places, within ±7.9E28, in exactly the declared format.
    /// The caller trims; minus zero is zero.
    /// </summary>
    public static Parsed<decimal> Parse(ReadOnlySpan<char> text, NumberFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        var negative = text is ['-', ..];
        var body = negative ? text[1..] : text;

        Span<char> digits = body.Length <= 128 ? stackalloc char[body.Length] : new char[body.Length];
        return TryDigits(body, format, digits, out var count, out var places)
            ? FromDigits(digits[..count], places, negative)
            : new(NumberHints.WhyRefused(text, format));
    }

    /// <summary>Every digit, no exponent, no trailing zeros, a dot as decimal separator: 0.000125, 1200, -3.5.</summary>
    public static string Format(decimal value)
    {
        if (value == 0)
        {
            return "0";
        }

        var text = value.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    /// <summary>The grammar: digits or well-formed groups of three, then perhaps a decimal mark and digits.</summary>
    private static bool TryDigits(ReadOnlySpan<char> body, NumberFormat format, Span<char> digits, out int count, out int places)
    {
        (count, places) = (0, 0);
        var mark = 0;
        while (mark < body.Length && !format.IsDecimal(body[mark]))
        {
            mark++;
        }

        var fraction = mark < body.Length ? body[(mark + 1)..] : [];
        if (!TryWhole(body[..mark], format, digits, ref count) || (mark < body.Length && fraction.IsEmpty))
        {
            return false;
        }

        foreach (var c in fraction)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            digits[count++] = c;
        }

        places = fraction.Length;
        return count > 0;
    }

    private static bool TryWhole(ReadOnlySpan<char> whole, NumberFormat format, Span<char> digits, ref int count)
    {
        var group = '\0';
        var sinceGroup = 0;
        foreach (var c in whole)
        {
            if (char.IsAsciiDigit(c))
            {
                digits[count++] = c;
                sinceGroup++;
            }
            else if (format.IsGroup(c) && (group == '\0' ? StartsGroups(digits[..count]) : c == group && sinceGroup == 3))
            {
                (group, sinceGroup) = (c, 0);
            }
            else
            {
                return false;
            }
        }

        return group == '\0' || sinceGroup == 3;
    }

    /// <summary>"0,125" is a decimal comma in the wrong file, not one hundred and twenty-five.</summary>
    private static bool StartsGroups(ReadOnlySpan<char> first) => first is { Length: >= 1 and <= 3 } and not ['0', ..];

    private static Parsed<decimal> FromDigits(ReadOnlySpan<char> digits, int places, bool negative)
    {
        var kept = digits.TrimEnd('0');
        places -= digits.Length - kept.Length;
        kept = kept.TrimStart('0');
        if (kept.IsEmpty)
        {
            return new(0m);
        }

        if (kept.Length > MaxDigits || places > MaxDigits)
        {
            return new(NumberHints.TooManyDigits);
        }

        var mantissa = Mantissa(kept);
        for (; places < 0 && mantissa <= Largest; places++)
        {
            mantissa *= 10;
        }

        return mantissa <= Largest ? new(ToDecimal(mantissa, places, negative)) : new(NumberHints.OutOfRange);
    }

    /// <summary>Nearly every quantity has fewer than 19 digits, and 64-bit arithmetic is many times faster.</summary>
    private static UInt128 Mantissa(ReadOnlySpan<char> digits)
    {
        const int FitsInLong = 18;
        var head = 0UL;
        foreach (var c in digits[..Math.Min(digits.Length, FitsInLong)])
        {
            head = (head * 10) + (uint)(c - '0');
        }

        UInt128 mantissa = head;
        foreach (var c in digits[Math.Min(digits.Length, FitsInLong)..])
        {
            mantissa = (mantissa * 10) + (uint)(c - '0');
        }

        return mantissa;
    }

    private static decimal ToDecimal(UInt128 mantissa, int places, bool negative) => new(
        unchecked((int)(uint)(mantissa & uint.MaxValue)),
        unchecked((int)(uint)((mantissa >> 32) & uint.MaxValue)),
        unchecked((int)(uint)(mantissa >> 64)),
        negative,
        (byte)places);
}
