using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Core.CreditNotes;

/// <summary>What a fee paid in advance gives back for the days that are not used.</summary>
/// <remarks>
/// A share of the fee as it stands on its invoice: while that is a draft and the fee is edited, the credit follows. Never more than is left
/// of the fee (Lago's rule, guide §7).
/// </remarks>
public static class UnusedShare
{
    /// <param name="line">The place of the fee on its invoice, from 0.</param>
    /// <param name="price">What the billed days cost, in major units, before it was rounded; an edited fee is its amount.</param>
    /// <param name="unusedDays">Days paid for after the last day of use.</param>
    /// <param name="billedDays">Days the fee was billed for.</param>
    /// <returns>A request of that share; of nothing when no day is unused.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More days are unused than were billed.</exception>
    public static CreditRequest Request(CreditableInvoice invoice, int line, decimal price, int unusedDays, int billedDays)
    {
        var exact = Step(price, unusedDays, billedDays).Amount;
        return CreditRequest.Of(line, Math.Min(exact, invoice.LeftOf(line).Amount));
    }

    /// <summary>The share of the price as an explained step: price × unused ÷ billed days.</summary>
    public static PriceStep Step(decimal price, int unusedDays, int billedDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unusedDays);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(unusedDays, billedDays);
        return new PriceStep($"{unusedDays} of {billedDays} days unused", unusedDays, price, billedDays);
    }
}
