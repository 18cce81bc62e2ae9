using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>The exact moments of a subscription, in its customer's zone.</summary>
public sealed record SubscribedTime
{
    /// <param name="terminatedAt">The moment from which usage is no longer the subscription's; null while it goes on.</param>
    /// <exception cref="RuleBroken">It ends before it starts.</exception>
    public SubscribedTime(DateTimeZone zone, Instant startedAt, Instant? terminatedAt = null) =>
        (Zone, StartedAt, TerminatedAt) = terminatedAt < startedAt
            ? throw new RuleBroken("A subscription cannot end before it starts.")
            : (zone, startedAt, terminatedAt);

    /// <summary>In which days are counted.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>Usage belongs to it from this moment on.</summary>
    public Instant StartedAt { get; }

    /// <summary>Usage belongs to it before this moment; null while it goes on.</summary>
    public Instant? TerminatedAt { get; }

    /// <summary>The first day that is billed.</summary>
    public LocalDate FirstDay => StartedAt.InZone(Zone).Date;

    /// <summary>The last day that is billed: a termination's own day; null while it goes on.</summary>
    public LocalDate? LastDay => TerminatedAt?.InZone(Zone).Date;

    /// <summary>When the first day begins, which is not midnight everywhere.</summary>
    public Instant StartOfFirstDay => new Period(FirstDay, FirstDay.PlusDays(1)).In(Zone).Start;

    /// <summary>The part of a period that lies in the subscription: nothing before the start, nothing after the termination.</summary>
    internal RunStretch Stretch(Period whole, Instant start, Instant earliest, bool isDue)
    {
        var end = whole.In(Zone).End;
        var (to, by) = TerminatedAt < end ? (TerminatedAt.Value, StretchEnd.Termination) : (end, StretchEnd.Period);
        return to < StartedAt
            ? new(whole, Instant.Max(start, earliest), StartedAt, StretchEnd.Start, isDue)
            : new(whole, Instant.Max(start, earliest), to, by, isDue);
    }
}
