using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Documents.Layout;

internal enum Align
{
    Start,
    Center,
    End,
}

/// <summary>A paragraph. A page break leaves at least two lines on either side, unless a page is too small for that.</summary>
internal sealed class TextBlock : Element
{
    private readonly Paragraph _paragraph;
    private readonly Align _align;
    private readonly int _firstLine;
    private readonly List<TextLine>? _begun;

    public TextBlock(string text, TextStyle style, Align align = Align.Start)
        : this(new Paragraph(text, style), align, firstLine: 0, begun: null)
    {
    }

    private TextBlock(Paragraph paragraph, Align align, int firstLine, List<TextLine>? begun) =>
        (_paragraph, _align, _firstLine, _begun) = (paragraph, align, firstLine, begun);

    // The extra keeps a text from being broken by the rounding of its own width.
    public override float NaturalWidth => _paragraph.NaturalWidth + 0.1f;

    public override Fragment Layout(in Space space)
    {
        // Lines counted on one page are those that go on on the next: breaking again could lose or repeat words.
        var lines = _begun ?? _paragraph.Break(space.Width);
        var count = Fitting(lines.Count - _firstLine, space);
        if (count == 0)
        {
            return Fragment.None(this);
        }

        var (end, height) = (_firstLine + count, count * _paragraph.LineHeight);
        var box = new TextBox(space.Width, height, _paragraph, lines.GetRange(_firstLine, count), _align);
        return new(box, end < lines.Count ? new TextBlock(_paragraph, _align, end, lines) : null);
    }

    private int Fitting(int lines, in Space space)
    {
        var fitting = Math.Min(lines, Math.Max(0, (int)((space.Height + Tolerance) / _paragraph.LineHeight)));
        if (fitting == lines || space.TopOfPage)
        {
            return fitting;
        }

        var withoutWidow = lines - fitting == 1 ? fitting - 1 : fitting;
        return withoutWidow < 2 ? 0 : withoutWidow;
    }
}

internal sealed class TextBox(float width, float height, Paragraph paragraph, List<TextLine> lines, Align align) : Box(width, height)
{
    public override void Paint(ISurface surface, float x, float y)
    {
        var baseline = y + paragraph.Baseline;
        foreach (var line in lines)
        {
            var start = x + Indent(line);
            foreach (var run in line.Runs)
            {
                surface.Glyphs(run, start + run.X, baseline);
            }

            baseline += paragraph.LineHeight;
        }
    }

    private float Indent(TextLine line) => align switch
    {
        Align.End => Width - line.Width,
        Align.Center => (Width - line.Width) / 2,
        _ => 0,
    };
}
