using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Core.CreditNotes;

/// <summary>What a fee paid in advance gives back for the days that are not used.</summary>
/// <remarks>
/// A share of the fee as it stands on its invoice: while that is a draft and the fee is edited, the credit follows. What earlier notes took
/// back of the fee is not given back again, and never more than is left of it (Lago's rule, guide §7).
/// </remarks>
public static class UnusedShare
{
    /// <param name="line">The place of the fee on its invoice, from 0.</param>
    /// <param name="price">What the billed days cost, in major units, before it was rounded; an edited fee is its amount.</param>
    /// <param name="unusedDays">Days paid for after the last day of use.</param>
    /// <param name="billedDays">Days the price is for: those the fee was billed for, or those of the whole period.</param>
    /// <returns>A request of that share; of nothing when no day is unused.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More days are unused than were billed.</exception>
    public static CreditRequest Request(CreditableInvoice invoice, int line, decimal price, int unusedDays, int billedDays)
    {
        var left = invoice.LeftOf(line);
        var step = Step(price, unusedDays, billedDays);
        var taken = Exact.Multiply((invoice.Sheet.Lines[line].Amount - left).Amount, billedDays);

        // One division at the very end, so that a half stays a half.
        var share = new Quotient(Math.Max(0, Exact.Add(Exact.Multiply(step.UnitPrice, step.Quantity), -taken)), billedDays);
        return share.Value < left.Amount ? CreditRequest.Of(line, share) : CreditRequest.Of(line, left.Amount);
    }

    /// <summary>The note of that share; null when there is nothing to give back, also because a coupon had paid for it.</summary>
    /// <inheritdoc cref="Request"/>
    public static CreditNoteContent? Note(CreditableInvoice invoice, int line, decimal price, int unusedDays, int billedDays)
    {
        var request = Request(invoice, line, price, unusedDays, billedDays);
        if (request.Amount is not { } amount || Money.Rounded(amount, invoice.LeftOf(line).Currency).MinorUnits == 0)
        {
            return null;
        }

        var note = invoice.Estimate([request]);
        return note.Net.MinorUnits > 0 ? note : null;
    }

    /// <summary>How much of the note goes back to the customer: what was paid for the fee, less what was used of it, with tax.</summary>
    /// <remarks>The rest stays as credit, or lowers the open invoice.</remarks>
    /// <param name="price">What the billed days cost, as for the note.</param>
    /// <param name="usedDays">Days that were paid for and used.</param>
    /// <param name="billedDays">Days the price is for.</param>
    /// <param name="paid">What was paid on the fee's invoice; the fee has its share of each payment.</param>
    /// <param name="invoiceTotal">What that invoice came to.</param>
    /// <param name="most">The note's total.</param>
    public static Money Refund(
        CreditableInvoice invoice, int line, decimal price, int usedDays, int billedDays, Money paid, Money invoiceTotal, Money most)
    {
        var fee = invoice.Sheet.Lines[line];
        var currency = most.Currency;
        Money WithTax(Money net) => net + fee.Taxes.Select(tax => Money.Rounded(tax.On(net.Amount), currency)).Sum(currency);

        if (invoiceTotal.MinorUnits == 0 || fee.Amount.MinorUnits == 0)
        {
            return Money.Zero(currency);
        }

        var feeTotal = WithTax(Money.Rounded(fee.Net, currency));
        var feePaid = Money.RoundedQuotient(Exact.Multiply(paid.Amount, feeTotal.Amount), invoiceTotal.Amount, currency);
        var used = WithTax(Money.RoundedQuotient(
            Exact.Multiply(Exact.Multiply(price, usedDays), fee.Net), Exact.Multiply(fee.Amount.Amount, billedDays), currency));
        return Money.OfMinor(Math.Clamp((feePaid - used).MinorUnits, 0, most.MinorUnits), currency);
    }

    /// <summary>The share of the price as an explained step: price × unused ÷ billed days.</summary>
    public static PriceStep Step(decimal price, int unusedDays, int billedDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unusedDays);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(unusedDays, billedDays);
        return new PriceStep($"{unusedDays} of {billedDays} days unused", unusedDays, price, billedDays);
    }
}
