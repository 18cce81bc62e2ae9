namespace BackOffice.Core.Taxes;

/// <summary>How a document is taxed, decided before it is calculated.</summary>
/// <param name="Code">The tax's code; null when no tax is charged.</param>
/// <param name="Name">What the document says, such as "VAT" or "No tax".</param>
/// <param name="Percent">19 means 19 %.</param>
/// <param name="Note">Printed under the totals, such as why no tax is charged.</param>
public sealed record TaxTreatment(string? Code, string Name, decimal Percent, string? Note)
{
    public static TaxTreatment None(string? note) => new(null, "No tax", 0, note);
}
