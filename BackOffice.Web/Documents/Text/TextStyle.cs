namespace BackOffice.Web.Documents.Text;

/// <summary>How a paragraph is set: sizes are in points, the line height is a multiple of the size.</summary>
internal sealed record TextStyle(FontStack Fonts, float Size, Color Color)
{
    public int Weight { get; init; } = 400;

    public float LineHeight { get; init; } = 1.4f;

    /// <summary>Figures of equal width, for columns of numbers. Not for references: Inter widens the hyphen too.</summary>
    public bool TabularFigures { get; init; }

    /// <summary>Extra space after every glyph, in points.</summary>
    public float Tracking { get; init; }
}
