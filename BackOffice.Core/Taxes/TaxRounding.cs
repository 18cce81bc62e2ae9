namespace BackOffice.Core.Taxes;

/// <summary>When tax becomes whole minor units.</summary>
public enum TaxRounding
{
    /// <summary>
    /// Once for each tax, on the sum of its lines; the document's tax is the sum of these. What every document does (EN 16931).
    /// </summary>
    PerRate,

    /// <summary>Once over all taxes of the document, as Lago does and Australia's total-invoice rule allows. For comparison only.</summary>
    Overall,
}
