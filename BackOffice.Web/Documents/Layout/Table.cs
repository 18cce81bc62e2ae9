namespace BackOffice.Web.Documents.Layout;

/// <summary>A table whose header is repeated on every page it reaches. A row is cut only if a page is too small for it.</summary>
internal sealed class Table : Element
{
    private readonly IReadOnlyList<Track> _tracks;
    private readonly float _gap;
    private readonly IReadOnlyList<TableRow> _head;
    private readonly IReadOnlyList<TableRow> _rows;
    private readonly int _first;
    private readonly TableTags _tags;
    private readonly bool _isContinued;

    public Table(IReadOnlyList<Track> tracks, float gap, IReadOnlyList<TableRow> head, IReadOnlyList<TableRow> rows)
    {
        (_tracks, _gap, _head, _rows) = (tracks, gap, head, rows);
        _tags = new TableTags(new Tag("Table"), new Tag("THead"), new Tag("TBody"));
    }

    // The columns keep the widths they had on the page before, whatever rows are left.
    private Table(Table begun, RowGrid grid, IReadOnlyList<TableRow> rows, int first)
    {
        (_tracks, _gap, _head, _tags) = ([.. grid.Widths.Select(Track.Of)], begun._gap, begun._head, begun._tags);
        (_rows, _first, _isContinued) = (rows, first, true);
    }

    public override float NaturalWidth =>
        Enumerable.Range(0, _tracks.Count).Sum(i => _tracks[i].Points > 0 ? _tracks[i].Points : WidestCell(i)) + _gap * (_tracks.Count + 1);

    public override Fragment Layout(in Space space)
    {
        var grid = new RowGrid(Tracks.Resolve(_tracks, space.Width - 2 * _gap, _gap, WidestCell), _gap);
        var table = Layout(grid, _head, space);
        // A head that leaves no room for a row even on an empty page is left out, or the table would never end.
        return table.Box is null && space.TopOfPage ? Layout(grid, [], space) : table;
    }

    private Fragment Layout(RowGrid grid, IReadOnlyList<TableRow> headRows, in Space space)
    {
        var head = LayoutHead(grid, headRows, space);
        if (head is null)
        {
            return Fragment.None(this);
        }

        var body = LayoutBody(grid, space with { Height = space.Height - head.Height });
        if (body.Box is null)
        {
            return Fragment.None(this);
        }

        // A part without rows would be an empty tag, which is not a valid structure.
        var parts = new List<Placed>(2);
        if (headRows.Count > 0)
        {
            parts.Add(new(0, 0, new TaggedBox(_isContinued ? Tag.Artifact : _tags.Head, head)));
        }

        if (body.Box.Height > 0)
        {
            parts.Add(new(0, head.Height, new TaggedBox(_tags.Body, body.Box)));
        }

        return new(new TaggedBox(_tags.Whole, new Group(space.Width, head.Height + body.Box.Height, parts)), body.Rest);
    }

    private Group? LayoutHead(RowGrid grid, IReadOnlyList<TableRow> rows, in Space space)
    {
        var placed = new List<Placed>(rows.Count);
        var y = 0f;
        foreach (var row in rows)
        {
            var fragment = grid.Layout(row, space with { Height = space.Height - y, TopOfPage = false }, tagged: !_isContinued);
            if (fragment.Box is null)
            {
                return null;
            }

            placed.Add(new(0, y, fragment.Box));
            y += fragment.Box.Height;
        }

        return new Group(space.Width, y, placed);
    }

    private Fragment LayoutBody(RowGrid grid, Space space)
    {
        var placed = new List<Placed>();
        var y = 0f;
        for (var i = _first; i < _rows.Count; i++)
        {
            var room = new Space(space.Width, space.Height - y, space.TopOfPage && placed.Count == 0);
            var row = FitsWithFollowers(grid, i, room) ? grid.Layout(_rows[i], room) : new RowFragment(null, _rows[i]);
            if (row.Box is not null)
            {
                placed.Add(new(0, y, row.Box));
                y += row.Box.Height;
            }

            if (!row.IsWhole)
            {
                var rest = row.Box is null ? new Table(this, grid, _rows, i) : new Table(this, grid, [row.Rest!, .. _rows.Skip(i + 1)], 0);
                return placed.Count == 0 ? Fragment.None(this) : new(new Group(space.Width, y, placed), rest);
            }
        }

        return Fragment.All(new Group(space.Width, y, placed));
    }

    private bool FitsWithFollowers(RowGrid grid, int index, Space room)
    {
        if (room.TopOfPage || !_rows[index].KeepWithNext)
        {
            return true;
        }

        var isHeld = true;
        for (var i = index; isHeld && i < _rows.Count; i++)
        {
            var row = grid.Layout(_rows[i], room);
            if (row.Box is null)
            {
                return false;
            }

            room = room with { Height = room.Height - row.Box.Height };
            isHeld = _rows[i].KeepWithNext;
        }

        return true;
    }

    private float WidestCell(int column)
    {
        var widest = 0f;
        foreach (var row in _head.Concat(_rows))
        {
            var at = 0;
            foreach (var cell in row.Cells)
            {
                widest = at == column && cell.Span == 1 ? Math.Max(widest, cell.Content.NaturalWidth) : widest;
                at += cell.Span;
            }
        }

        return widest;
    }

    private sealed record TableTags(Tag Whole, Tag Head, Tag Body);
}
