using BackOffice.Web.Documents.Layout;
using static BackOffice.Web.Documents.InvoiceStyles;

namespace BackOffice.Web.Documents;

/// <summary>What stands on every page around the body: the band, who goes on with what, the small print, the page number.</summary>
internal sealed class InvoicePages(InvoiceDocument document, InvoiceWords words)
{
    private const float BandHeight = 6;

    // Made once: what is the same on every page need not be shaped for each of them.
    private readonly Column _continued = new(
        new Row(16,
            (Track.Share(1), new TextBlock(document.Seller.Name, BrandSmall)),
            (Track.Fit, new Padding(new Edges(1.5f, 0, 0, 0), new TextBlock($"{words.TitleWithNumber}, continued", Small, Align.End)))),
        new Spacer(7),
        new Rule(0.6f, Line),
        new Spacer(12));

    private readonly Column _smallPrint = new([.. document.FooterLines.Select(line => new TextBlock(line, InvoiceStyles.Footer))]);
    private readonly TextBlock _name = new(document.Number ?? words.Title, InvoiceStyles.PageNumber, Align.End);

    public PageTemplate Compose() => new(PageTemplate.A4.Width, PageTemplate.A4.Height, new Edges(44, 48, 30, 48))
    {
        Header = Header,
        Footer = Footer,
        TopEdge = new Rule(BandHeight, document.Stands ? Accent : Warning),
        Underlay = document.Stands ? Empty.Instance
            : new Rotated(52, new TextBlock(document.IsDraft ? "DRAFT" : "VOID", WatermarkText, Align.Center)),
    };

    private Element Header(PageNumber number) => number.Page == 1 ? Empty.Instance : _continued;

    private Column Footer(PageNumber number) => new(
        new Spacer(10),
        new Rule(0.6f, Line),
        new Spacer(6),
        new Row(16,
            (Track.Share(1), _smallPrint),
            (Track.Fit, new Row(0,
                (Track.Fit, _name),
                (Track.Fit, new TextBlock($" · {number}", InvoiceStyles.PageNumber, Align.End))))));
}
