using BackOffice.Core.Common;

namespace BackOffice.Core.Taxes;

/// <summary>The lines of a document that carry the same taxes, and their part of the discounts.</summary>
/// <param name="Lines">The sum of the lines.</param>
/// <param name="Discount">Whole minor units; the parts' discounts add up to the document's (EN 16931 BR-CO-11).</param>
public sealed record TaxPart(IReadOnlyList<LineTax> Taxes, Money Lines, Money Discount)
{
    public Money Net => Lines - Discount;
}
