using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>A subscription with everything that decides what can be done to it.</summary>
internal sealed record LifeInHand(Subscription Subscription, Customer Customer, SubscriptionLife Life);

/// <summary>Reads subscriptions as lives, with their terms. Reads only; deciding is the rules' work, saving the use case's.</summary>
internal sealed class LifeBook(BackOfficeDb db)
{
    private readonly Dictionary<PlanId, Plan> _plans = [];

    /// <exception cref="RuleBroken">There is no such subscription.</exception>
    public async Task<LifeInHand> Of(SubscriptionId id, CancellationToken cancel)
    {
        var subscription = await db.Subscriptions.SingleOrDefaultAsync(s => s.Id == id, cancel)
            ?? throw new RuleBroken("There is no such subscription.");
        var customer = await db.Customers.SingleAsync(c => c.Id == subscription.CustomerId, cancel);
        return new LifeInHand(subscription, customer, await LifeOf(subscription, customer.Zone, cancel));
    }

    /// <summary>The life of a subscription at hand.</summary>
    public async Task<SubscriptionLife> LifeOf(Subscription subscription, DateTimeZone zone, CancellationToken cancel)
    {
        await LoadPlans([subscription.PlanId, .. subscription.Course.Phases.Select(phase => phase.Plan)], cancel);
        return subscription.Life(zone, (plan, version) => _plans[plan].Terms(version));
    }

    /// <summary>What the version of some terms says to everybody else. The life they come from was read before.</summary>
    public PlanTerms OfThePlan(PlanTerms terms) => _plans[terms.PlanId].Terms(terms.Version);

    /// <summary>The life as a change makes it.</summary>
    /// <exception cref="RuleBroken">The rules refuse the change.</exception>
    public async Task<SubscriptionLife> Changed(LifeInHand inHand, SubscriptionChange change, Instant now, CancellationToken cancel)
    {
        var life = inHand.Life;
        return change switch
        {
            SubscriptionChange.ToPlan to => Moved(life, await Terms(life, to, now, cancel), to, now),
            SubscriptionChange.Ending { LastDay: { } day } end => Ended(life, day, await BilledEnd(inHand, now, cancel), now, end.Choice),
            SubscriptionChange.Ending end => life.Terminate(now, end.Choice),
            SubscriptionChange.OfUnits units => life.ChangeUnits(units.Code, units.Units, now, units.NextPeriod),
            _ => life.CancelPending(now) is var kept && kept != life
                ? kept
                : throw new RuleBroken($"Nothing is planned for subscription {life.Code}."),
        };
    }

    /// <summary>The life a new subscription would have.</summary>
    /// <exception cref="RuleBroken">There is no such customer or plan, or the rules refuse.</exception>
    public async Task<(Customer Customer, SubscriptionLife Life)> Begun(SubscriptionInput input, CancellationToken cancel)
    {
        var customer = await db.Customers.SingleOrDefaultAsync(c => c.Code == input.CustomerCode, cancel)
            ?? throw new RuleBroken($"There is no customer with the code \"{input.CustomerCode}\".");
        var plan = await Plan(input.PlanCode, cancel);
        plan.RequireOffer();
        var terms = Terms(plan, input.Version, input.StartsOn);
        var at = input.StartsAt is { } time
            ? input.StartsOn.At(time).InZoneLeniently(customer.Zone).ToInstant()
            : customer.Zone.AtStartOfDay(input.StartsOn).ToInstant();
        var life = SubscriptionLife.Start(
            SubscriptionId.New(), input.Code, customer.Zone, input.Timing, input.Agreed is { } agreed ? terms.With(agreed) : terms, at);
        life = life with { BillFrom = input.BillFrom };
        return (customer, input.LastDay is { } last ? life.EndAfter(last, at) : life);
    }

    private async Task<PlanTerms> Terms(SubscriptionLife life, SubscriptionChange.ToPlan to, Instant now, CancellationToken cancel)
    {
        var plan = await Plan(to.PlanCode, cancel);
        var current = life.PhaseAt(now)?.Terms;
        if (current?.PlanId != plan.Id)
        {
            plan.RequireOffer();
        }

        var terms = Terms(plan, to.Version, to.Day ?? life.DayOf(now));
        var agreed = to.Agreed ?? (current?.PlanId == plan.Id ? current.Agreed : null);
        return agreed is null ? terms : terms.With(agreed);
    }

    private static PlanTerms Terms(Plan plan, int? version, LocalDate day)
    {
        var found = version is { } number ? plan.Version(number) : plan.InEffect(day);
        return found is { IsPublished: true } ? plan.Terms(found)
            : throw new RuleBroken(version is null
                ? $"No version of plan {plan.Code} is in effect on {day:uuuu-MM-dd}."
                : $"Version {version} of plan {plan.Code} is not published yet.");
    }

    private static SubscriptionLife Moved(SubscriptionLife life, PlanTerms terms, SubscriptionChange.ToPlan to, Instant now)
    {
        if (life.PhaseAt(now) is { Terms: var current } && (current.PlanId, current.Version) == (terms.PlanId, terms.Version)
            && to.Agreed is null)
        {
            throw new RuleBroken($"Subscription {life.Code} is on {terms.PlanName}, version {terms.Version}, already.");
        }

        return to.When switch
        {
            ChangeTime.ByRule => life.ChangePlan(terms, now),
            ChangeTime.Now => life.ChangeNow(terms, now),
            ChangeTime.NextPeriod => life.ChangeNextPeriod(terms, now),
            _ => life.ChangeOn(terms, to.Day ?? throw new RuleBroken("Enter the first day on the new terms."), now),
        };
    }

    private static SubscriptionLife Ended(
        SubscriptionLife life, LocalDate lastDay, LocalDate? billedEnd, Instant now, TerminationChoice choice)
    {
        if (lastDay < life.First.FirstDay || lastDay.PlusDays(1) < billedEnd)
        {
            var earliest = billedEnd?.PlusDays(-1) is { } billed && billed > life.First.FirstDay ? billed : life.First.FirstDay;
            throw new RuleBroken($"Subscription {life.Code} cannot end before {earliest:uuuu-MM-dd}.");
        }

        return life.EndAfter(lastDay, now, choice);
    }

    // What was billed of days that are over stands. A fee that was paid ahead of its days is what the credit is for.
    private Task<LocalDate?> BilledEnd(LifeInHand inHand, Instant now, CancellationToken cancel)
    {
        var (id, today) = (inHand.Subscription.Id, inHand.Life.DayOf(now));
        return db.BilledPeriods.Where(b => b.SubscriptionId == id && b.End <= today && !b.Kind.StartsWith(BilledPeriod.Progressive))
            .Select(b => (LocalDate?)b.End).MaxAsync(cancel);
    }

    private async Task<Plan> Plan(string code, CancellationToken cancel)
    {
        var plan = await db.Plans.SingleOrDefaultAsync(p => p.Code == code, cancel)
            ?? throw new RuleBroken($"There is no plan with the code \"{code}\".");
        return _plans[plan.Id] = plan;
    }

    private async Task LoadPlans(IEnumerable<PlanId> ids, CancellationToken cancel)
    {
        var missing = ids.Distinct().Where(id => !_plans.ContainsKey(id)).ToList();
        if (missing.Count > 0)
        {
            foreach (var plan in await db.Plans.Where(p => missing.Contains(p.Id)).ToListAsync(cancel))
            {
                _plans[plan.Id] = plan;
            }
        }
    }
}
