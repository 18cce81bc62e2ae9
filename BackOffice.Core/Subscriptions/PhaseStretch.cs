using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>Cuts the periods of a grid to a phase: the days that are billed, and the moment they are due.</summary>
/// <param name="after">What is due by then is not asked for; it may be there nevertheless. Null asks for everything.</param>
internal sealed class PhaseStretch(SubscriptionLife life, Phase phase, Instant through, Instant? after = null)
{
    public SubscriptionLife Life => life;

    public Phase Phase => phase;

    public Instant Through => through;

    public BillingGrid Grid { get; } = life.GridOf(phase);

    /// <summary>The first day whose base fee is not free.</summary>
    public LocalDate PaidFrom { get; } = Max(phase.FirstDay, life.DayOf(life.TrialEnd(phase)));

    /// <summary>An item for each period, due when it begins.</summary>
    /// <param name="paidFrom">Days before are free.</param>
    /// <param name="notBefore">Nothing is due before this moment.</param>
    public IEnumerable<DueItem> InAdvance(DueKind kind, BillingGrid grid, LocalDate paidFrom, Instant notBefore)
    {
        foreach (var whole in PeriodsOf(grid, paidFrom))
        {
            var from = Max(whole.Start, paidFrom);
            var dueAt = Max(Max(life.FirstMomentOf(whole.Start), phase.From), notBefore);
            if (dueAt > through || phase.End?.At <= dueAt)
            {
                yield break;
            }

            // An end that is agreed on is not billed beyond; one that comes later, even on the same day, is made good by a credit.
            var until = phase.End is { } end && end.KnownAt <= dueAt ? Min(whole.End, end.Day) : whole.End;
            if (until <= from)
            {
                yield break;
            }

            yield return Item(kind, whole, from, until, MomentsOf(whole), dueAt);
        }
    }

    /// <summary>An item for each period, due when it is over, or when the phase is.</summary>
    public IEnumerable<DueItem> InArrears(DueKind kind, BillingGrid grid, LocalDate paidFrom)
    {
        foreach (var whole in PeriodsOf(grid, paidFrom))
        {
            var from = Max(whole.Start, paidFrom);
            var until = phase.End is { } end ? Min(whole.End, end.Day) : whole.End;
            var moments = MomentsOf(whole);
            if (moments.End > through || from >= until || IsLetGo(moments.End))
            {
                yield break;
            }

            yield return Item(kind, whole, from, until, moments, moments.End);
        }
    }

    /// <summary>The same for usage, which counts by moments: a phase of some hours has usage and may have no day.</summary>
    /// <param name="started">Also the stretch that has only started by then.</param>
    public IEnumerable<DueItem> Measured(DueKind kind, BillingGrid grid, bool started = false)
    {
        foreach (var whole in PeriodsOf(grid, phase.FirstDay))
        {
            var moments = MomentsOf(whole);
            if ((started ? moments.Start : moments.End) > through || phase.End?.At <= moments.Start || (!started && IsLetGo(moments.End)))
            {
                yield break;
            }

            if (moments.Start >= moments.End)
            {
                continue; // In a zone the customer moved to, the period of the first day may be over before the phase begins.
            }

            var from = Max(whole.Start, phase.FirstDay);
            var until = phase.End is { } end ? Max(from, Min(whole.End, end.Day)) : whole.End;
            yield return Item(kind, whole, from, until, moments, moments.End);
        }
    }

    /// <summary>The moments of a period that belong to the phase; none when they end where they start.</summary>
    public Interval MomentsOf(Period whole)
    {
        var all = whole.In(life.Zone);
        var start = whole.Start <= phase.FirstDay ? phase.From : Max(life.Borders.GetValueOrDefault(whole.Start, all.Start), phase.From);
        var last = life.Borders.GetValueOrDefault(whole.End, all.End);
        var end = phase.End is { } ended && ended.At < last ? ended.At : last;
        return new Interval(start, Max(start, end));
    }

    // Everything of a period is due before the one after the next begins; what is due later lies in the period of the moment, or before.
    private IEnumerable<Period> PeriodsOf(BillingGrid grid, LocalDate first) => after is { } moment
        ? grid.From(Max(first, grid.Nth(grid.IndexOf(life.DayOf(moment)) - 1).Start))
        : grid.From(first);

    private bool IsLetGo(Instant dueAt) => phase.End is { Invoice: false } end && end.At == dueAt;

    private DueItem Item(DueKind kind, Period whole, LocalDate from, LocalDate until, Interval moments, Instant dueAt) =>
        new(kind, life, phase, whole, from, NodaTime.Period.DaysBetween(from, until), moments, dueAt);

    private static LocalDate Max(LocalDate a, LocalDate b) => a > b ? a : b;

    private static LocalDate Min(LocalDate a, LocalDate b) => a < b ? a : b;

    private static Instant Max(Instant a, Instant b) => a > b ? a : b;
}
