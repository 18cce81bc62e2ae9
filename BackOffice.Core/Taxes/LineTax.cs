using BackOffice.Core.Common;

namespace BackOffice.Core.Taxes;

/// <summary>One tax on a line, as it is on the day of the document: a snapshot that later edits of the rate do not reach.</summary>
public sealed record LineTax
{
    /// <param name="code">The tax's code; null when no tax is charged.</param>
    /// <param name="name">What the document says, such as "VAT".</param>
    /// <param name="percent">0 to 100: 19 means 19 %. At most four decimal places.</param>
    /// <param name="category">Without one: standard above zero, zero-rated for a tax of zero, exempt when there is no tax.</param>
    /// <exception cref="RuleBroken">The percentage is out of bounds, or a category that is not taxed has one above zero.</exception>
    public LineTax(string? code, string name, decimal percent, TaxCategory? category = null)
    {
        if (percent is < 0 or > 100 || decimal.Truncate(percent * 10_000) != percent * 10_000)
        {
            throw new RuleBroken("A tax percentage is between 0 and 100 with at most four decimal places.");
        }

        (Code, Name, Percent, Category) = (code, name, percent, category ?? UsualCategory(code, percent));
        if (percent > 0 != (Category == TaxCategory.Standard))
        {
            throw new RuleBroken($"{name} cannot be {Words(Category)} at {percent} %: only a standard tax has a percentage above zero.");
        }
    }

    /// <summary>No tax, for a reason the document states.</summary>
    public static LineTax None { get; } = new(null, "No tax", 0);

    public string? Code { get; }

    public string Name { get; }

    public decimal Percent { get; }

    public TaxCategory Category { get; }

    /// <summary>The tax on a net amount in major units, exact.</summary>
    public decimal On(decimal net) => net * Percent / 100;

    public static LineTax Of(TaxTreatment treatment) => new(treatment.Code, treatment.Name, treatment.Percent);

    internal static TaxCategory UsualCategory(string? code, decimal percent) =>
        percent > 0 ? TaxCategory.Standard : code is null ? TaxCategory.Exempt : TaxCategory.ZeroRated;

    private static string Words(TaxCategory category) => category switch
    {
        TaxCategory.Standard => "standard",
        TaxCategory.ZeroRated => "zero-rated",
        TaxCategory.Exempt => "exempt",
        TaxCategory.ReverseCharge => "reverse charge",
        _ => "outside the scope of tax",
    };
}
