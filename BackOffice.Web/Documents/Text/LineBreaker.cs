namespace BackOffice.Web.Documents.Text;

/// <summary>Greedy line breaking: UAX #14 reduced to spaces, dashes, slashes and CJK. A word wider than the line is cut.</summary>
internal static class LineBreaker
{
    private const float Tolerance = 0.01f;
    private const string NeverFirst = "、。」）ー),.ょゃゅっ ";
    private const string NeverLast = "「（(〒";

    /// <param name="text">The text; a line feed in it always ends a line.</param>
    /// <param name="advances">The width of the cluster that starts at each index, 0 inside a cluster.</param>
    /// <param name="width">The room on a line.</param>
    public static List<(int Start, int End)> Break(string text, float[] advances, float width)
    {
        var lines = new List<(int Start, int End)>(1);
        var (start, breakAt) = (0, 0);
        var (used, usedAtBreak) = (0f, 0f);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                lines.Add((start, i));
                (start, breakAt, used) = (i + 1, i + 1, 0);
                continue;
            }

            while (used + advances[i] > width + Tolerance && i > start && !char.IsWhiteSpace(text[i]))
            {
                if (breakAt <= start)
                {
                    (breakAt, usedAtBreak) = (i, used);
                }

                lines.Add((start, breakAt));
                (start, used) = (breakAt, used - usedAtBreak);
            }

            used += advances[i];
            if (CanBreakAfter(text, i))
            {
                (breakAt, usedAtBreak) = (i + 1, used);
            }
        }

        lines.Add((start, text.Length));
        return lines;
    }

    private static bool CanBreakAfter(string text, int index)
    {
        if (index + 1 >= text.Length)
        {
            return false;
        }

        var (current, next) = (text[index], text[index + 1]);
        return current switch
        {
            ' ' or '\u200B' or '\u2013' or '\u2014' => next != ' ',
            '-' or '/' => char.IsLetter(next),
            _ => (IsCjk(current) || IsCjk(next)) && !NeverFirst.Contains(next) && !NeverLast.Contains(current),
        };
    }

    private static bool IsCjk(char c) =>
        c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3' or >= '\uF900' and <= '\uFAFF';
}
