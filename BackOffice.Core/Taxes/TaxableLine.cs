using BackOffice.Core.Common;

namespace BackOffice.Core.Taxes;

/// <summary>A line as taxes see it.</summary>
/// <param name="Amount">The line's amount, rounded once.</param>
/// <param name="Taxes">Every tax on the line; none means that no tax is charged.</param>
/// <param name="Discount">The line's exact share of the discounts, in major units; zero or more.</param>
public sealed record TaxableLine(Money Amount, IReadOnlyList<LineTax> Taxes, decimal Discount = 0)
{
    /// <summary>What is taxed, exact, in major units.</summary>
    public decimal Net => Amount.Amount - Discount;

    /// <summary>The line's own tax over all its rates, exact, in major units.</summary>
    public decimal ExactTax
    {
        get
        {
            var tax = 0m;
            for (var i = 0; i < Taxes.Count; i++)
            {
                tax += Taxes[i].On(Net);
            }

            return tax;
        }
    }

    /// <summary>The line's own tax as a figure to show beside it. These need not add up to the document's tax.</summary>
    public Money Tax => Money.Rounded(ExactTax, Amount.Currency);
}
