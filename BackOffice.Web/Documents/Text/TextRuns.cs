using System.Globalization;
using System.Text;

namespace BackOffice.Web.Documents.Text;

/// <summary>A stretch of text in one face and at one level of direction; odd levels run right to left.</summary>
internal sealed record TextRun(int Start, int End, FontFace Face, byte Level)
{
    public bool RightToLeft => (Level & 1) == 1;
}

/// <summary>Splits a text where the face or the direction changes.</summary>
internal static class TextRuns
{
    public static List<TextRun> Of(string text, TextStyle style)
    {
        var runs = new List<TextRun>(1);
        var levels = Bidi.Levels(text);
        var (start, face) = (0, (FontFace?)null);
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            var next = FaceFor(rune, style, face);
            if (face is not null && (next != face || levels[i] != levels[start]))
            {
                runs.Add(new TextRun(start, i, face, levels[start]));
                start = i;
            }

            face = next;
            i += length;
        }

        if (face is not null)
        {
            runs.Add(new TextRun(start, text.Length, face, levels[start]));
        }

        return runs;
    }

    // Spaces, marks and invisible characters stay with what they follow if they can: every change of face costs a run,
    // and a mark in another face than its letter would not sit on it.
    private static FontFace FaceFor(Rune rune, TextStyle style, FontFace? previous)
    {
        var character = (uint)rune.Value;
        if (previous is not null && Follows(rune) && (previous.Has(character) || IsInvisible(rune)))
        {
            return previous;
        }

        return style.Fonts.FaceFor(character, style.Weight);
    }

    private static bool Follows(Rune rune) =>
        rune.Value <= ' ' || IsInvisible(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsInvisible(Rune rune) =>
        rune.Value is >= 0xFE00 and <= 0xFE0F || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
}
