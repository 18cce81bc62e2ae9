using System.Collections.Immutable;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>The whole of a subscription: which terms applied when, and what is planned. Immutable; a change gives a new one.</summary>
/// <remarks>
/// The engine bills lives and nothing else: a preview of a change is the bill of the changed life. Phases touch, so every moment and every
/// day of the subscription belongs to exactly one of them.
/// </remarks>
public sealed record SubscriptionLife
{
    public required SubscriptionId Subscription { get; init; }

    /// <summary>How usage and people name the subscription.</summary>
    public required string Code { get; init; }

    /// <summary>The zone in which days are counted.</summary>
    public required DateTimeZone Zone { get; init; }

    public required BillingTiming Timing { get; init; }

    /// <summary>The day periods are counted from; kept over every change of plan.</summary>
    public required LocalDate Anchor { get; init; }

    /// <summary>Oldest first, touching each other; only the last may go on without end.</summary>
    public required IReadOnlyList<Phase> Phases { get; init; }

    /// <summary>When the trial began: the first start under this code, which starting anew does not repeat.</summary>
    public required Instant TrialFrom { get; init; }

    /// <summary>What fell due before this day is somebody else's to bill; null bills everything since the start.</summary>
    public LocalDate? BillFrom { get; init; }

    /// <summary>Changes of fixed charges' units, in the order they count from.</summary>
    public IReadOnlyList<UnitChange> UnitChanges { get; init; } = [];

    /// <summary>Where billed usage ended or began at another moment than its day does now: see <see cref="BilledBorders"/>.</summary>
    public IReadOnlyDictionary<LocalDate, Instant> Borders { get; init; } = ImmutableDictionary<LocalDate, Instant>.Empty;

    public Phase First => Phases[0];

    public Phase Last => Phases[^1];

    /// <summary>The end of the subscription; null while none is agreed.</summary>
    public PhaseEnd? End => Last.End;

    /// <summary>A subscription that starts at a moment, in the future or in the past.</summary>
    /// <remarks>The day of the start is billed as a whole; usage counts from the moment.</remarks>
    /// <exception cref="RuleBroken">Weekly periods cannot be billed on a day of the month.</exception>
    public static SubscriptionLife Start(
        SubscriptionId id, string code, DateTimeZone zone, BillingTiming timing, PlanTerms terms, Instant at)
    {
        var day = at.InZone(zone).Date;
        _ = new BillingGrid(terms.Interval, timing, day);
        return new SubscriptionLife
        {
            Subscription = id,
            Code = code,
            Zone = zone,
            Timing = timing,
            Anchor = day,
            TrialFrom = at,
            Phases = [new Phase(1, terms, at, day)],
        };
    }

    /// <summary>The same life, when it is one: for lives that were written down elsewhere.</summary>
    /// <exception cref="RuleBroken">Phases leave a hole, overlap or change the currency, or one before the last is the end.</exception>
    public SubscriptionLife Checked()
    {
        foreach (var (phase, next) in Phases.Zip(Phases.Skip(1)))
        {
            if (phase.End is not { } end || (end.At, end.Day) != (next.From, next.FirstDay) || end.Why == EndReason.Termination)
            {
                throw new RuleBroken($"Phase {next.Number} does not begin where phase {phase.Number} ends.");
            }
        }

        foreach (var phase in Phases)
        {
            _ = GridOf(phase);
            if (phase.End is { } end && (end.At < phase.From || end.Day < phase.FirstDay))
            {
                throw new RuleBroken($"Phase {phase.Number} ends before it begins.");
            }

            if (phase.Terms.Currency != First.Terms.Currency)
            {
                throw new RuleBroken($"Phase {phase.Number} is in {phase.Terms.Currency}, the one before in {First.Terms.Currency}.");
            }
        }

        return UnitChanges.Zip(UnitChanges.Skip(1)).Any(pair => pair.First.From > pair.Second.From)
            ? throw new RuleBroken("Changes of units are listed in the order they count from.")
            : this;
    }

    /// <summary>The phase a moment belongs to; null before the start and after the end.</summary>
    public Phase? PhaseAt(Instant moment) => Phases.LastOrDefault(phase => phase.Contains(moment));

    /// <summary>The whole periods of a phase's plan.</summary>
    public BillingGrid GridOf(Phase phase) => new(phase.Terms.Interval, Timing, Anchor);

    /// <summary>Whether we bill what fell due at this moment, and not somebody before us.</summary>
    public bool Bills(Instant dueAt) => BillFrom is not { } first || DayOf(dueAt) >= first;

    public LocalDate DayOf(Instant moment) => moment.InZone(Zone).Date;

    /// <summary>When a day begins.</summary>
    public Instant FirstMomentOf(LocalDate day) => new Period(day, day.PlusDays(1)).In(Zone).Start;

    /// <summary>When the trial of a phase's plan ends: at the time of day it began. The days count from the first start.</summary>
    public Instant TrialEnd(Phase phase) => phase.Terms.Settings.TrialDays == 0
        ? TrialFrom
        : TrialFrom.InZone(Zone).LocalDateTime.PlusDays(phase.Terms.Settings.TrialDays).InZoneLeniently(Zone).ToInstant();

    /// <summary>Units of a fixed charge on a day.</summary>
    public decimal UnitsOf(FixedCharge charge, LocalDate day)
    {
        var units = charge.Units;
        foreach (var change in UnitChanges)
        {
            if (change.Code == charge.Code && change.From <= day)
            {
                units = change.Units;
            }
        }

        return units;
    }
}
