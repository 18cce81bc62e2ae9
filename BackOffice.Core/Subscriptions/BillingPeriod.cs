using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>A stretch of a subscription that is billed at once.</summary>
/// <param name="Billed">The days that are billed.</param>
/// <param name="Whole">The period of the grid they are part of; longer than <paramref name="Billed"/> when they are cut.</param>
public sealed record BillingPeriod(Period Billed, Period Whole)
{
    public bool IsWhole => Billed == Whole;

    /// <summary>The day from which it may be billed: its first day in advance, the day after its last in arrears.</summary>
    public LocalDate DueOn(bool inAdvance) => inAdvance ? Billed.Start : Billed.End;

    /// <summary>The share of the whole period that the base fee is for: the billed days without those of the trial (§7, §9).</summary>
    public Proration FeeShare(Trial? trial = null) => Proration.Of(trial is null ? Billed : trial.PaidPart(Billed), Whole);
}
