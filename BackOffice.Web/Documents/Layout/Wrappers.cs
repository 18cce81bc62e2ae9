using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Documents.Layout;

/// <summary>Gives an element its place in the logical structure.</summary>
internal sealed class Tagged(Tag tag, Element inner) : Wrapper(inner)
{
    protected override Element Around(Element rest) => new Tagged(tag, rest);

    protected override Box Decorate(Box box) => new TaggedBox(tag, box);
}

/// <summary>Stands on the page on which its follower in a <see cref="Column"/> begins, as a heading does.</summary>
internal sealed class KeepWithNext(Element inner) : Wrapper(inner)
{
    protected override Element Around(Element rest) => rest;
}

/// <summary>All on one page, unless a whole page is too small for it.</summary>
internal sealed class KeepTogether(Element inner) : Wrapper(inner)
{
    public override Fragment Layout(in Space space)
    {
        var fragment = Inner.Layout(space);
        var isCut = fragment.Box is null || (fragment.Rest is not null && !space.TopOfPage);
        return isCut ? Fragment.None(this) : fragment;
    }

    protected override Element Around(Element rest) => rest;
}

/// <summary>Space around an element, in points.</summary>
internal readonly record struct Edges(float Top, float Right, float Bottom, float Left)
{
    public float Horizontal => Left + Right;

    public float Vertical => Top + Bottom;

    public static Edges All(float size) => new(size, size, size, size);
}

internal sealed class Padding(Edges edges, Element inner) : Wrapper(inner)
{
    public override float NaturalWidth => base.NaturalWidth + edges.Horizontal;

    public override Fragment Layout(in Space space) =>
        base.Layout(space with { Width = space.Width - edges.Horizontal, Height = space.Height - edges.Vertical });

    protected override Element Around(Element rest) => new Padding(edges, rest);

    protected override Box Decorate(Box box) =>
        new Group(box.Width + edges.Horizontal, box.Height + edges.Vertical, [new(edges.Left, edges.Top, box)]);
}

/// <summary>A coloured ground behind an element.</summary>
internal sealed class Background(Color color, float radius, Element inner) : Wrapper(inner)
{
    protected override Element Around(Element rest) => new Background(color, radius, rest);

    protected override Box Decorate(Box box) =>
        new Group(box.Width, box.Height, [new(0, 0, new FillBox(box.Width, box.Height, color, radius)), new(0, 0, box)]);
}

/// <summary>Turned counterclockwise around its middle; it takes the room it would take unturned.</summary>
internal sealed class Rotated(float degrees, Element inner) : Wrapper(inner)
{
    protected override Element Around(Element rest) => new Rotated(degrees, rest);

    protected override Box Decorate(Box box) => new RotatedBox(degrees, box);

    private sealed class RotatedBox(float degrees, Box inner) : Box(inner.Width, inner.Height)
    {
        public override void Paint(ISurface surface, float x, float y)
        {
            surface.BeginRotation(degrees, x + Width / 2, y + Height / 2);
            inner.Paint(surface, x, y);
            surface.EndRotation();
        }
    }
}
