using BackOffice.Web.Documents.Layout;
using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Documents.Pdf;

/// <summary>Paints boxes as a tagged PDF with subset fonts. One surface makes one file.</summary>
internal sealed class PdfSurface : ISurface
{
    private readonly PdfFile _file = new();
    private readonly StructureTree _structure;
    private readonly Dictionary<FontFace, PdfFont> _fonts = [];
    private readonly List<PdfPage> _pages = [];
    private PdfContent _content = new(pageHeight: 0);

    // What the marks on the page are open for: nothing, a tag, or decoration.
    private (bool IsOpen, Tag? Tag) _mark;

    public PdfSurface() => _structure = new StructureTree(_file);

    public void BeginPage(float width, float height)
    {
        var page = new PdfPage(_file.Reserve(), _file.Reserve(), width, height);
        _pages.Add(page);
        _structure.BeginPage(page.Id);
        _content = new PdfContent(height);
    }

    public void EndPage()
    {
        CloseMark();
        _file.SetStream(_pages[^1].ContentId, "", _content.ToBytes());
    }

    public void Begin(Tag tag) => _structure.Begin(tag);

    public void End() => _structure.End();

    public void BeginRotation(float degrees, float x, float y)
    {
        CloseMark();
        _content.BeginRotation(degrees, x, y);
    }

    public void EndRotation()
    {
        CloseMark();
        _content.EndRotation();
    }

    public void Fill(Area area, Color color, float radius = 0)
    {
        Mark(null);
        _content.Fill(area, color, radius);
    }

    public void Glyphs(in GlyphRun run, float x, float baseline)
    {
        if (run.Glyphs.Count == 0)
        {
            return;
        }

        Mark(_structure.Current);
        _content.Glyphs(run, FontFor(run.Face), x, baseline);
    }

    public byte[] Save(PdfInfo info)
    {
        foreach (var font in _fonts.Values)
        {
            font.WriteTo(_file);
        }

        return new PdfCatalog(_file, info).Save(_pages, [.. _fonts.Values], _structure.Write());
    }

    private PdfFont FontFor(FontFace face)
    {
        if (!_fonts.TryGetValue(face, out var font))
        {
            font = new PdfFont(face, $"F{_fonts.Count + 1}", _file.Reserve());
            _fonts.Add(face, font);
        }

        return font;
    }

    // All that is painted belongs to a tag or is declared an artifact; neighbours of one kind share a mark.
    private void Mark(Tag? tag)
    {
        if (_mark == (true, tag))
        {
            return;
        }

        CloseMark();
        _mark = (true, tag);
        if (tag is null)
        {
            _content.BeginArtifact();
        }
        else
        {
            _content.BeginMark(tag.Role, _structure.Mark());
        }
    }

    private void CloseMark()
    {
        if (_mark.IsOpen)
        {
            _content.EndMark();
        }

        _mark = (false, null);
    }
}

internal sealed record PdfPage(int Id, int ContentId, float Width, float Height);
