using System.Globalization;

namespace BackOffice.Web.Documents.Text;

/// <summary>The classes of UAX #9 that our texts can have.</summary>
internal enum BidiClass : byte
{
    Left,
    Right,
    ArabicLetter,
    EuropeanNumber,
    ArabicNumber,
    EuropeanSeparator,
    EuropeanTerminator,
    CommonSeparator,
    Mark,
    WhiteSpace,
    Neutral,
}

/// <summary>The class of each character, by its block; good for names, addresses and figures.</summary>
internal static class BidiClasses
{
    /// <summary>Most texts have no such letter, and then there is nothing to order.</summary>
    public static bool IsRightToLeft(char c) => c is >= '\u0590' and < '\u0900' or >= '\uFB1D' and <= '\uFEFC';

    public static BidiClass Of(char c) => OfFigure(c) ?? OfOther(c);

    private static BidiClass? OfFigure(char c) => c switch
    {
        (>= '0' and <= '9') or (>= '\u06F0' and <= '\u06F9') => BidiClass.EuropeanNumber,
        (>= '\u0660' and <= '\u0669') or '\u066B' or '\u066C' => BidiClass.ArabicNumber,
        '+' or '-' or '\u2212' => BidiClass.EuropeanSeparator,
        ',' or '.' or '/' or ':' or '\u00A0' or '\u060C' => BidiClass.CommonSeparator,
        '#' or '$' or '%' or '€' or '£' or '¥' or '°' => BidiClass.EuropeanTerminator,
        _ => null,
    };

    private static BidiClass OfOther(char c)
    {
        var category = char.GetUnicodeCategory(c);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        {
            return BidiClass.Mark;
        }

        if (char.IsWhiteSpace(c))
        {
            return BidiClass.WhiteSpace;
        }

        if (IsRightToLeft(c))
        {
            return OfRightToLeft(c);
        }

        var isLeft = char.IsLetter(c) || char.IsSurrogate(c)
            || category is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber;
        return isLeft ? BidiClass.Left : BidiClass.Neutral;
    }

    private static BidiClass OfRightToLeft(char c)
    {
        if (c is <= '\u05FF' or (>= '\uFB1D' and <= '\uFB4F') or (>= '\u07C0' and <= '\u085F'))
        {
            return BidiClass.Right;
        }

        return char.IsLetter(c) ? BidiClass.ArabicLetter : BidiClass.Neutral;
    }
}
