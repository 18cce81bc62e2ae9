using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>What a customer gets back of a fee in advance for days after the end (guide §7).</summary>
/// <remarks>
/// Price when billed × unused days ÷ days of the whole period, kept exact; less what earlier credit notes took back; less the same
/// share of the coupon; rounded once; the tax on it apart. On termination the day itself was used; on an upgrade it is the new plan's.
/// </remarks>
public sealed record UnusedCredit
{
    private readonly AdvanceFee _fee;
    private readonly Proration _used;

    private UnusedCredit(AdvanceFee fee, Proration unused, Proration used, Money alreadyCredited)
    {
        (_fee, Unused, _used) = (fee, unused, used);
        var numerator = Exact.Add(Exact.Multiply(fee.Price.Amount, unused.Days), -Exact.Multiply(alreadyCredited.Amount, unused.OfDays));
        var most = Exact.Multiply((fee.Amount - alreadyCredited).Amount, unused.OfDays);
        var item = Math.Max(0, Math.Min(numerator, most));
        Item = item / unused.OfDays;
        Net = Less(fee, item, unused.OfDays);
        Tax = fee.TaxOn(Net);
    }

    /// <summary>The days that are given back, of those of the whole period.</summary>
    public Proration Unused { get; }

    /// <summary>Before coupon and tax, unrounded, in major units; for the eye, when it does not end.</summary>
    public decimal Item { get; }

    /// <summary>After the coupon's share, rounded once.</summary>
    public Money Net { get; }

    /// <summary>On <see cref="Net"/>.</summary>
    public Money Tax { get; }

    /// <summary>What the credit note comes to.</summary>
    public Money Total => Net + Tax;

    /// <summary>The credit of a fee when its subscription ends; null when there is nothing to give back.</summary>
    /// <param name="fee">As it was billed.</param>
    /// <param name="lastDay">The last day that was used: a termination's day; the day before an upgrade.</param>
    /// <param name="alreadyCredited">What earlier credit notes took back of this fee, before coupon and tax.</param>
    public static UnusedCredit? Of(AdvanceFee fee, LocalDate lastDay, Money alreadyCredited)
    {
        var billed = fee.Period.Billed;
        var paid = fee.Trial is null ? billed : fee.Trial.PaidPart(billed);
        var whole = fee.Period.Whole;
        var unused = Proration.Of(BillingCalendar.Cut(paid ?? billed, lastDay.PlusDays(1), null)?.Billed, whole);
        if (paid is null || unused.Days == 0)
        {
            return null;
        }

        var credit = new UnusedCredit(fee, unused, new(paid.Days - unused.Days, whole.Days), alreadyCredited);
        return credit.Net.MinorUnits > 0 ? credit : null;
    }

    /// <summary>How much of it goes back to the customer, for what was paid and not used.</summary>
    /// <remarks>The rest is credit, or lowers the open invoice.</remarks>
    /// <param name="paid">What was paid on the fee's invoice.</param>
    /// <param name="invoiceTotal">What that invoice came to; the fee has its share of each payment.</param>
    public Money Refund(Money paid, Money invoiceTotal)
    {
        var feePaid = invoiceTotal.MinorUnits == 0
            ? Money.Zero(paid.Currency)
            : Money.RoundedQuotient(Exact.Multiply(paid.Amount, _fee.Total.Amount), invoiceTotal.Amount, paid.Currency);
        var used = Less(_fee, Exact.Multiply(_fee.Price.Amount, _used.Days), _used.OfDays);
        var refund = feePaid - used - _fee.TaxOn(used);
        return Money.OfMinor(Math.Clamp(refund.MinorUnits, 0, Total.MinorUnits), paid.Currency);
    }

    // Takes the coupon's share off a part of the fee: part × (1 − coupon ÷ fee), divided once.
    private static Money Less(AdvanceFee fee, decimal numerator, int ofDays) => fee.Amount.MinorUnits == 0
        ? Money.Zero(fee.Amount.Currency)
        : Money.RoundedQuotient(
            Exact.Multiply(numerator, (fee.Amount - fee.Coupon).Amount), Exact.Multiply(ofDays, fee.Amount.Amount), fee.Amount.Currency);
}
