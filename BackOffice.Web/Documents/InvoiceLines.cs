using BackOffice.Web.Documents.Layout;
using static BackOffice.Web.Documents.InvoiceStyles;

namespace BackOffice.Web.Documents;

/// <summary>The table of what is charged. The steps of a tiered price follow their line, indented and grey.</summary>
internal sealed class InvoiceLines(InvoiceDocument document)
{
    private const float ColumnGap = 8;
    private const float Hairline = 0.4f;
    private const float StepIndent = 10;
    private const string Row = "Row";
    private const string Column = "Column";

    private static readonly Track[] Tracks = [Track.Share(1), Track.Of(80), Track.Of(76), Track.Of(38), Track.Of(80)];

    public Element Compose()
    {
        var rows = document.Groups.SelectMany(group => RowsOf(group)).ToList();
        if (rows.Count == 0)
        {
            rows.Add(new TableRow(new Cell(new TextBlock("Nothing was charged in this period.", Small), Tracks.Length))
            {
                RuleBelow = Hairline,
                RuleColor = Line,
            });
        }

        return new Table(Tracks, ColumnGap, [HeadRow()], rows);
    }

    private TableRow HeadRow() => new(
        Head("Description", Align.Start),
        Head("Quantity", Align.End),
        Head("Unit price", Align.End),
        Head("Tax", Align.End),
        Head($"Net amount, {document.Currency}", Align.End))
    {
        Fill = Tint,
        RuleBelow = 0.8f,
        RuleColor = Accent,
    };

    private static Cell Head(string text, Align align) => new(new TextBlock(text, ColumnHead, align), HeaderScope: Column);

    private static IEnumerable<TableRow> RowsOf(InvoiceDocumentGroup group)
    {
        if (group.Heading.Length > 0 && group.Lines.Count > 0)
        {
            yield return new TableRow(
                new Cell(new TextBlock(group.Heading, GroupHeading), Span: 2, HeaderScope: Row),
                new Cell(new TextBlock(group.Period ?? "", Small, Align.End), Span: 3))
            {
                PaddingTop = 10,
                RuleBelow = Hairline,
                RuleColor = Line,
                KeepWithNext = true,
            };
        }

        foreach (var row in group.Lines.SelectMany(line => RowsOf(line)))
        {
            yield return row;
        }
    }

    private static IEnumerable<TableRow> RowsOf(InvoiceDocumentLine line)
    {
        var steps = line.Steps;
        yield return LineRow(line) with
        {
            PaddingBottom = steps.Count == 0 ? 4.5f : 1.5f,
            RuleBelow = steps.Count == 0 ? Hairline : 0,
            KeepWithNext = steps.Count > 0,
        };
        for (var i = 0; i < steps.Count; i++)
        {
            var isLast = i == steps.Count - 1;
            yield return StepRow(steps[i]) with
            {
                PaddingBottom = isLast ? 5.5f : 0.5f,
                RuleBelow = isLast ? Hairline : 0,
                KeepWithNext = i == steps.Count - 2, // The last step is not left alone on a page.
            };
        }
    }

    private static TableRow LineRow(InvoiceDocumentLine line) => new(
        new Cell(Description(line)),
        Figure(line.Quantity, Figures),
        Figure(line.UnitPrice, Figures),
        Figure(line.TaxRate, Figures),
        Figure(line.Net, StrongFigures))
    {
        PaddingTop = 4.5f,
        RuleColor = Line,
    };

    private static Element Description(InvoiceDocumentLine line) => string.IsNullOrEmpty(line.Period)
        ? new TextBlock(line.Description, Strong)
        : new Column(Paragraph(line.Description, Strong), Paragraph(line.Period, Small));

    private static TableRow StepRow(PriceStep step) => new(
        new Cell(new Padding(new Edges(0, 0, 0, StepIndent), new TextBlock(step.Label, Small))),
        Figure(step.Quantity, SmallFigures),
        Figure(step.UnitPrice, SmallFigures),
        Figure("", SmallFigures),
        Figure(step.Amount, SmallFigures))
    {
        PaddingTop = 0.5f,
        RuleColor = Line,
    };

    private static Cell Figure(string? text, Text.TextStyle style) => new(new TextBlock(text ?? "", style, Align.End));
}
