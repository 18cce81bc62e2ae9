using System.Globalization;
using System.Text;

namespace BackOffice.Web.Documents.Text;

/// <summary>Text from people and imports, made safe to set: whatever they typed, a document comes out of it.</summary>
internal static class PrintableText
{
    public static string Of(string text)
    {
        if (text.All(IsPlain))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        // EnumerateRunes turns half a surrogate pair into U+FFFD, which is what we want a reader to see.
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            Append(clean, rune);
        }

        return clean.ToString();
    }

    private static bool IsPlain(char c) => c is >= ' ' and <= '~' or >= '\u00A0' and < '\u1680';

    private static void Append(StringBuilder clean, Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        if (rune.Value is '\n' or '\u00A0' or '\u3000')
        {
            clean.Append(rune.ToString());
        }
        else if (rune.Value is '\u2007' or '\u202F')
        {
            clean.Append('\u00A0'); // The other spaces that must not break are rare in fonts; this one is in all of them.
        }
        else if (rune.Value is '\t' || category == UnicodeCategory.SpaceSeparator)
        {
            clean.Append(' ');
        }
        else if (category != UnicodeCategory.Control && !IsDirectionControl(rune.Value) && !IsNoncharacter(rune.Value))
        {
            clean.Append(rune.ToString());
        }
    }

    // Overrides could make an amount read backwards, and we do not implement embeddings: the text goes by its own letters.
    private static bool IsDirectionControl(int value) => value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsNoncharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;
}
