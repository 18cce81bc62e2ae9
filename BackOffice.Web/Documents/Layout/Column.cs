namespace BackOffice.Web.Documents.Layout;

/// <summary>Elements one below the other; the page breaks between them or inside one.</summary>
internal sealed class Column(params IReadOnlyList<Element> items) : Element
{
    public override float NaturalWidth => items.Count == 0 ? 0 : items.Max(item => item.NaturalWidth);

    public override Fragment Layout(in Space space)
    {
        var placed = new List<Placed>(items.Count);
        var y = 0f;
        for (var i = 0; i < items.Count; i++)
        {
            var room = new Space(space.Width, space.Height - y, space.TopOfPage && placed.Count == 0);
            var fragment = FitsWithFollowers(i, room) ? items[i].Layout(room) : Fragment.None(items[i]);
            if (fragment.Box is not null)
            {
                placed.Add(new(0, y, fragment.Box));
                y += fragment.Box.Height;
            }

            if (fragment.Rest is not null)
            {
                return placed.Count == 0 ? Fragment.None(this) : new(new Group(space.Width, y, placed), After(i, fragment.Rest));
            }
        }

        return Fragment.All(new Group(space.Width, y, placed));
    }

    private Column After(int index, Element rest) => new([rest, .. items.Skip(index + 1)]);

    // A heading stays with what it heads: all of the chain must at least begin here.
    private bool FitsWithFollowers(int index, Space room)
    {
        if (room.TopOfPage)
        {
            return true;
        }

        while (items[index] is KeepWithNext && index + 1 < items.Count)
        {
            var heading = items[index].Layout(room);
            if (heading.Box is null || heading.Rest is not null)
            {
                return false;
            }

            room = room with { Height = room.Height - heading.Box.Height };
            index++;
            if (items[index].Layout(room).Box is null)
            {
                return false;
            }
        }

        return true;
    }
}
