using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Invoices;

/// <summary>Tax of one code and percentage on the sum of the lines it applies to.</summary>
public sealed record TaxAmount(string? Code, string Name, decimal Percent, Money Base, Money Tax);

/// <summary>What an invoice says, before it is anybody's document. Previews, drafts and checks compute the same content.</summary>
public sealed record InvoiceContent(IReadOnlyList<RatedLine> Lines, IReadOnlyList<TaxAmount> Taxes, string? TaxNote, Currency Currency)
{
    public Money Subtotal => Lines.Select(line => line.Amount).Sum(Currency);

    public Money Tax => Taxes.Select(tax => tax.Tax).Sum(Currency);

    public Money Total => Subtotal + Tax;

    /// <summary>Lines → tax → total. Tax is rounded once for each rate, on the sum of the lines (EN 16931, BR-CO-17).</summary>
    public static InvoiceContent Of(IReadOnlyList<RatedLine> lines, TaxTreatment tax, Currency currency)
    {
        var net = lines.Select(line => line.Amount).Sum(currency);
        var amount = Money.Rounded(net.Amount * tax.Percent / 100, currency);
        return new InvoiceContent(lines, [new TaxAmount(tax.Code, tax.Name, tax.Percent, net, amount)], tax.Note, currency);
    }
}
