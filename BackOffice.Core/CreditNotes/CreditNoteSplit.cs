using BackOffice.Core.Common;

namespace BackOffice.Core.CreditNotes;

/// <summary>What becomes of a credit note's money.</summary>
public sealed record CreditNoteSplit
{
    /// <param name="credit">Kept for later invoices.</param>
    /// <param name="refund">Paid back.</param>
    /// <param name="offset">Taken off what the invoice itself still asks for.</param>
    /// <exception cref="RuleBroken">A part is below zero.</exception>
    public CreditNoteSplit(Money credit, Money refund, Money offset) =>
        (Credit, Refund, Offset) = credit.MinorUnits >= 0 && refund.MinorUnits >= 0 && offset.MinorUnits >= 0
            ? (credit, refund, offset)
            : throw new RuleBroken("The parts of a credit note are not below zero.");

    public Money Credit { get; }

    public Money Refund { get; }

    public Money Offset { get; }

    public Money Total => Credit + Refund + Offset;

    /// <summary>All of it for later invoices.</summary>
    public static CreditNoteSplit AllCredit(Money total) => new(total, Money.Zero(total.Currency), Money.Zero(total.Currency));

    /// <summary>What can be paid back: as much as was paid and not refunded, and no more than the note.</summary>
    public static Money MostRefund(Money total, Money paid, Money refunded) =>
        Money.OfMinor(Math.Clamp((paid - refunded).MinorUnits, 0, total.MinorUnits), total.Currency);

    /// <summary>
    /// The split of a note's total as it really is. People ask for net + tax before either is rounded; the one minor unit by which they
    /// may be
    /// off goes to the credit, or to the refund or offset when there is no credit.
    /// </summary>
    /// <exception cref="RuleBroken">The parts are off by more than one minor unit.</exception>
    public CreditNoteSplit For(Money total)
    {
        var off = total - Total;
        return off.MinorUnits switch
        {
            0 => this,
            < -1 or > 1 => throw new RuleBroken($"The credit note is over {total}, its parts come to {Total}. Correct the parts."),
            _ when Credit.MinorUnits > 0 || Total.MinorUnits == 0 => new(Credit + off, Refund, Offset),
            _ when Refund.MinorUnits > 0 => new(Credit, Refund + off, Offset),
            _ => new(Credit, Refund, Offset + off),
        };
    }

    /// <summary>Refuses what cannot be paid back or taken off.</summary>
    /// <param name="paid">What was paid of the invoice.</param>
    /// <param name="refunded">What earlier notes paid back.</param>
    /// <param name="due">What the invoice still asks for.</param>
    /// <exception cref="RuleBroken">The refund is more than was paid, or the offset more than is due.</exception>
    public CreditNoteSplit Check(Money paid, Money refunded, Money due)
    {
        var most = MostRefund(Total, paid, refunded);
        if (Refund.MinorUnits > most.MinorUnits)
        {
            throw new RuleBroken($"At most {most} can be paid back: the customer paid {paid}, of which {refunded} went back before.");
        }

        return Offset.MinorUnits <= Math.Max(0, due.MinorUnits)
            ? this
            : throw new RuleBroken($"The invoice still asks for {due}; {Offset} cannot be taken off it.");
    }
}
