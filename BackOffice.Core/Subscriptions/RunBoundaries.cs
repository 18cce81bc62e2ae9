using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>Where a run stretched to that was made in another zone: the next one goes on from there.</summary>
/// <param name="Zone">The customer's zone of that time.</param>
/// <param name="UsageTo">The moment after the usage that it billed; null when it billed none.</param>
/// <param name="FixedChargesTo">The same for fixed charges.</param>
public sealed record PreviousRun(DateTimeZone Zone, Instant? UsageTo, Instant? FixedChargesTo);

/// <summary>What cuts a stretch short.</summary>
public enum StretchEnd
{
    /// <summary>Nothing: it ends with its period.</summary>
    Period,

    /// <summary>The exact moment of termination.</summary>
    Termination,

    /// <summary>The subscription had not begun: there is nothing in it yet.</summary>
    Start,
}

/// <summary>The moments that a run bills for one part of a plan, and the whole period they are in.</summary>
/// <param name="Whole">The period of the grid; its days are what proration divides by.</param>
/// <param name="From">The first moment.</param>
/// <param name="To">The moment after the last. Not after <paramref name="From"/> when the subscription ended before the period.</param>
/// <param name="EndedBy">Why it ends there.</param>
/// <param name="IsDue">False when the run is one of the months that bill only the other part.</param>
public sealed record RunStretch(Period Whole, Instant From, Instant To, StretchEnd EndedBy, bool IsDue);

/// <summary>What a billing run at a moment is for (guide §6): the stretches of the fee, of usage and of fixed charges.</summary>
/// <remarks>
/// In arrears a run bills the period before the one it is in; a fee in advance is for the period it is in. After a termination everything
/// up to it is billed, in the period the run is in. Days are the customer's; usage counts from the exact start to the exact termination.
/// </remarks>
public sealed record RunBoundaries
{
    // Moving to another zone shifts midnight by no more than this: from UTC+14 to UTC−12. A longer gap is no change of zone.
    private static readonly Duration LargestZoneChange = Duration.FromHours(26);

    private RunBoundaries(RunStretch fee, RunStretch usage, RunStretch fixedCharges) =>
        (Fee, Usage, FixedCharges) = (fee, usage, fixedCharges);

    /// <summary>The base fee, which is for whole days: from the first moment of the day of the start.</summary>
    public RunStretch Fee { get; }

    /// <summary>Usage in arrears.</summary>
    public RunStretch Usage { get; }

    /// <summary>Fixed charges in arrears.</summary>
    public RunStretch FixedCharges { get; }

    /// <summary>The boundaries of a run at a moment.</summary>
    /// <param name="rhythm">When the parts of the plan are billed.</param>
    /// <param name="life">When the subscription started and was terminated; a termination after the run is not known to it.</param>
    /// <param name="at">The moment of the run.</param>
    /// <param name="current">Whether the running period is asked for (current usage), and not what has ended.</param>
    /// <param name="previous">The run before it, when the customer's zone has changed since.</param>
    public static RunBoundaries Of(
        BillingRhythm rhythm, SubscribedTime life, Instant at, bool current = false, PreviousRun? previous = null)
    {
        var day = at.InZone(life.Zone).Date;
        var terminated = life.TerminatedAt <= at;
        var ended = !terminated && !current;
        var all = terminated || current || rhythm.Grid.IsFirstMonth(day);
        var moved = previous is not null && previous.Zone.Id != life.Zone.Id;

        var fee = Reference(rhythm.Grid, day, ended && !rhythm.InAdvance);
        var usage = Reference(rhythm.UsageGrid, day, ended);
        var units = Reference(rhythm.FixedChargesGrid, day, ended);
        return new(
            life.Stretch(fee, fee.In(life.Zone).Start, life.StartOfFirstDay, true),
            life.Stretch(
                usage, GoesOn(usage.In(life.Zone).Start, moved ? previous!.UsageTo : null), life.StartedAt,
                rhythm.UsageMonthly || !rhythm.FixedChargesMonthly || all),
            life.Stretch(
                units, GoesOn(units.In(life.Zone).Start, moved ? previous!.FixedChargesTo : null), life.StartedAt,
                rhythm.FixedChargesMonthly || !rhythm.UsageMonthly || all));
    }

    private static Period Reference(BillingGrid grid, LocalDate day, bool before)
    {
        var n = grid.IndexOf(day);
        return grid.Nth(before ? n - 1 : n);
    }

    // Where the new zone's midnight would leave a hole or an overlap, the last run's end is the start.
    private static Instant GoesOn(Instant start, Instant? lastEnd)
    {
        if (lastEnd is not { } end)
        {
            return start;
        }

        var gap = start - end;
        return gap <= LargestZoneChange && -gap <= LargestZoneChange ? end : start;
    }
}
