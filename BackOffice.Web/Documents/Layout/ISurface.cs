using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Documents.Layout;

/// <summary>Where boxes are painted, in points from the upper left corner: a PDF, or a recorder in a test.</summary>
internal interface ISurface
{
    void BeginPage(float width, float height);

    void EndPage();

    /// <summary>Everything up to <see cref="End"/> belongs to this place in the document's logical structure.</summary>
    void Begin(Tag tag);

    void End();

    /// <summary>Everything up to <see cref="EndRotation"/> is turned counterclockwise around a point.</summary>
    void BeginRotation(float degrees, float x, float y);

    void EndRotation();

    void Glyphs(in GlyphRun run, float x, float baseline);

    void Fill(Area area, Color color, float radius = 0);
}

internal readonly record struct Area(float X, float Y, float Width, float Height);
