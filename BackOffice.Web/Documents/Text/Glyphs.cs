namespace BackOffice.Web.Documents.Text;

/// <summary>A shaped glyph. <see cref="Cluster"/> is an index into the text it stands for; distances are in em.</summary>
internal readonly record struct Glyph(ushort Id, int Cluster, float Advance, float OffsetX, float OffsetY);

/// <summary>A stretch of text in one face and one direction, shaped, its glyphs in visual order.</summary>
internal sealed record ShapedRun(TextRun Source, Glyph[] Glyphs)
{
    /// <summary>The glyphs of a part of the text. Clusters rise along a run from the left and fall along one from the right.</summary>
    public ArraySegment<Glyph> Between(int start, int end)
    {
        var (first, last) = Source.RightToLeft
            ? (CountWhile(cluster => cluster >= end), CountWhile(cluster => cluster >= start))
            : (CountWhile(cluster => cluster < start), CountWhile(cluster => cluster < end));
        return new ArraySegment<Glyph>(Glyphs, first, last - first);
    }

    // A binary search: a note of many pages is one run, and every line of it asks.
    private int CountWhile(Func<int, bool> isBefore)
    {
        var (low, high) = (0, Glyphs.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = isBefore(Glyphs[middle].Cluster) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>The part of a shaped run that stands on one line, <see cref="X"/> points from where the line starts.</summary>
internal readonly record struct GlyphRun(TextRun Source, TextStyle Style, string Text, ArraySegment<Glyph> Glyphs)
{
    /// <summary>The part of <see cref="Text"/> these glyphs stand for.</summary>
    public int Start { get; init; }

    public int End { get; init; }

    public float X { get; init; }

    public float Width { get; init; }

    public FontFace Face => Source.Face;

    public bool RightToLeft => Source.RightToLeft;
}

/// <summary>One line of a paragraph; the spaces at its end are in the runs but not in the width.</summary>
internal sealed record TextLine(GlyphRun[] Runs, float Width)
{
    /// <summary>Everything the line says, in reading order. For tests and for recording surfaces.</summary>
    public string Text => string.Concat(Runs.OrderBy(run => run.Start).Select(run => run.Text[run.Start..run.End]));
}
