using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Billing;

/// <summary>Takes back a base fee that was paid for days after the end of a phase, as the end says (guide §5 and §7).</summary>
internal static class UnusedFees
{
    /// <returns>Null when there is nothing to take back.</returns>
    public static UnusedNote? Note(DueItem item, BilledItem fee, BilledDocument document)
    {
        if (fee.Lines.Count == 0)
        {
            return null;
        }

        // As long as the fee is the plan's, the share is of the whole period: the fee itself may be a quotient that does not end.
        var line = fee.Lines[0];
        var whole = item.Phase.Terms.BaseFee;
        var (price, ofDays) = new Proration(fee.Days.Days, item.Whole.Days).Of(whole) == line.Amount
            ? (whole.Amount, item.Whole.Days)
            : (line.Amount.Amount, fee.Days.Days);
        if (UnusedShare.Note(document.Creditable, line.Place, price, item.Days, ofDays) is not { } content)
        {
            return null;
        }

        var refund = UnusedShare.Refund(
            document.Creditable, line.Place, price, fee.Days.Days - item.Days, ofDays,
            document.Paid - document.Refunded, document.Total, content.Total);
        return new UnusedNote(
            item, fee.Document!, content, Split(item.Phase.End!.Unused, content.Total, refund, document),
            UnusedShare.Step(price, item.Days, ofDays));
    }

    // What was paid for the fee beyond the days that were used goes back; the rest stays as credit, or comes off what is open.
    private static CreditNoteSplit Split(UnusedFee wish, Money total, Money refund, BilledDocument document)
    {
        if (wish == UnusedFee.Credit)
        {
            return CreditNoteSplit.AllCredit(total);
        }

        var rest = total - refund;
        var offset = wish == UnusedFee.Offset ? Least(rest, document.Open) : Money.Zero(total.Currency);
        return new CreditNoteSplit(rest - offset, refund, offset);
    }

    private static Money Least(Money most, Money wanted) =>
        Money.OfMinor(Math.Clamp(wanted.MinorUnits, 0, most.MinorUnits), most.Currency);
}
