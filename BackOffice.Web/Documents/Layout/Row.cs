namespace BackOffice.Web.Documents.Layout;

/// <summary>Elements side by side. One that breaks goes on next page beside what its neighbours have left.</summary>
internal sealed class Row(float gap, params IReadOnlyList<(Track Track, Element Element)> cells) : Element
{
    public override float NaturalWidth => cells.Sum(WantedWidth) + gap * (cells.Count - 1);

    public override Fragment Layout(in Space space)
    {
        var widths = Tracks.Resolve([.. cells.Select(cell => cell.Track)], space.Width, gap, i => cells[i].Element.NaturalWidth);
        var placed = new List<Placed>(cells.Count);
        var rest = new (Track, Element)[cells.Count];
        var (x, height, breaks) = (0f, 0f, false);
        for (var i = 0; i < cells.Count; i++)
        {
            var fragment = cells[i].Element.Layout(space with { Width = widths[i] });
            if (fragment.Box is null)
            {
                return Fragment.None(this);
            }

            placed.Add(new(x, 0, fragment.Box));
            height = Math.Max(height, fragment.Box.Height);
            x += widths[i] + gap;
            // What goes on keeps its width, or a finished neighbour would leave its room to the others.
            rest[i] = (Track.Of(widths[i]), fragment.Rest ?? Empty.Instance);
            breaks |= fragment.Rest is not null;
        }

        return new(new Group(space.Width, height, placed), breaks ? new Row(gap, rest) : null);
    }

    private static float WantedWidth((Track Track, Element Element) cell) =>
        cell.Track.Points > 0 ? cell.Track.Points : cell.Element.NaturalWidth;
}
