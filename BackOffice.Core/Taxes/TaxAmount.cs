using BackOffice.Core.Common;

namespace BackOffice.Core.Taxes;

/// <summary>Tax of one code and percentage on the sum of the lines it applies to, after discounts (EN 16931 BG-23).</summary>
/// <param name="Code">Null when no tax is charged.</param>
/// <param name="Percent">19 means 19 %.</param>
/// <param name="Base">What the tax is charged on, in whole minor units.</param>
/// <param name="Tax">Percent of the base, rounded once, half away from zero.</param>
public sealed record TaxAmount(string? Code, string Name, decimal Percent, Money Base, Money Tax)
{
    public TaxCategory Category { get; init; } = LineTax.UsualCategory(Code, Percent);

    public static TaxAmount Of(LineTax tax, Money @base) =>
        new(tax.Code, tax.Name, tax.Percent, @base, Money.Rounded(tax.On(@base.Amount), @base.Currency)) { Category = tax.Category };

    /// <summary>Whether it sums up this tax.</summary>
    public bool Is(LineTax tax) => (Code, Name, Percent, Category) == (tax.Code, tax.Name, tax.Percent, tax.Category);
}
