using BackOffice.Web.Documents.Layout;
using static BackOffice.Web.Documents.InvoiceStyles;

namespace BackOffice.Web.Documents;

/// <summary>The top of the first page: who, to whom, which one, how much.</summary>
internal sealed class InvoiceHead(InvoiceDocument document, InvoiceWords words)
{
    private const float DetailsWidth = 176;

    public Element Compose() => new Column(
        new Row(20,
            (Track.Share(1), new Padding(new Edges(4, 0, 0, 0), Paragraph(document.Seller.Name, Brand))),
            (Track.Fit, new Tagged(new Tag("H1"), new TextBlock(words.Title, Title, Align.End)))),
        new Spacer(24),
        document.Stands ? Empty.Instance : Banner(),
        new Row(20,
            (Track.Share(1), Party("Billed to", document.Buyer)),
            (Track.Share(0.72f), Party("From", document.Seller)),
            (Track.Of(DetailsWidth), Details())),
        new Spacer(18),
        AmountPanel(),
        new Spacer(18));

    private Padding Banner()
    {
        var text = new Column(
            Paragraph(words.Notice, WarningTitle),
            Paragraph(
                document.Voided ?? "For review only. Amounts may still change, and it has no number until it is issued.", WarningText));
        return new Padding(new Edges(0, 0, 20, 0), new Background(WarningTint, 5, new Padding(new Edges(9, 14, 9, 14), text)));
    }

    private static Column Party(string caption, DocumentParty party)
    {
        List<Element> lines = [CaptionOf(caption), new Spacer(2), Paragraph(party.Name, PartyName)];
        lines.AddRange(party.AddressLines.Select(line => Paragraph(line, Body)));
        lines.Add(new Spacer(3));
        lines.AddRange(Given(party.TaxId, party.Email).Select(text => Paragraph(text, Small)));
        return new Column(lines);
    }

    private Column Details()
    {
        List<Element> rows = [CaptionOf("Details"), new Spacer(3)];
        rows.AddRange(Facts().Select(fact => Fact(fact.Label, fact.Text)));
        return new Column(rows);
    }

    private IEnumerable<LabelledText> Facts()
    {
        (string Label, string? Text)[] facts =
        [
            (words.NumberLabel, document.Number ?? "Not issued"),
            (words.DateLabel, DateText(document.IssueDate)),
            ("Due date", document.DueDate is { } due ? DateText(due) : null),
            ("Service period", document.ServicePeriod),
            ("Customer", document.Buyer.CustomerCode),
            ("Purchase order", document.PurchaseOrder),
            ("Currency", document.Currency),
        ];
        return facts.Where(fact => !string.IsNullOrEmpty(fact.Text))
            .Select(fact => new LabelledText(fact.Label, fact.Text!)).Concat(document.References);
    }

    public static Element Fact(string label, string text) => new Padding(new Edges(0, 0, 3, 0), new Row(8,
        (Track.Share(1), Paragraph(label, Detail)),
        (Track.Fit, Paragraph(text, DetailValue, Align.End))));

    private Background AmountPanel() => new(Tint, 5, new Padding(new Edges(11, 14, 11, 14), new Row(10,
        (Track.Share(1), new Column(Paragraph(words.AmountLabel, Small), Paragraph(words.AmountDue, PanelAmount))),
        (Track.Fit, new Padding(new Edges(5, 0, 0, 0), PaymentRequest())))));

    private Element PaymentRequest()
    {
        if (!document.Stands || document.DueDate is not { } due)
        {
            return Paragraph(document.Stands ? "" : "Not a demand for payment", Strong, Align.End);
        }

        return new Column(
            Paragraph($"Please pay by {DateText(due)}", Heading, Align.End),
            Paragraph(document.Number is null ? "" : $"quoting {document.Number}", Small, Align.End));
    }

    private static IEnumerable<string> Given(params string?[] texts) => texts.OfType<string>().Where(text => text.Length > 0);
}
