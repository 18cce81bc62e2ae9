using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Documents.Layout;

/// <summary>Nothing, of no size: what a finished neighbour leaves for the next page.</summary>
internal sealed class Empty : Element
{
    public static readonly Empty Instance = new();

    public override Fragment Layout(in Space space) => Fragment.All(new Group(0, 0, []));
}

/// <summary>White space. Where the page ends it has done its work and does not move on to the next one.</summary>
internal sealed class Spacer(float height) : Element
{
    public override Fragment Layout(in Space space) =>
        Fragment.All(new Group(0, Math.Clamp(height, 0, Math.Max(0, space.Height)), []));
}

/// <summary>A line across the width.</summary>
internal sealed class Rule(float thickness, Color color) : Element
{
    public override Fragment Layout(in Space space) =>
        thickness <= space.Height ? Fragment.All(new FillBox(space.Width, thickness, color)) : Fragment.None(this);
}
