using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace BackOffice.Web.Documents.Text;

/// <summary>Turns a run of text into glyphs: ligatures, kerning, joined letters and marks are HarfBuzz's work.</summary>
internal static class Shaper
{
    private static readonly Feature[] Tabular = [new(Tag.Parse("tnum"), 1, 0, uint.MaxValue)];

    [ThreadStatic]
    private static Buffer? _buffer;

    public static ShapedRun Shape(string text, TextRun run, TextStyle style)
    {
        var buffer = _buffer ??= new Buffer();
        buffer.ClearContents();
        buffer.AddUtf16(text.AsSpan(), run.Start, run.End - run.Start);
        buffer.GuessSegmentProperties();
        // Joiners and selectors have done their work in shaping; what is left of them would be a space without width.
        buffer.Flags = BufferFlags.RemoveDefaultIgnorables;
        buffer.Direction = run.RightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        run.Face.Shape(buffer, style.TabularFigures ? Tabular : []);
        return new ShapedRun(run, ReadGlyphs(buffer, run.Face, style.Tracking / style.Size));
    }

    private static Glyph[] ReadGlyphs(Buffer buffer, FontFace face, float tracking)
    {
        var infos = buffer.GetGlyphInfoSpan();
        var positions = buffer.GetGlyphPositionSpan();
        var em = 1f / face.UnitsPerEm;
        var glyphs = new List<Glyph>(infos.Length);
        for (var i = 0; i < infos.Length; i++)
        {
            var cluster = (int)infos[i].Cluster;
            if (infos[i].Codepoint == 0)
            {
                AddMissing(glyphs, cluster, face);
                continue;
            }

            var (id, at) = ((ushort)infos[i].Codepoint, positions[i]);
            glyphs.Add(new Glyph(id, cluster, at.XAdvance * em + tracking, at.XOffset * em, at.YOffset * em));
        }

        return [.. glyphs];
    }

    // One box for a whole cluster: a family emoji of seven characters is one thing the reader does not see, not seven.
    private static void AddMissing(List<Glyph> glyphs, int cluster, FontFace face)
    {
        if (glyphs.Count == 0 || glyphs[^1].Cluster != cluster)
        {
            glyphs.Add(new Glyph(face.MissingGlyph, cluster, face.Advance(face.MissingGlyph), 0, 0));
        }
    }
}
