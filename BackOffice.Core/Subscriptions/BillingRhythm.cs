using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>What a plan bills a subscription for.</summary>
public enum BilledPart
{
    /// <summary>The base fee.</summary>
    Fee,

    /// <summary>What was used; always in arrears.</summary>
    Usage,

    /// <summary>Fixed charges; those that are due in arrears.</summary>
    FixedCharges,
}

/// <summary>A part of a plan that falls due for a period.</summary>
/// <param name="DueOn">The first day on which it may be billed.</param>
public sealed record DuePart(BilledPart What, BillingPeriod Period, LocalDate DueOn);

/// <summary>When the parts of a plan are billed: the fee once per period, in advance or not; the rest perhaps monthly.</summary>
/// <param name="Grid">The whole periods of the fee.</param>
/// <param name="InAdvance">Whether the fee is due at the start of its period.</param>
/// <param name="UsageMonthly">Whether usage is billed each month of a longer period.</param>
/// <param name="FixedChargesMonthly">The same for fixed charges.</param>
public sealed record BillingRhythm(BillingGrid Grid, bool InAdvance, bool UsageMonthly = false, bool FixedChargesMonthly = false)
{
    private static readonly BilledPart[] Parts = [BilledPart.Fee, BilledPart.Usage, BilledPart.FixedCharges];

    /// <summary>The periods of usage.</summary>
    public BillingGrid UsageGrid { get; } = UsageMonthly ? Grid.Monthly : Grid;

    /// <summary>The periods of fixed charges.</summary>
    public BillingGrid FixedChargesGrid { get; } = FixedChargesMonthly ? Grid.Monthly : Grid;

    /// <summary>The periods of a part.</summary>
    public BillingGrid GridOf(BilledPart part) => part switch
    {
        BilledPart.Usage => UsageGrid,
        BilledPart.FixedCharges => FixedChargesGrid,
        _ => Grid,
    };

    /// <summary>Whether a part is due at the start of its period.</summary>
    public bool IsInAdvance(BilledPart part) => part == BilledPart.Fee && InAdvance;

    /// <summary>Everything that has fallen due by a day, by day and part: what a server finds that has billed nothing so far.</summary>
    /// <param name="startsOn">The subscription's first day.</param>
    /// <param name="endsOn">Its last day; null while it goes on.</param>
    public IReadOnlyList<DuePart> DueThrough(LocalDate startsOn, LocalDate? endsOn, LocalDate through) =>
        [.. Parts.SelectMany(part => Of(part, startsOn, endsOn).TakeWhile(due => due.DueOn <= through))
            .OrderBy(due => due.DueOn).ThenBy(due => due.What)];

    /// <summary>What falls due on this very day.</summary>
    public IReadOnlyList<DuePart> DueOn(LocalDate day, LocalDate startsOn, LocalDate? endsOn) =>
        [.. Parts.SelectMany(part => Around(part, day, startsOn, endsOn)).Where(due => due.DueOn == day)];

    private IEnumerable<DuePart> Of(BilledPart part, LocalDate startsOn, LocalDate? endsOn) =>
        BillingCalendar.Periods(GridOf(part), startsOn, endsOn).Select(period => Due(part, period));

    // Only the period of the day, and the one before it, which may have become due by ending.
    private IEnumerable<DuePart> Around(BilledPart part, LocalDate day, LocalDate startsOn, LocalDate? endsOn)
    {
        var grid = GridOf(part);
        var n = grid.IndexOf(day);
        return new[] { grid.Nth(n - 1), grid.Nth(n) }
            .Select(whole => BillingCalendar.Cut(whole, startsOn, endsOn)).OfType<BillingPeriod>()
            .Select(period => Due(part, period));
    }

    private DuePart Due(BilledPart part, BillingPeriod period) => new(part, period, period.DueOn(IsInAdvance(part)));
}
