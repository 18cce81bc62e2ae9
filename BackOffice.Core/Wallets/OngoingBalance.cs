using BackOffice.Core.Common;

namespace BackOffice.Core.Wallets;

/// <summary>Usage that no invoice holds yet, and the tax that it will bear.</summary>
/// <param name="TaxPercent">19 means 19 %.</param>
public sealed record UnbilledUsage(Money Amount, decimal TaxPercent = 0)
{
    public Money WithTax => Money.Rounded(
        Exact.Add(Amount.Amount, Exact.DividePowerOfTen(Exact.Multiply(Amount.Amount, TaxPercent), 100)), Amount.Currency);
}

/// <summary>What a wallet will be worth when everything that is used by now is paid; below zero when it will not suffice.</summary>
/// <param name="Balance">What the wallet holds.</param>
/// <param name="Usage">Used and not paid yet: unbilled usage with tax, and drafts, without what progressive and in-advance invoices
/// billed.</param>
public sealed record OngoingBalance(Money Balance, Money Usage)
{
    public Money Ongoing => Balance - Usage;

    /// <param name="drafts">Totals of drafts, which will be taken from the wallet when they are issued.</param>
    /// <param name="billedAlready">Part of the unbilled usage, with tax, that progressive or in-advance invoices billed.</param>
    public static OngoingBalance Of(
        Money balance, IReadOnlyList<UnbilledUsage> unbilled, IReadOnlyList<Money> drafts, Money? billedAlready = null) =>
        new(balance, unbilled.Select(usage => usage.WithTax).Concat(drafts).Sum(balance.Currency)
            - (billedAlready ?? Money.Zero(balance.Currency)));
}
