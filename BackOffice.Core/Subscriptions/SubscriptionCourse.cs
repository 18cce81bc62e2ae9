using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>What a subscription stores of its life: everything but the terms themselves, which lie in the catalogue.</summary>
public sealed record SubscriptionCourse
{
    /// <summary>On the calendar, from the first day on, nothing agreed apart and nothing planned.</summary>
    public static SubscriptionCourse Plain { get; } = new();

    public BillingTiming Timing { get; init; } = BillingTiming.Calendar;

    /// <summary>The day periods are counted from; null for the first day.</summary>
    public LocalDate? Anchor { get; init; }

    /// <summary>When the trial began; null for the start.</summary>
    public Instant? TrialFrom { get; init; }

    /// <summary>See <see cref="SubscriptionLife.BillFrom"/>.</summary>
    public LocalDate? BillFrom { get; init; }

    /// <summary>What the customer agreed apart from the first; empty for a subscription that never changed and starts with a day.</summary>
    public IReadOnlyList<CoursePhase> Phases { get; init; } = [];

    public IReadOnlyList<UnitChange> UnitChanges { get; init; } = [];
}

/// <summary>A phase as it is stored: it names its terms.</summary>
/// <param name="Agreed">What the customer pays instead of what the plan says; null for nothing.</param>
public sealed record CoursePhase(PlanId Plan, int Version, Instant From, LocalDate FirstDay, PhaseEnd? End, TermsOverride? Agreed);
