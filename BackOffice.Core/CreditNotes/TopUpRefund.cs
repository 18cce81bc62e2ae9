using BackOffice.Core.Common;

namespace BackOffice.Core.CreditNotes;

/// <summary>What can be taken back of an invoice that sold wallet credits: money only, and only credits that are still there.</summary>
/// <param name="Refundable">The most that can be paid back; zero before the invoice is paid.</param>
public sealed record TopUpRefund(Money Refundable, Money WalletBalance)
{
    /// <summary>Whether so much can be paid back; before payment, and when the wallet is spent, not even nothing.</summary>
    public bool Allows(Money refund) => Refundable.MinorUnits > 0 && refund.MinorUnits >= 0 && refund.MinorUnits <= Refundable.MinorUnits;

    /// <summary>Credit for later invoices is not given: the wallet is that already.</summary>
    public Money Creditable => Money.Zero(Refundable.Currency);

    /// <param name="total">The invoice's total.</param>
    /// <param name="refunded">What earlier notes paid back.</param>
    /// <param name="walletBalance">Credits of the wallet that are left, in money.</param>
    public static TopUpRefund Of(Money total, bool isPaid, Money refunded, Money walletBalance) => new(
        isPaid
            ? Money.OfMinor(Math.Max(0, Math.Min((total - refunded).MinorUnits, walletBalance.MinorUnits)), total.Currency)
            : Money.Zero(total.Currency),
        walletBalance);

    /// <summary>The wallet after a refund: the same amount of credits is voided.</summary>
    /// <exception cref="RuleBroken">More is asked for than can be paid back.</exception>
    public Money WalletAfter(Money refund) => Allows(refund)
        ? WalletBalance - refund
        : throw new RuleBroken($"At most {Refundable} can be paid back: what is spent, or not paid yet, cannot.");
}
