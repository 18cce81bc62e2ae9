using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Documents.Layout;

/// <summary>Something laid out: it knows its size and how to paint itself with its upper left corner at a point.</summary>
internal abstract class Box(float width, float height)
{
    public float Width { get; } = width;

    public float Height { get; } = height;

    public abstract void Paint(ISurface surface, float x, float y);
}

/// <summary>A box and where it stands in the box around it.</summary>
internal readonly record struct Placed(float X, float Y, Box Box);

/// <summary>Boxes painted in order, later ones over earlier ones.</summary>
internal sealed class Group(float width, float height, IReadOnlyList<Placed> children) : Box(width, height)
{
    public override void Paint(ISurface surface, float x, float y)
    {
        foreach (var child in children)
        {
            child.Box.Paint(surface, x + child.X, y + child.Y);
        }
    }
}

internal sealed class FillBox(float width, float height, Color color, float radius = 0) : Box(width, height)
{
    public override void Paint(ISurface surface, float x, float y) => surface.Fill(new Area(x, y, Width, Height), color, radius);
}

internal sealed class TaggedBox(Tag tag, Box inner) : Box(inner.Width, inner.Height)
{
    public override void Paint(ISurface surface, float x, float y)
    {
        surface.Begin(tag);
        inner.Paint(surface, x, y);
        surface.End();
    }
}
