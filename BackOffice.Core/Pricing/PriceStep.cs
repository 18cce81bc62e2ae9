using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>One explained step of an amount: quantity × unit price ÷ per + flat fee. Exact, in major units.</summary>
/// <param name="Label">What the step covers, such as "First 1,000,000".</param>
/// <param name="Per">The units a unit price is for: 1, 10, 100 … – or the days of a whole period, for a fee due for some of them.</param>
public sealed record PriceStep(string Label, decimal Quantity, decimal UnitPrice, decimal Per = 1, decimal Flat = 0)
{
    /// <summary>Exact for powers of ten; a share of days may be periodic and then has 28 digits, which cannot move a rounding.</summary>
    public decimal Amount => Flat == 0
        ? Divide(Exact.Multiply(Quantity, UnitPrice))
        : Exact.Add(Divide(Exact.Multiply(Quantity, UnitPrice)), Flat);

    private decimal Divide(decimal product) => Exact.IsPowerOfTen(Per) ? Exact.DividePowerOfTen(product, Per) : product / Per;
}
