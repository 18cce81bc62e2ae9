using BackOffice.Web.Documents.Layout;
using static BackOffice.Web.Tests.Documents.RecordingSurface;

namespace BackOffice.Web.Tests.Documents;

public sealed class PaginatorTests
{
    [Fact]
    public void A_text_goes_on_on_the_next_page_without_losing_or_repeating_a_line()
    {
        var surface = Paginated(Lines("l", 23));

        Assert.Equal([10, 10, 3], surface.Pages.Select(page => page.Count));
        Assert.Equal(Enumerable.Range(1, 23).Select(i => $"l{i}"), surface.Pages.SelectMany(page => page).Select(item => item.Text));
    }

    [Fact]
    public void A_paragraph_does_not_leave_a_line_alone_on_either_side_of_a_break()
    {
        Assert.Equal([9, 3], Paginated(new Column(Lines("a", 9), Lines("b", 3))).Pages.Select(page => page.Count));
        Assert.Equal([9, 2], Paginated(new Column(Lines("a", 7), Lines("b", 4))).Pages.Select(page => page.Count));
    }

    [Fact]
    public void A_heading_moves_on_with_what_it_heads()
    {
        var surface = Paginated(new Column(Lines("a", 9), new KeepWithNext(Text("heading")), Lines("b", 3)));

        Assert.Equal("heading b1 b2 b3", surface.Texts.Last());
    }

    [Fact]
    public void What_is_kept_together_moves_on_as_a_whole()
    {
        var surface = Paginated(new Column(Lines("a", 6), new KeepTogether(new Column(Lines("b", 3), Lines("c", 3)))));

        Assert.Equal("b1 b2 b3 c1 c2 c3", surface.Texts.Last());
    }

    [Fact]
    public void What_is_kept_together_is_broken_if_a_page_is_too_small_for_it()
    {
        var surface = Paginated(new Column(Lines("a", 2), new KeepTogether(Lines("b", 25))));

        Assert.Equal([2, 10, 10, 5], surface.Pages.Select(page => page.Count));
    }

    [Fact]
    public void A_column_that_breaks_goes_on_in_its_own_place_beside_its_finished_neighbour()
    {
        var surface = Paginated(new Row(10, (Track.Fit, Lines("left", 2)), (Track.Share(1), Lines("right", 14))));

        var places = surface.Pages.SelectMany(page => page).Where(item => item.Text.Contains("right")).Select(item => item.X).Distinct();
        Assert.Equal([12, 4], surface.Pages.Select(page => page.Count));
        Assert.Single(places);
    }

    [Fact]
    public void Every_page_is_decorated_when_the_number_of_pages_is_known()
    {
        var surface = Paginated(Lines("l", 20), template => template with
        {
            Header = number => number.Page == 1 ? Empty.Instance : Text("continued"),
            Footer = number => Text($"{number}", Align.End),
        });

        Assert.StartsWith("l1 ", surface.Texts.First());
        Assert.All(surface.Texts.Skip(1), text => Assert.StartsWith("continued l", text));
        Assert.Equal(["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"], surface.Pages.Select(page => page[^1].Text));
        Assert.All(surface.Pages, page => Assert.Equal("Artifact", page[^1].Tag));
    }

    [Fact]
    public void A_footer_of_any_length_leaves_most_of_the_page_to_the_body()
    {
        var surface = Paginated(Lines("l", 16), template => template with { Footer = _ => Lines("f", 50) });

        Assert.Equal(["l1 l2 l3 l4 l5 l6 l7 l8 f1 f2", "l9 l10 l11 l12 l13 l14 l15 l16 f1 f2"], surface.Texts);
    }

    [Fact]
    public void What_fits_on_no_page_is_a_mistake_and_not_an_endless_document() =>
        Assert.Throws<InvalidOperationException>(() => Paginated(new Padding(Edges.All(60), Text("never"))));
}
