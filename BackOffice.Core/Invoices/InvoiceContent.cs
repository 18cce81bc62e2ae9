using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Invoices;

/// <summary>A rated line and the taxes on it.</summary>
/// <param name="Taxes">None means that no tax is charged.</param>
public sealed record InvoicedLine(RatedLine Line, IReadOnlyList<LineTax> Taxes);

/// <summary>What an invoice says, before it is anybody's document. Previews, drafts and checks compute the same content.</summary>
public sealed record InvoiceContent(IReadOnlyList<RatedLine> Lines, IReadOnlyList<TaxAmount> Taxes, string? TaxNote, Currency Currency)
{
    private static readonly IReadOnlyList<LineTax> Untaxed = [LineTax.None];

    /// <summary>What is taken off before tax.</summary>
    public IReadOnlyList<LineDiscount> Discounts { get; init; } = [];

    /// <summary>What credit notes and wallets pay.</summary>
    public IReadOnlyList<Settled> Settled { get; init; } = [];

    /// <summary>The taxes of each line, in the order of the lines; empty when all lines have the content's one tax.</summary>
    public IReadOnlyList<IReadOnlyList<LineTax>> LineTaxes { get; init; } = [];

    /// <summary>The sum of the lines.</summary>
    public Money Subtotal => Lines.Select(line => line.Amount).Sum(Currency);

    public Money Discount => Discounts.Select(discount => discount.Amount).Sum(Currency);

    public Money Tax => Taxes.Select(tax => tax.Tax).Sum(Currency);

    /// <summary>Lines − discounts + tax.</summary>
    public Money Total => Subtotal - Discount + Tax;

    /// <summary>What the customer is asked to pay.</summary>
    public Money Due => Total - Settled.Select(settled => settled.Amount).Sum(Currency);

    /// <summary>
    /// Lines → tax → total, with one tax on every line. Tax is rounded once, on the sum of the lines (EN 16931, BR-CO-17).
    /// </summary>
    public static InvoiceContent Of(IReadOnlyList<RatedLine> lines, TaxTreatment tax, Currency currency)
    {
        var net = lines.Select(line => line.Amount).Sum(currency);
        return new InvoiceContent(lines, [TaxAmount.Of(LineTax.Of(tax), net)], tax.Note, currency);
    }

    /// <summary>Lines → discounts → taxes → credit notes → wallets → due.</summary>
    /// <exception cref="RuleBroken">See <see cref="InvoiceTotals.Of"/>.</exception>
    public static InvoiceContent Of(
        IReadOnlyList<InvoicedLine> lines, IReadOnlyList<LineDiscount> discounts, IReadOnlyList<Settlement> settlements, string? taxNote,
        Currency currency)
    {
        var taxable = new TaxableLine[lines.Count];
        for (var i = 0; i < taxable.Length; i++)
        {
            taxable[i] = new TaxableLine(lines[i].Line.Amount, lines[i].Taxes.Count == 0 ? Untaxed : lines[i].Taxes);
        }

        var totals = InvoiceTotals.Of(taxable, discounts, settlements, currency);
        return new InvoiceContent(
            [.. lines.Select(line => line.Line)],
            lines.Count == 0 ? [TaxAmount.Of(LineTax.None, Money.Zero(currency))] : totals.Taxes.Rates, taxNote, currency)
        {
            Discounts = discounts,
            Settled = totals.Settled,
            LineTaxes = [.. taxable.Select(line => line.Taxes)],
        };
    }
}
