using static BackOffice.Web.Documents.Text.BidiClass;

namespace BackOffice.Web.Documents.Text;

/// <summary>
/// The level of every character by UAX #9 without explicit embeddings, brackets and isolates:
/// rules P2–P3, W1–W7, N1–N2, I1–I2 and L1, which is what names, addresses and figures need.
/// </summary>
internal static class Bidi
{
    public static byte[] Levels(string text)
    {
        if (!text.Any(BidiClasses.IsRightToLeft))
        {
            return new byte[text.Length];
        }

        BidiClass[] original = [.. text.Select(BidiClasses.Of)];
        var classes = (BidiClass[])original.Clone();
        var baseLevel = BaseLevel(classes);
        var outside = baseLevel == 0 ? Left : Right;
        ResolveMarks(classes, outside);
        ResolveNumbersAfterArabic(classes, outside);
        ResolveSeparators(classes);
        ResolveTerminators(classes);
        ResolveNumbersAfterLatin(classes, outside);
        ResolveNeutrals(classes, outside);
        byte[] levels = [.. classes.Select(c => Level(c, baseLevel))];
        ResetTrailingSpace(levels, original, baseLevel);
        return levels;
    }

    // P2, P3: the first strong letter decides.
    private static byte BaseLevel(BidiClass[] classes) =>
        classes.FirstOrDefault(c => c is Left or Right or ArabicLetter) is Right or ArabicLetter ? (byte)1 : (byte)0;

    // W1: a mark is what it stands on.
    private static void ResolveMarks(BidiClass[] classes, BidiClass outside)
    {
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] == Mark)
            {
                classes[i] = i == 0 ? outside : classes[i - 1];
            }
        }
    }

    // W2, W3: after Arabic letters our figures behave as Arabic ones; then Arabic letters are letters from the right.
    private static void ResolveNumbersAfterArabic(BidiClass[] classes, BidiClass outside)
    {
        var strong = outside;
        for (var i = 0; i < classes.Length; i++)
        {
            switch (classes[i])
            {
                case Left or Right:
                    strong = classes[i];
                    break;
                case ArabicLetter:
                    (strong, classes[i]) = (ArabicLetter, Right);
                    break;
                case EuropeanNumber when strong == ArabicLetter:
                    classes[i] = ArabicNumber;
                    break;
                default:
                    break;
            }
        }
    }

    // W4: a single separator between two numbers of one kind belongs to them.
    private static void ResolveSeparators(BidiClass[] classes)
    {
        for (var i = 1; i + 1 < classes.Length; i++)
        {
            var (before, after) = (classes[i - 1], classes[i + 1]);
            var joinsEuropean = before == EuropeanNumber && classes[i] is EuropeanSeparator or CommonSeparator;
            var joinsArabic = before == ArabicNumber && classes[i] == CommonSeparator;
            if (before == after && (joinsEuropean || joinsArabic))
            {
                classes[i] = before;
            }
        }
    }

    // W5, W6: signs such as % next to a number belong to it; what is left of signs and separators is neutral.
    private static void ResolveTerminators(BidiClass[] classes)
    {
        foreach (var (start, end) in Stretches(classes, c => c == EuropeanTerminator))
        {
            if (At(classes, start - 1) == EuropeanNumber || At(classes, end) == EuropeanNumber)
            {
                classes.AsSpan(start..end).Fill(EuropeanNumber);
            }
        }

        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] is EuropeanSeparator or EuropeanTerminator or CommonSeparator)
            {
                classes[i] = Neutral;
            }
        }
    }

    // W7: figures among letters from the left are letters from the left.
    private static void ResolveNumbersAfterLatin(BidiClass[] classes, BidiClass outside)
    {
        var strong = outside;
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] is Left or Right)
            {
                strong = classes[i];
            }
            else if (classes[i] == EuropeanNumber && strong == Left)
            {
                classes[i] = Left;
            }
        }
    }

    // N1, N2: neutrals go with their neighbours if these agree, else with the paragraph. Numbers count as from the right.
    private static void ResolveNeutrals(BidiClass[] classes, BidiClass outside)
    {
        foreach (var (start, end) in Stretches(classes, c => c is WhiteSpace or Neutral))
        {
            var before = Direction(At(classes, start - 1) ?? outside);
            var after = Direction(At(classes, end) ?? outside);
            classes.AsSpan(start..end).Fill(before == after ? before : outside);
        }
    }

    private static BidiClass Direction(BidiClass c) => c is EuropeanNumber or ArabicNumber ? Right : c;

    // I1, I2.
    private static byte Level(BidiClass c, byte baseLevel) => c switch
    {
        Right => 1,
        EuropeanNumber or ArabicNumber => 2,
        _ => baseLevel == 0 ? (byte)0 : (byte)2,
    };

    // L1: the space at the end stands at the end of the line.
    private static void ResetTrailingSpace(byte[] levels, BidiClass[] original, byte baseLevel)
    {
        for (var i = levels.Length - 1; i >= 0 && original[i] == WhiteSpace; i--)
        {
            levels[i] = baseLevel;
        }
    }

    private static BidiClass? At(BidiClass[] classes, int index) =>
        index >= 0 && index < classes.Length ? classes[index] : null;

    private static IEnumerable<(int Start, int End)> Stretches(BidiClass[] classes, Predicate<BidiClass> belongs)
    {
        for (var start = 0; start < classes.Length; start++)
        {
            var end = start;
            while (end < classes.Length && belongs(classes[end]))
            {
                end++;
            }

            if (end > start)
            {
                yield return (start, end);
                start = end;
            }
        }
    }
}
