using BackOffice.Web.Documents.Layout;
using static BackOffice.Web.Documents.InvoiceStyles;

namespace BackOffice.Web.Documents;

/// <summary>Below the lines: taxes and totals, how to pay, what else is to be said.</summary>
internal sealed class InvoiceSummary(InvoiceDocument document, InvoiceWords words)
{
    private const float TotalsWidth = 244;
    private const float ColumnGap = 8;
    private const float Gap = 26;
    private const float Hairline = 0.4f;

    // What is owed and how to pay it are read together, so they stand on one page.
    public Element Compose() => new KeepTogether(new Column(
        new Spacer(16),
        new KeepTogether(new Row(Gap, (Track.Share(1), TaxSummary()), (Track.Of(TotalsWidth), Totals()))),
        new Spacer(22),
        Closing()));

    private Element TaxSummary()
    {
        if (document.Taxes.Count == 0)
        {
            return Empty.Instance;
        }

        var rows = document.Taxes.Select(tax => new TableRow(
            new Cell(new TextBlock(tax.Label, Body), HeaderScope: "Row"), Figure(tax.Base), Figure(tax.Tax))
        {
            RuleBelow = Hairline,
            RuleColor = Line,
        });
        var head = new TableRow(Head("Tax", Align.Start), Head("Taxable", Align.End), Head("Tax amount", Align.End))
        {
            Fill = Tint,
            RuleBelow = 0.8f,
            RuleColor = Accent,
        };
        return new Column(HeadingOf("Tax summary"), new Table([Track.Share(1), Track.Fit, Track.Fit], ColumnGap, [head], [.. rows]));
    }

    private Table Totals()
    {
        List<TableRow> rows = [Sum("Subtotal", document.Subtotal)];
        rows.AddRange(document.Discounts.Select(discount => Sum(discount.Label, discount.Text)));
        rows.AddRange(document.Taxes.Select(tax => Sum(tax.Label, tax.Tax)));
        rows.Add(Sum($"Total, {document.Currency}", document.Total, Total) with { RuleBelow = 0.8f, RuleColor = Accent });
        rows.AddRange(document.Settlements.Select(settlement => Sum(settlement.Label, settlement.Text)));
        rows.Add(Sum(words.AmountLabel, words.AmountDue, Due) with { Fill = Tint, RuleBelow = 0, PaddingTop = 6, PaddingBottom = 6 });
        return new Table([Track.Share(1), Track.Fit], ColumnGap, [], rows);
    }

    private Element Closing()
    {
        List<Element> payment = [.. PaymentFacts().Select(fact => InvoiceHead.Fact(fact.Label, fact.Text))];
        Element[] notes = [.. document.Notes.Select(note => new Padding(new Edges(0, 0, 4, 0), Paragraph(note, Small)))];
        if (payment.Count == 0)
        {
            return notes.Length == 0 ? Empty.Instance : new Column([HeadingOf("Notes"), .. notes]);
        }

        // How to pay stands below the totals, whether or not there is anything to say beside it.
        Element beside = notes.Length == 0 ? Empty.Instance : new Column([HeadingOf("Notes"), .. notes]);
        var howToPay = new Column([HeadingOf("Payment"), .. payment]);
        return new Row(Gap, (Track.Share(1), beside), (Track.Of(TotalsWidth), howToPay));
    }

    // A draft or a voided document names no account: somebody might pay it.
    private IEnumerable<LabelledText> PaymentFacts()
    {
        if (!document.Stands || document.Payment is not { } payment)
        {
            return [];
        }

        (string Label, string? Text)[] facts =
        [
            ("Beneficiary", payment.Beneficiary),
            ("IBAN", payment.Iban),
            ("BIC", payment.Bic),
            ("Bank", payment.Bank),
            ("Reference", payment.Reference),
        ];
        return facts.Where(fact => !string.IsNullOrEmpty(fact.Text)).Select(fact => new LabelledText(fact.Label, fact.Text!));
    }

    private static TableRow Sum(string label, string amount, Text.TextStyle? style = null) => new(
        new Cell(new TextBlock(label, style ?? Body), HeaderScope: "Row"),
        new Cell(new TextBlock(amount, style ?? Figures, Align.End)))
    {
        PaddingTop = 3.4f,
        PaddingBottom = 3.4f,
        RuleBelow = Hairline,
        RuleColor = Line,
    };

    private static Cell Head(string text, Align align) => new(new TextBlock(text, ColumnHead, align), HeaderScope: "Column");

    private static Cell Figure(string text) => new(new Padding(new Edges(0, 0, 0, 6), new TextBlock(text, Figures, Align.End)));
}
