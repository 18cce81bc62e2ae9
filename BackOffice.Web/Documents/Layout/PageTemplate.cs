namespace BackOffice.Web.Documents.Layout;

internal readonly record struct PageNumber(int Page, int Total)
{
    public override string ToString() => $"Page {Page} of {Total}";
}

/// <summary>The paper, its margins and what stands on every page around the body.</summary>
internal sealed record PageTemplate(float Width, float Height, Edges Margins)
{
    public static readonly (float Width, float Height) A4 = (595.28f, 841.89f);

    public Func<PageNumber, Element> Header { get; init; } = _ => Empty.Instance;

    public Func<PageNumber, Element> Footer { get; init; } = _ => Empty.Instance;

    /// <summary>Painted below the body and as wide as the paper, its middle in the middle of the page: a watermark.</summary>
    public Element Underlay { get; init; } = Empty.Instance;

    /// <summary>Painted at the top edge of the paper and as wide.</summary>
    public Element TopEdge { get; init; } = Empty.Instance;

    public float BodyWidth => Width - Margins.Horizontal;
}
