using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Starts the subscriptions of a file, inside the caller's transaction. One that is there must be the same.</summary>
internal sealed class SubscriptionLoader(BackOfficeDb db, CatalogTally tally, CatalogFile file)
{
    private IReadOnlyDictionary<string, Plan>? _plans;
    private IReadOnlyDictionary<string, MetricId> _metrics = new Dictionary<string, MetricId>();

    /// <exception cref="RuleBroken">The entry contradicts itself or what is stored.</exception>
    public async Task Load(SubscriptionEntry entry, CancellationToken cancel)
    {
        _plans ??= await db.Plans.ToDictionaryAsync(plan => plan.Code, cancel);
        _metrics = _metrics.Count > 0 ? _metrics : await db.Metrics.ToDictionaryAsync(metric => metric.Code, metric => metric.Id, cancel);
        var customer = await db.Customers.SingleOrDefaultAsync(c => c.Code == entry.Customer, cancel)
            ?? throw new RuleBroken($"There is no customer with the code \"{entry.Customer}\".");
        if (await db.Subscriptions.SingleOrDefaultAsync(s => s.Code == entry.Code, cancel) is not { } stored)
        {
            RequireOffer(PlanOf(entry.Plan));
            tally.Add(Started(entry, customer));
        }
        else if (IsSame(stored, entry, customer))
        {
            tally.Count(false);
        }
        else
        {
            throw new RuleBroken("It is stored with another customer, plan, start or course. Use another code.");
        }
    }

    // A file that says itself that the plan is retired brings what there was before.
    private void RequireOffer(Plan plan)
    {
        if (file.Plans.All(entry => entry.Code != plan.Code || entry.Retired != true))
        {
            plan.RequireOffer();
        }
    }

    private Subscription Started(SubscriptionEntry entry, Customer customer)
    {
        if (entry.IsPlainBut && (entry.Version ?? PlanOf(entry.Plan).Latest?.Number) == PlanOf(entry.Plan).Latest?.Number)
        {
            var subscription = Subscription.Start(entry.Code, customer.Id, PlanOf(entry.Plan), entry.StartsOn);
            if (entry.EndsOn is { } last)
            {
                subscription.End(last, null);
            }

            return subscription;
        }

        return Subscription.Start(customer.Id, Life(entry, customer.Zone).Checked());
    }

    private SubscriptionLife Life(SubscriptionEntry entry, DateTimeZone zone)
    {
        var start = new Core.Common.Period(entry.StartsOn, entry.StartsOn.PlusDays(1)).In(zone).Start;
        var phases = entry.Phases is { Count: > 0 } listed
            ? [.. listed.Select((phase, i) => PhaseOf(phase, i + 1))]
            : new List<Phase> { new(1, Terms(entry.Plan, entry.Version, entry.Agreed, entry.AgreedPrices), start, entry.StartsOn) };
        var life = new SubscriptionLife
        {
            Subscription = SubscriptionId.New(),
            Code = entry.Code,
            Zone = zone,
            Timing = entry.Timing ?? BillingTiming.Calendar,
            Anchor = entry.Anchor ?? entry.StartsOn,
            TrialFrom = entry.TrialFrom ?? phases[0].From,
            BillFrom = entry.BillFrom,
            UnitChanges = entry.UnitChanges ?? [],
            Phases = phases,
        };
        if (life.First.FirstDay != entry.StartsOn || life.Last.Terms.PlanCode != entry.Plan)
        {
            throw new RuleBroken("Its first phase begins on another day than it starts, or its last one is on another plan.");
        }

        return entry.EndsOn is { } last ? life.EndAfter(last, start) : life;
    }

    private Phase PhaseOf(PhaseEntry entry, int number) =>
        new(number, Terms(entry.Plan, entry.Version, entry.Agreed, entry.AgreedPrices), entry.From, entry.FirstDay) { End = entry.End };

    private PlanTerms Terms(string planCode, int? number, TermsOverride? agreed, IReadOnlyList<AgreedPriceEntry>? prices)
    {
        var plan = PlanOf(planCode);
        var version = number is { } given ? plan.Version(given) : plan.Latest;
        if (version is not { IsPublished: true })
        {
            throw new RuleBroken($"Plan {planCode} has no such version that is published.");
        }

        return agreed is null && prices is null ? plan.Terms(version) : plan.Terms(version).With((agreed ?? new TermsOverride()) with
        {
            Charges = [.. (prices ?? []).Select(each => new ChargeOverride(
                MetricOf(each.Metric), each.Price, each.Minimum, each.Maximum))],
        });
    }

    private MetricId MetricOf(string code) => _metrics.TryGetValue(code, out var id)
        ? id
        : throw new RuleBroken($"There is no metric with the code \"{code}\".");

    private bool IsSame(Subscription stored, SubscriptionEntry entry, Customer customer)
    {
        if (entry.IsPlain)
        {
            return (stored.CustomerId, stored.PlanId, stored.StartsOn) == (customer.Id, PlanOf(entry.Plan).Id, entry.StartsOn);
        }

        var plans = _plans!.Values.ToDictionary(plan => plan.Id, plan => plan.Code);
        var metrics = _metrics.ToDictionary(metric => metric.Value, metric => metric.Key);
        return stored.CustomerId == customer.Id
            && CatalogText.Same(SubscriptionEntry.Of(stored, entry.Customer, customer.Zone, plans, metrics), entry);
    }

    private Plan PlanOf(string code) => _plans!.TryGetValue(code, out var plan)
        ? plan
        : throw new RuleBroken($"There is no plan with the code \"{code}\".");
}
