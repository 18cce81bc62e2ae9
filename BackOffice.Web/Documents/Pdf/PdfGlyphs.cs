using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Documents.Pdf;

/// <summary>Shows one run of glyphs where shaping put them, so that the text can be found and copied again.</summary>
internal ref struct PdfGlyphs(PdfContent content, PdfFont font, GlyphRun run)
{
    private const string HexDigits = "0123456789ABCDEF";
    private readonly ReadOnlySpan<Glyph> _glyphs = run.Glyphs;

    // In 1/1000 em: how far the viewer has moved by the widths in the file, and how far shaping wants it to have moved.
    private float _moved;
    private float _wanted;
    private float _rise;

    public void Show()
    {
        content.Write("[<");
        for (var start = 0; start < _glyphs.Length;)
        {
            var end = start + 1;
            while (end < _glyphs.Length && _glyphs[end].Cluster == _glyphs[start].Cluster)
            {
                end++;
            }

            ShowCluster(start, end);
            start = end;
        }

        content.Write(_rise == 0 ? ">] TJ\n" : ">] TJ 0 Ts\n");
    }

    // The glyphs of a cluster stand for its characters together. Where the font's own table of glyph to text does not
    // say the same, the cluster says it itself. Only the cluster: round a whole right-to-left run readers reverse it.
    private void ShowCluster(int start, int end)
    {
        var source = Source(start, end);
        var isKnown = font.Learn(_glyphs[start].Id, source, isAlone: end - start == 1) == source && end - start == 1;
        if (!isKnown)
        {
            content.Write($">] TJ /Span <</ActualText {PdfSyntax.TextString(source)}>> BDC [<");
        }

        for (var i = start; i < end; i++)
        {
            font.Learn(_glyphs[i].Id, "", isAlone: false);
            ShowGlyph(_glyphs[i]);
        }

        if (!isKnown)
        {
            content.Write(">] TJ EMC [<");
        }
    }

    private void ShowGlyph(in Glyph glyph)
    {
        if (glyph.OffsetY != _rise)
        {
            content.Write(">] TJ\n");
            content.Points(glyph.OffsetY * run.Style.Size).Append("Ts\n[<");
            _rise = glyph.OffsetY;
        }

        var ahead = (int)MathF.Round(_moved - _wanted - glyph.OffsetX * 1000);
        if (ahead != 0)
        {
            content.Write(">").Append(ahead).Append('<');
            _moved -= ahead;
        }

        for (var shift = 12; shift >= 0; shift -= 4)
        {
            content.Write(HexDigits[(glyph.Id >> shift) & 15]);
        }

        _moved += font.Width(glyph.Id);
        _wanted += glyph.Advance * 1000;
    }

    private readonly string Source(int start, int end)
    {
        var from = _glyphs[start].Cluster;
        var next = run.RightToLeft ? start - 1 : end;
        var to = next >= 0 && next < _glyphs.Length ? _glyphs[next].Cluster : run.End;
        return run.Text[from..to];
    }
}
