using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Core.Rating;

/// <summary>A fee of a subscription that may count towards its commitment.</summary>
/// <param name="Amount">Before coupons, credits and taxes.</param>
/// <param name="Period">What it was charged for; not when it was billed.</param>
public sealed record CountedFee(string Name, Money Amount, Period Period);

/// <summary>What a customer promised to spend in each period of the plan.</summary>
/// <remarks>
/// Every fee of the period counts: subscription, usage and fixed charges, billed in advance or in arrears, before coupons, credits and
/// taxes (Lago's rule, guide §8). Under monthly billing of a yearly plan the months count together, and what is missing is billed as
/// breakage when the year has ended. Trials do not reduce it.
/// </remarks>
public sealed record Commitment
{
    /// <param name="name">What the line is called, such as "Annual minimum".</param>
    /// <param name="amount">For a whole period, above zero.</param>
    /// <exception cref="RuleBroken">The name is missing or too long, or the amount is not above zero.</exception>
    public Commitment(string name, Money amount) => (Name, Amount) = amount.MinorUnits > 0
        ? (Text.Required(name, "Name of the commitment", 120), amount)
        : throw new RuleBroken("A commitment is above zero. Leave it empty when there is none.");

    public string Name { get; }

    public Money Amount { get; }

    /// <summary>The commitment for the days that are billed, rounded to whole minor units, to show beside the line.</summary>
    public Money Prorated(int days, int ofDays) => Money.Rounded(Amount.Amount * days / ofDays, Amount.Currency);

    /// <summary>The share of a period that is billed, to show; amounts are never computed with it, because its digits end.</summary>
    public static decimal Coefficient(int days, int ofDays) => (decimal)days / ofDays;

    /// <summary>The line that is missing to the commitment of a period; null when nothing is.</summary>
    /// <param name="fees">Fees of any period: those of other periods do not count.</param>
    public TrueUp? TrueUp(IEnumerable<CountedFee> fees, BillingPeriod period) =>
        TrueUp(Counted(fees, period.Billed), period.Billed.Days, period.Whole.Days);

    /// <summary>The same, of fees that are known to count.</summary>
    /// <param name="spent">The sum of the fees that count.</param>
    public TrueUp? TrueUp(Money spent, int days, int ofDays) =>
        Rating.TrueUp.Of(Name, Amount.Amount, spent.Amount, days, ofDays, 1, Amount.Currency);

    /// <summary>The fees of a period: those for days from its start on. A fee of a month of the year belongs to the year.</summary>
    public Money Counted(IEnumerable<CountedFee> fees, Period billed) =>
        fees.Where(fee => billed.Contains(fee.Period.Start)).Select(fee => fee.Amount).Sum(Amount.Currency);

    /// <summary>
    /// The period that a true-up on this day is for: the one that ended last, whether the plan is paid in advance or in arrears.
    /// Null while the first period runs.
    /// </summary>
    /// <param name="start">The subscription's first day: an earlier part of the period is not billed.</param>
    public static BillingPeriod? EndedBefore(BillingGrid grid, LocalDate start, LocalDate billedOn)
    {
        var whole = grid.Nth(grid.IndexOf(billedOn) - 1);
        return whole.End <= start ? null : new BillingPeriod(new Period(LocalDate.Max(whole.Start, start), whole.End), whole);
    }
}
