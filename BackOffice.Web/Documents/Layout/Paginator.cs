namespace BackOffice.Web.Documents.Layout;

/// <summary>Lays a body out page by page and then, knowing how many pages there are, what stands around it.</summary>
internal static class Paginator
{
    // Whatever somebody writes into a footer, most of the page is for the body: the rest of the footer is left out.
    private const float MostForDecoration = 0.2f;

    // The count is not known while decoration is measured; one with many figures leaves room for all that come.
    private const int SomeTotal = 9999;

    public static IReadOnlyList<Box> Paginate(Element body, PageTemplate template)
    {
        var bodies = new List<Box>();
        for (var rest = body; rest is not null;)
        {
            var number = new PageNumber(bodies.Count + 1, SomeTotal);
            var height = template.Height - template.Margins.Vertical
                - Decoration(template.Header(number), template).Height - Decoration(template.Footer(number), template).Height;
            var fragment = rest.Layout(new Space(template.BodyWidth, height, TopOfPage: true));
            bodies.Add(fragment.Box
                ?? throw new InvalidOperationException($"An element does not fit even on an empty page (page {number.Page})."));
            rest = fragment.Rest;
        }

        return [.. bodies.Select((box, i) => Page(box, new PageNumber(i + 1, bodies.Count), template))];
    }

    public static void Draw(IEnumerable<Box> pages, ISurface surface)
    {
        foreach (var page in pages)
        {
            surface.BeginPage(page.Width, page.Height);
            page.Paint(surface, 0, 0);
            surface.EndPage();
        }
    }

    private static Group Page(Box body, PageNumber number, PageTemplate template)
    {
        var (left, top) = (template.Margins.Left, template.Margins.Top);
        var header = Decoration(template.Header(number), template);
        var footer = Decoration(template.Footer(number), template);
        var underlay = AcrossPaper(template.Underlay, template);
        return new Group(template.Width, template.Height,
        [
            new(0, (template.Height - underlay.Height) / 2, underlay),
            new(0, 0, AcrossPaper(template.TopEdge, template)),
            new(left, top, header),
            new(left, top + header.Height, body),
            new(left, template.Height - template.Margins.Bottom - footer.Height, footer),
        ]);
    }

    private static TaggedBox Decoration(Element element, PageTemplate template) =>
        Artifact(element, new Space(template.BodyWidth, template.Height * MostForDecoration, TopOfPage: true));

    private static TaggedBox AcrossPaper(Element element, PageTemplate template) =>
        Artifact(element, new Space(template.Width, template.Height, TopOfPage: true));

    private static TaggedBox Artifact(Element element, Space space) =>
        new(Tag.Artifact, element.Layout(space).Box ?? new Group(0, 0, []));
}
