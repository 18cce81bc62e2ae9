using BackOffice.Web.Documents.Layout;
using static BackOffice.Web.Tests.Documents.RecordingSurface;

namespace BackOffice.Web.Tests.Documents;

public sealed class TableTests
{
    [Fact]
    public void The_header_is_repeated_and_only_the_first_one_is_announced()
    {
        var surface = Paginated(Numbers(25));

        Assert.Equal(3, surface.Pages.Count);
        Assert.All(surface.Texts, text => Assert.StartsWith("head r", text));
        Assert.Equal(["Table/THead/TR/TH", "Table/Artifact", "Table/Artifact"], surface.Pages.Select(page => page[0].Tag));
        Assert.Equal(
            Enumerable.Range(1, 25).Select(i => $"r{i}"),
            surface.Pages.SelectMany(page => page.Skip(1)).Select(item => item.Text));
    }

    [Fact]
    public void A_row_that_keeps_with_the_next_is_never_the_last_on_a_page()
    {
        TableRow[] rows = [.. Rows(8), Line("group") with { KeepWithNext = true }, Line("line") with { KeepWithNext = true }, Line("step")];

        var surface = Paginated(Table(rows));

        Assert.Equal("head r1 r2 r3 r4 r5 r6 r7 r8", surface.Texts.First());
        Assert.Equal("head group line step", surface.Texts.Last());
    }

    [Fact]
    public void A_row_taller_than_a_page_is_cut_and_goes_on()
    {
        var surface = Paginated(Table([Line("before"), Row(Lines("l", 20)), Line("after")]));

        Assert.Equal(
            ["head before", "head l1 l2 l3 l4 l5 l6 l7 l8 l9", "head l10 l11 l12 l13 l14 l15 l16 l17 l18", "head l19 l20 after"],
            surface.Texts);
    }

    [Fact]
    public void A_header_taller_than_a_page_is_left_out()
    {
        var surface = Paginated(new Table([Track.Share(1)], 0, [Row(Lines("h", 30))], [Line("row")]));

        Assert.Equal(["row"], surface.Texts);
    }

    [Fact]
    public void A_table_without_rows_is_its_header()
    {
        Assert.Equal(["head"], Paginated(Numbers(0)).Texts);
        Assert.Equal([""], Paginated(new Table([Track.Share(1)], 0, [], [])).Texts);
    }

    [Fact]
    public void Numbers_end_at_the_same_edge_in_every_row_and_on_every_page()
    {
        TableRow Figure(string label, string figure) => new(
            new Cell(Text(label)), new Cell(Text(figure, Align.End))) { PaddingTop = 0, PaddingBottom = 0 };
        Track[] tracks = [Track.Share(1), Track.Fit];

        var rows = Enumerable.Range(0, 15).Select(i => Figure("a", new string('1', i / 2 + 1)));
        var surface = Paginated(new Table(tracks, 5, [], [.. rows]));

        var figures = surface.Pages.SelectMany(page => page).Where(item => item.Text.StartsWith('1')).ToList();
        var oneDigit = (figures[0].X - figures[14].X) / 7;
        Assert.All(figures, figure => Assert.Equal(figures[0].X, figure.X + (figure.Text.Length - 1) * oneDigit, 0.01f));
    }

    [Theory]
    [InlineData(50, 50, "a column as wide as it wants to be")]
    [InlineData(500, 140, "a column that wants too much leaves its neighbour a part")]
    public void Fitting_columns_do_not_push_the_others_out(float wanted, float expected, string why)
    {
        var widths = Tracks.Resolve([Track.Share(1), Track.Fit], 200, 0, _ => wanted);

        Assert.True(Math.Abs(expected - widths[1]) < 0.01f, why);
        Assert.Equal(200, widths.Sum(), 0.01f);
    }

    private static Table Numbers(int rows) => Table(Rows(rows));

    private static Table Table(IReadOnlyList<TableRow> rows) => new([Track.Share(1)], 0, [Row(Text("head"), "Column")], rows);

    private static TableRow[] Rows(int count) => [.. Enumerable.Range(1, count).Select(i => Line($"r{i}"))];

    private static TableRow Line(string text) => Row(Text(text));

    private static TableRow Row(Element content, string? scope = null) =>
        new(new Cell(content, HeaderScope: scope)) { PaddingTop = 0, PaddingBottom = 0 };
}
