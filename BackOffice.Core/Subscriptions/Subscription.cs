using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

public readonly record struct SubscriptionId(Guid Value) : IId<SubscriptionId>
{
    /// <summary>Of lines that no subscription owes, such as credits that are sold.</summary>
    public static SubscriptionId None => default;

    public static SubscriptionId From(Guid value) => new(value);

    public static SubscriptionId New() => new(Guid.CreateVersion7());
}

/// <summary>A customer on a plan version since a day. Usage is recorded against its code.</summary>
public sealed class Subscription
{
    private Subscription()
    {
    }

    public SubscriptionId Id { get; private init; }

    /// <summary>How usage files name the subscription; unique.</summary>
    public string Code { get; private init; } = null!;

    public CustomerId CustomerId { get; private init; }

    /// <summary>The plan it is on, or comes to be on: that of its last phase.</summary>
    public PlanId PlanId { get; private set; }

    public int PlanVersion { get; private set; }

    /// <summary>The first day that is billed, on the customer's calendar.</summary>
    public LocalDate StartsOn { get; private init; }

    /// <summary>The last day that is billed; null while it goes on.</summary>
    public LocalDate? EndsOn { get; private set; }

    /// <summary>Everything about its life that is not said by plan and days.</summary>
    public SubscriptionCourse Course { get; private set; } = SubscriptionCourse.Plain;

    /// <summary>Subscribes a customer to the plan's latest published version.</summary>
    /// <exception cref="RuleBroken">The code is malformed or the plan has no published version.</exception>
    public static Subscription Start(string code, CustomerId customer, Plan plan, LocalDate startsOn) => new()
    {
        Id = SubscriptionId.New(),
        Code = Common.Code.Check(code, "Subscription code"),
        CustomerId = customer,
        PlanId = plan.Id,
        PlanVersion = plan.Latest?.Number ?? throw new RuleBroken($"Plan {plan.Code} is not published yet, so nobody can subscribe to it."),
        StartsOn = startsOn,
    };

    /// <summary>Subscribes a customer to a life that was previewed: any start, timing, terms and planned changes.</summary>
    /// <exception cref="RuleBroken">The code is malformed.</exception>
    public static Subscription Start(CustomerId customer, SubscriptionLife life)
    {
        var subscription = new Subscription
        {
            Id = life.Subscription,
            Code = Common.Code.Check(life.Code, "Subscription code"),
            CustomerId = customer,
            StartsOn = life.First.FirstDay,
        };
        subscription.Follow(life);
        return subscription;
    }

    /// <summary>Ends the subscription; the last day is still billed.</summary>
    /// <param name="billedThrough">The last day that has been billed; null when none has.</param>
    /// <exception cref="RuleBroken">It has ended already, or the day is before the start or inside what has been billed.</exception>
    public void End(LocalDate lastDay, LocalDate? billedThrough)
    {
        if (EndsOn is not null)
        {
            throw new RuleBroken($"Subscription {Code} has an end already: {EndsOn:uuuu-MM-dd}.");
        }

        if (lastDay < StartsOn || lastDay < billedThrough)
        {
            throw new RuleBroken(
                $"Subscription {Code} cannot end before {(billedThrough > StartsOn ? billedThrough : StartsOn):uuuu-MM-dd}.");
        }

        EndsOn = lastDay;
    }

    /// <summary>The life that billing reads.</summary>
    /// <param name="terms">Finds the terms of a plan version in the catalogue.</param>
    public SubscriptionLife Life(DateTimeZone zone, Func<PlanId, int, PlanTerms> terms)
    {
        var start = FirstMoment(StartsOn, zone);
        var stored = Course.Phases.Count > 0 ? Course.Phases : [new CoursePhase(PlanId, PlanVersion, start, StartsOn, null, null)];
        return new SubscriptionLife
        {
            Subscription = Id,
            Code = Code,
            Zone = zone,
            Timing = Course.Timing,
            Anchor = Course.Anchor ?? StartsOn,
            TrialFrom = Course.TrialFrom ?? stored[0].From,
            BillFrom = Course.BillFrom,
            UnitChanges = Course.UnitChanges,
            Phases = [.. stored.Select((phase, i) => new Phase(i + 1, TermsOf(phase, terms), phase.From, phase.FirstDay)
            {
                End = phase.End ?? (i == stored.Count - 1 ? EndOf(zone) : null),
            })],
        };
    }

    /// <summary>Takes over what a change made of its life.</summary>
    /// <exception cref="RuleBroken">The life is another subscription's.</exception>
    public void Follow(SubscriptionLife life)
    {
        if (life.Subscription != Id)
        {
            throw new RuleBroken($"Subscription {Code} cannot take over the life of {life.Code}.");
        }

        (PlanId, PlanVersion, EndsOn) = (life.Last.Terms.PlanId, life.Last.Terms.Version, life.End?.Day.PlusDays(-1));
        Course = new SubscriptionCourse
        {
            Timing = life.Timing,
            Anchor = life.Anchor,
            TrialFrom = life.TrialFrom,
            BillFrom = life.BillFrom,
            UnitChanges = life.UnitChanges,
            Phases = [.. life.Phases.Select(phase => new CoursePhase(
                phase.Terms.PlanId, phase.Terms.Version, phase.From, phase.FirstDay, phase.End, phase.Terms.Agreed))],
        };
    }

    // When it was decided is not known, so no fee that was billed before may have counted on it: what was paid beyond is credited.
    private PhaseEnd? EndOf(DateTimeZone zone) => EndsOn?.PlusDays(1) is { } day
        ? new PhaseEnd(FirstMoment(day, zone), day, EndReason.Termination, FirstMoment(day, zone))
        : null;

    private static PlanTerms TermsOf(CoursePhase phase, Func<PlanId, int, PlanTerms> terms) => phase.Agreed is { } agreed
        ? terms(phase.Plan, phase.Version).With(agreed)
        : terms(phase.Plan, phase.Version);

    private static Instant FirstMoment(LocalDate day, DateTimeZone zone) => new Period(day, day.PlusDays(1)).In(zone).Start;
}
