using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Billing;

/// <summary>Takes back a base fee that was paid for days after the end of a phase, as the end says (guide §5 and §7).</summary>
internal static class UnusedFees
{
    /// <returns>Null when there is nothing to take back.</returns>
    public static UnusedFeeNote? Note(DueItem item, BilledItem fee, BilledDocument document)
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
        var request = UnusedShare.Request(document.Creditable, line.Place, price, item.Days, ofDays);
        if (request.Amount is not { } amount || Money.Rounded(amount, line.Amount.Currency).MinorUnits == 0)
        {
            return null;
        }

        var content = document.Creditable.Estimate([request]);
        return new UnusedFeeNote(
            item, fee.Document!, content, Split(item.Phase.End!.Unused, content.Total, FeeTotal(document, line), document),
            UnusedShare.Step(price, item.Days, ofDays));
    }

    private static Money FeeTotal(BilledDocument document, BilledLine line)
    {
        var taxed = document.Creditable.Sheet.Lines[line.Place];
        return Money.Rounded(taxed.Net + taxed.ExactTax, line.Amount.Currency);
    }

    // What was paid for the fee beyond the days that were used goes back; the rest stays as credit, or comes off what is open.
    private static CreditNoteSplit Split(UnusedFee wish, Money total, Money feeTotal, BilledDocument document)
    {
        var none = Money.Zero(total.Currency);
        if (wish == UnusedFee.Credit)
        {
            return CreditNoteSplit.AllCredit(total);
        }

        var paid = document.Total.MinorUnits == 0
            ? none
            : Money.RoundedQuotient(
                (document.Paid - document.Refunded).Amount * feeTotal.MinorUnits, document.Total.MinorUnits, total.Currency);
        var used = feeTotal - total;
        var refund = Least(total, paid - used);
        var rest = total - refund;
        var offset = wish == UnusedFee.Offset ? Least(rest, document.Open) : none;
        return new CreditNoteSplit(rest - offset, refund, offset);
    }

    private static Money Least(Money most, Money wanted) =>
        Money.OfMinor(Math.Clamp(wanted.MinorUnits, 0, most.MinorUnits), most.Currency);
}
