using BackOffice.Core.Common;

namespace BackOffice.Core.Taxes;

/// <summary>A tax that an outside engine worked out: we do not check its figure, we add it up.</summary>
/// <param name="Percent">0 to 100, for showing.</param>
/// <param name="Amount">Exact, in major units.</param>
public sealed record ProvidedTax(string Name, decimal Percent, decimal Amount)
{
    /// <summary>All of them together, rounded once: the outside engine's exact amounts are not rounded one by one.</summary>
    public static Money Sum(IEnumerable<ProvidedTax> taxes, Currency currency) => Money.Rounded(taxes.Sum(tax => tax.Amount), currency);
}
