using BackOffice.Core.Common;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.CreditNotes;

/// <summary>What a credit note takes back of one line.</summary>
/// <param name="Line">The place of the line on the invoice, from 0.</param>
/// <param name="Exact">Before rounding, in major units, before the line's discount and tax.</param>
/// <param name="Amount">The same in whole minor units; this much of the line is gone.</param>
/// <param name="Net">Exact, after the line's discount, in major units.</param>
/// <param name="Units">Units taken back; zero when an amount was asked for.</param>
public sealed record CreditedItem(int Line, decimal Exact, Money Amount, decimal Net, decimal Units)
{
    /// <summary>The net as what is divided, for a share of days; null for every other item.</summary>
    internal Quotient? NetShare { get; init; }

    /// <summary>Minor units cut to five places, as other systems state an unrounded item; for comparison.</summary>
    public decimal TruncatedMinor => decimal.Truncate(Exact * Amount.Currency.Scale * 100_000) / 100_000;
}

/// <summary>What a credit note says, before it is anybody's document. An estimate and the note are the same content.</summary>
/// <param name="Items">In the order of the invoice.</param>
/// <param name="Discount">The items' part of the invoice's discounts, which the customer did not pay.</param>
/// <param name="Net">Items − discount, rounded once.</param>
/// <param name="Parts">The net of each of the invoice's groups of equally taxed lines; they add up to the net.</param>
/// <param name="Taxes">At the original percentages.</param>
public sealed record CreditNoteContent(
    IReadOnlyList<CreditedItem> Items, Money Discount, Money Net, IReadOnlyList<Money> Parts, IReadOnlyList<TaxAmount> Taxes)
{
    /// <summary>The sum of the items before discount.</summary>
    public Money Subtotal => Net + Discount;

    public Money Tax => Taxes.Select(tax => tax.Tax).Sum(Net.Currency);

    /// <summary>Net + tax: rounded net plus rounded tax, never a rounding of both together.</summary>
    public Money Total => Net + Tax;

    /// <summary>The mean percentage on what is taken back, to show.</summary>
    /// <param name="lines">The invoice's lines.</param>
    public decimal WeightedPercent(IReadOnlyList<TaxableLine> lines)
    {
        var net = Items.Sum(item => item.Net);
        return net == 0 ? 0 : Money.ToFiveDecimals(
            Items.Sum(item => item.Net * lines[item.Line].Taxes.Sum(tax => tax.Percent)) / net);
    }
}
