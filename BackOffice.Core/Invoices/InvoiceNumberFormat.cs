using System.Globalization;
using System.Text.RegularExpressions;
using BackOffice.Core.Common;

namespace BackOffice.Core.Invoices;

/// <summary>How invoice numbers look: text with {seq:6}, the counter with leading zeros, and perhaps {yyyy}, the year of issue.</summary>
/// <remarks>
/// With {yyyy} the counter starts again each year; without it, it never does.
/// 35 characters at most, as e-invoices allow, up to the 999,999,999th number.
/// </remarks>
public sealed partial record InvoiceNumberFormat
{
    private InvoiceNumberFormat(string pattern) => Pattern = pattern;

    public string Pattern { get; }

    public bool RestartsEachYear => Pattern.Contains("{yyyy}", StringComparison.Ordinal);

    /// <exception cref="RuleBroken">No counter, other braces, forbidden characters, or numbers that would be too long.</exception>
    public static InvoiceNumberFormat Parse(string? pattern)
    {
        var text = pattern?.Trim() ?? "";
        var format = new InvoiceNumberFormat(text);
        // A digit for each part, not nothing: what stands around a part must not grow together.
        var rest = Counter().Replace(text, "0", 1).Replace("{yyyy}", "0", StringComparison.Ordinal);
        return Counter().Count(text) == 1 && Allowed().IsMatch(rest) && format.Number(9999, 999_999_999).Length <= 35
            ? format
            : throw new RuleBroken(
                $"\"{text}\" is not a number format. Use letters, digits, - / . and one counter, such as INV-{{yyyy}}-{{seq:6}}.");
    }

    /// <param name="year">The year of the issue date.</param>
    /// <param name="sequence">1, 2, 3 … without gaps.</param>
    public string Number(int year, long sequence) => Counter()
        .Replace(Pattern, match => sequence.ToString(CultureInfo.InvariantCulture).PadLeft(match.Groups["width"].Value[0] - '0', '0'))
        .Replace("{yyyy}", year.ToString("0000", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public override string ToString() => Pattern;

    [GeneratedRegex(@"\{seq:(?<width>[1-9])\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Counter();

    [GeneratedRegex(@"\A[A-Za-z0-9./-]*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Allowed();
}
