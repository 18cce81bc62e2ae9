using System.Globalization;
using System.Text;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Makes a cell fit to be shown: short, on one line, nothing invisible and nothing that reorders text.</summary>
internal static class CellText
{
    internal static string Show(string value)
    {
        var shown = new StringBuilder(UsageFileLimits.MaxShownChars);
        foreach (var rune in value.EnumerateRunes())
        {
            var piece = Escape(rune);
            if (shown.Length + piece.Length > UsageFileLimits.MaxShownChars - 1)
            {
                return shown.Append('…').ToString();
            }

            shown.Append(piece);
        }

        return shown.ToString();
    }

    private static string Escape(Rune rune) => rune.Value switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ when IsInvisible(rune) => string.Create(CultureInfo.InvariantCulture, $@"\u{rune.Value:X4}"),
        _ => rune.ToString(),
    };

    /// <summary>Controls, direction overrides (U+202E), zero-width characters and separators of lines.</summary>
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
