using BackOffice.Core.Common;

namespace BackOffice.Core.Invoices;

/// <summary>What takes something off the lines before tax.</summary>
public enum DiscountKind
{
    /// <summary>What an earlier invoice of the same period has billed already, line by line.</summary>
    ProgressiveCredit,

    /// <summary>An agreed reduction, spread over the lines it applies to.</summary>
    Coupon,

    /// <summary>Credits that were bought and taxed before: what they pay for was taxed with them.</summary>
    TaxedCredits,
}

/// <summary>An amount taken off before tax, and the exact share of every line in it (EN 16931 BG-20).</summary>
public sealed record LineDiscount
{
    // Shares are known to five places of a minor unit; over many lines they may miss the amount by this much of a minor unit.
    private const decimal Tolerance = 0.01m;

    /// <param name="name">What the document says, such as the coupon's name.</param>
    /// <param name="amount">Whole minor units, zero or more.</param>
    /// <param name="shares">A share for each line in major units, in the order of the document, exact or to five places of a minor
    /// unit.</param>
    /// <exception cref="RuleBroken">Something is negative, or the shares are not those of the amount.</exception>
    public LineDiscount(DiscountKind kind, string name, Money amount, IReadOnlyList<decimal> shares)
    {
        if (amount.MinorUnits < 0 || shares.Any(share => share < 0))
        {
            throw new RuleBroken($"{name} cannot be below zero: a discount only takes off.");
        }

        if (decimal.Abs(shares.Sum() - amount.Amount) * amount.Currency.Scale > Tolerance)
        {
            throw new RuleBroken($"The lines' shares of {name} do not add up to {amount}.");
        }

        (Kind, Name, Amount, Shares) = (kind, name, amount, shares);
    }

    public DiscountKind Kind { get; }

    public string Name { get; }

    public Money Amount { get; }

    public IReadOnlyList<decimal> Shares { get; }

    /// <summary>The customer's coupon or wallet it comes from, spent when the invoice is issued; null when nobody keeps count.</summary>
    public Guid? Source { get; init; }
}
