using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Documents.Layout;

/// <summary>A cell over one or more columns; with a header scope ("Column", "Row") it is announced as a header.</summary>
internal sealed record Cell(Element Content, int Span = 1, string? HeaderScope = null)
{
    public Tag Tag { get; } = new(HeaderScope is null ? "TD" : "TH") { Scope = HeaderScope, ColumnSpan = Span };
}

internal sealed record TableRow(params IReadOnlyList<Cell> Cells)
{
    public Tag Tag { get; } = new("TR");

    public Color? Fill { get; init; }

    public float PaddingTop { get; init; } = 4;

    public float PaddingBottom { get; init; } = 4;

    /// <summary>The thickness of the line below the row, 0 for none.</summary>
    public float RuleBelow { get; init; }

    public Color RuleColor { get; init; }

    /// <summary>The page is not broken below this row.</summary>
    public bool KeepWithNext { get; init; }
}

/// <summary>A row laid out: how much of it fits, and the row that remains if it is cut.</summary>
internal readonly record struct RowFragment(Box? Box, TableRow? Rest)
{
    public bool IsWhole => Box is not null && Rest is null;
}

/// <summary>Where the cells of a table's rows stand: the same for every row.</summary>
internal sealed class RowGrid(float[] widths, float gap)
{
    private readonly float _width = widths.Sum() + gap * (widths.Length + 1);

    public IReadOnlyList<float> Widths => widths;

    /// <param name="row">The row.</param>
    /// <param name="space">The room for it; only at the top of a page may it be cut.</param>
    /// <param name="tagged">False for a header that is repeated: readers have met it already.</param>
    public RowFragment Layout(TableRow row, in Space space, bool tagged = true)
    {
        var cells = new List<Placed>(row.Cells.Count);
        var rests = new Cell[row.Cells.Count];
        var inner = space with { Height = space.Height - row.PaddingTop - row.PaddingBottom - row.RuleBelow };
        var (column, x, height, isCut) = (0, gap, 0f, false);
        for (var i = 0; i < rests.Length; i++)
        {
            var cell = row.Cells[i];
            var width = SpanWidth(column, cell.Span);
            var fragment = cell.Content.Layout(inner with { Width = width });
            if (fragment.Box is null)
            {
                return new(null, row);
            }

            cells.Add(new(x, row.PaddingTop, tagged ? new TaggedBox(cell.Tag, fragment.Box) : fragment.Box));
            rests[i] = cell with { Content = fragment.Rest ?? Empty.Instance };
            height = Math.Max(height, fragment.Box.Height);
            isCut |= fragment.Rest is not null;
            (column, x) = (column + cell.Span, x + width + gap);
        }

        var box = Decorate(row, new Group(_width, height + row.PaddingTop + row.PaddingBottom + row.RuleBelow, cells), tagged);
        var fits = box.Height <= space.Height + Element.Tolerance && (!isCut || space.TopOfPage);
        return fits ? new(box, isCut ? row with { Cells = rests } : null) : new(null, row);
    }

    private float SpanWidth(int column, int span) => widths.AsSpan(column, span).ToArray().Sum() + gap * (span - 1);

    private static Group Decorate(TableRow row, Box cells, bool tagged)
    {
        var layers = new List<Placed>(3);
        if (row.Fill is { } fill)
        {
            layers.Add(new(0, 0, new FillBox(cells.Width, cells.Height, fill)));
        }

        if (row.RuleBelow > 0)
        {
            layers.Add(new(0, cells.Height - row.RuleBelow, new FillBox(cells.Width, row.RuleBelow, row.RuleColor)));
        }

        layers.Add(new(0, 0, tagged ? new TaggedBox(row.Tag, cells) : cells));
        return new Group(cells.Width, cells.Height, layers);
    }
}
