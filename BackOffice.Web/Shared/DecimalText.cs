using System.Globalization;
using System.Text.RegularExpressions;

namespace BackOffice.Web.Shared;

/// <summary>Reads and writes numbers as people of a culture do, and refuses what could be meant in two ways.</summary>
/// <remarks>
/// The framework drops misplaced group separators without a word: "123,5" read with English habits would become 1235,
/// ten times the amount. Here separators must stand where they belong, or the text is no number.
/// </remarks>
public static partial class DecimalText
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
    private const string Spaces = " \u00A0\u202F";
    private const string Ticks = "'\u2019";

    public static bool TryParse(string? text, out decimal value, CultureInfo? culture = null)
    {
        var format = (culture ?? CultureInfo.CurrentCulture).NumberFormat;
        var match = Shape().Match(Plain(text, format));
        var plain = match.Value.Replace(",", "", StringComparison.Ordinal);
        value = 0;
        return match.Success && DigitsOf(plain) <= 28 && decimal.TryParse(plain, Styles, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>With separators and a true minus: every digit it has, at least <paramref name="decimals"/> after the point.</summary>
    public static string Format(decimal value, int decimals = 0, CultureInfo? culture = null)
    {
        var format = (NumberFormatInfo)(culture ?? CultureInfo.CurrentCulture).NumberFormat.Clone();
        format.NegativeSign = "\u2212";
        return value.ToString($"#,##0.{new string('0', decimals)}{new string('#', 28 - decimals)}", format);
    }

    /// <summary>How 1234.5 is written in the culture, for messages.</summary>
    public static string Example(int decimals, CultureInfo? culture = null) => Format(1234.5m, decimals, culture);

    // Brings the culture's separators to the one shape that is checked: commas between groups, a point before decimals.
    private static string Plain(string? text, NumberFormatInfo format)
    {
        var result = new System.Text.StringBuilder();
        foreach (var c in (text ?? "").Trim())
        {
            result.Append(
                c switch
                {
                    '\u2212' or '-' => '-',
                    _ when Is(c, format.NumberDecimalSeparator) => '.',
                    _ when Is(c, format.NumberGroupSeparator) => ',',
                    '.' or ',' => '?',
                    _ => c,
                }
            );
        }

        return result.ToString();
    }

    // French groups with a narrow no-break space and Swiss with a curly apostrophe; nobody types those.
    private static bool Is(char c, string separator) =>
        separator.Length == 1
        && (
            separator[0] == c
            || (Spaces.Contains(separator[0]) && Spaces.Contains(c))
            || (Ticks.Contains(separator[0]) && Ticks.Contains(c))
        );

    private static int DigitsOf(string text) => text.TrimStart('-', '0').Count(char.IsAsciiDigit);

    [GeneratedRegex(@"^-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
