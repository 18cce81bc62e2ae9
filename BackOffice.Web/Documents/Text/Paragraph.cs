namespace BackOffice.Web.Documents.Text;

/// <summary>A text in one style: shaped once, broken into lines for any width.</summary>
internal sealed class Paragraph
{
    private readonly string _text;
    private readonly TextStyle _style;
    private readonly ShapedRun[] _runs;

    // In points, at the first character of each cluster; 0 at the others.
    private readonly float[] _advances;
    private (float Width, List<TextLine>? Lines) _broken;

    public Paragraph(string text, TextStyle style)
    {
        (_text, _style) = (PrintableText.Of(text), style);
        _runs = [.. TextRuns.Of(_text, style).Select(run => Shaper.Shape(_text, run, style))];
        _advances = new float[_text.Length];
        foreach (var glyph in _runs.SelectMany(run => run.Glyphs))
        {
            _advances[glyph.Cluster] += glyph.Advance * style.Size;
        }

        NaturalWidth = WidestLine();
        var metrics = style.Fonts.Primary(style.Weight).Metrics;
        LineHeight = style.Size * style.LineHeight;
        Baseline = (LineHeight + (metrics.Ascent - metrics.Descent) * style.Size) / 2;
    }

    /// <summary>The width in points at which nothing has to be broken.</summary>
    public float NaturalWidth { get; }

    public float LineHeight { get; }

    /// <summary>From the top of a line down to where its letters stand.</summary>
    public float Baseline { get; }

    /// <summary>The lines for a width. The last answer is kept: layout asks again when something did not fit on a page.</summary>
    public List<TextLine> Break(float width)
    {
        if (_broken.Lines is null || _broken.Width != width)
        {
            _broken = (width, [.. LineBreaker.Break(_text, _advances, width).Select(line => Line(line.Start, line.End))]);
        }

        return _broken.Lines;
    }

    private float WidestLine()
    {
        var (line, widest) = (0f, 0f);
        for (var i = 0; i < _text.Length; i++)
        {
            line = _text[i] == '\n' ? 0 : line + _advances[i];
            widest = Math.Max(widest, line);
        }

        return widest;
    }

    private TextLine Line(int start, int end)
    {
        var parts = _runs.Where(run => run.Source.Start < end && run.Source.End > start).ToList();
        VisualOrder.Apply(parts);
        var runs = new GlyphRun[parts.Count];
        var x = 0f;
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = Part(parts[i], Math.Max(start, parts[i].Source.Start), Math.Min(end, parts[i].Source.End), x);
            x += runs[i].Width;
        }

        var hanging = HangingSpace(start, end);
        return new TextLine(StartsWithSpace(runs, hanging) ? Shift(runs, -hanging) : runs, x - hanging);
    }

    private GlyphRun Part(ShapedRun run, int start, int end, float x)
    {
        var glyphs = run.Between(start, end);
        var width = glyphs.Sum(glyph => glyph.Advance) * _style.Size;
        return new GlyphRun(run.Source, _style, _text, glyphs) { Start = start, End = end, X = x, Width = width };
    }

    // The space at a line's end stays in the text, or readers would join the words around the break; it takes no room.
    private float HangingSpace(int start, int end)
    {
        var width = 0f;
        for (var i = end - 1; i >= start && _text[i] == ' '; i--)
        {
            width += _advances[i];
        }

        return width;
    }

    // The last space of a right-to-left line stands at its left.
    private static bool StartsWithSpace(GlyphRun[] runs, float hanging) => hanging > 0 && runs is [{ RightToLeft: true }, ..];

    private static GlyphRun[] Shift(GlyphRun[] runs, float by) => [.. runs.Select(run => run with { X = run.X + by })];
}
