using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>Reads the life of one subscription, and what it can change to.</summary>
public sealed class LifeQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    /// <summary>Null when there is no such subscription.</summary>
    public async Task<SubscriptionView?> View(SubscriptionId id, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (!await db.Subscriptions.AnyAsync(s => s.Id == id, cancel))
        {
            return null;
        }

        var now = clock.GetCurrentInstant();
        var book = new LifeBook(db);
        var inHand = await book.Of(id, cancel); // Tracked: the revision lives in the tracker only.
        var (life, phase) = (inHand.Life, SubscriptionQueries.NowOf(inHand.Life, now));
        var billedEnd = await db.BilledPeriods.Where(b => b.SubscriptionId == id && !b.Kind.StartsWith(BilledPeriod.Progressive))
            .Select(b => (LocalDate?)b.End).MaxAsync(cancel);
        var metrics = await db.Metrics.AsNoTracking().ToDictionaryAsync(metric => metric.Id, metric => metric.Name, cancel);
        var day = LocalDate.Max(life.DayOf(now), life.First.FirstDay);
        var trial = phase.Terms.Settings.TrialDays;
        return new SubscriptionView(
            SubscriptionQueries.Row(inHand, billedEnd, now), LifeWords.Of(phase.Terms.Interval, life.Timing, life.Anchor),
            life.GridOf(phase).Containing(day).LastDay, trial == 0 ? null : life.DayOf(life.TrialFrom).PlusDays(trial - 1), life.BillFrom,
            life.Zone.Id, LifeWords.Days(life, now), PricesInForce.Of(life, phase, day, metrics, book.OfThePlan(phase.Terms)),
            Units(life, phase, day), db.RevisionOf(inHand.Subscription))
        {
            IsRunning = life.PhaseAt(now) is not null,
            CurrencyCode = phase.Terms.Currency.Code,
            CanEnd = !(life.End?.At <= now),
        };
    }

    /// <summary>The published terms in the same currency that the subscription is not on, its own plan first.</summary>
    public async Task<IReadOnlyList<TermsChoice>> Choices(SubscriptionId id, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = clock.GetCurrentInstant();
        var life = (await new LifeBook(db).Of(id, cancel)).Life;
        var (current, today) = (SubscriptionQueries.NowOf(life, now).Terms, life.DayOf(now));
        var plans = await db.Plans.AsNoTracking().OrderBy(p => p.Name).ThenBy(p => p.Code).ToListAsync(cancel);
        return
        [
            .. plans.Where(plan => plan.Currency == current.Currency)
                .OrderBy(plan => plan.Id != current.PlanId).SelectMany(plan => Offered(plan, current, today))
                .Select(terms => new TermsChoice(
                    terms.PlanCode, terms.PlanName, terms.Version, terms.BaseFee, LifeWords.Of(terms.Interval),
                    current.IsUpgradeTo(terms), terms.PlanId == current.PlanId)),
        ];
    }

    /// <summary>What a plan offers a new subscription; null when nothing of it is published.</summary>
    public async Task<PlanOffer?> Offer(string planCode, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var plan = await db.Plans.AsNoTracking().SingleOrDefaultAsync(p => p.Code == planCode, cancel);
        if (plan?.Latest is not { } latest)
        {
            return null;
        }

        var terms = plan.Terms(latest);
        var metrics = await db.Metrics.AsNoTracking().ToDictionaryAsync(metric => metric.Id, metric => metric.Code, cancel);
        return new PlanOffer(
            terms.Currency.Code, LifeWords.Fee(terms),
            terms.Interval == BillingInterval.Monthly && !terms.Settings.PayInAdvance
                && terms.Settings.FixedCharges.All(charge => !charge.PayInAdvance),
            terms.Settings.FixedCharges)
        {
            Charges = [.. terms.Charges.Select(charge => new ChargeOffer(
                charge.MetricId, metrics[charge.MetricId], charge.Name, charge.Price, charge.Settings))],
            Commitment = terms.Settings.Commitment?.Amount,
        };
    }

    // Of another plan what new subscriptions get; of its own every other version, also one that takes effect later.
    private static IEnumerable<PlanTerms> Offered(Plan plan, PlanTerms current, LocalDate today) => plan.Id == current.PlanId
        ? plan.Versions.Where(version => version.IsPublished && version.Number != current.Version).Reverse().Select(plan.Terms)
        : !plan.IsRetired && plan.InEffect(today) is { } version ? [plan.Terms(version)] : [];

    private static IReadOnlyList<UnitsInForce> Units(SubscriptionLife life, Phase phase, LocalDate day) =>
    [
        .. phase.Terms.Settings.FixedCharges.Select(charge => new UnitsInForce(
            charge.Code, charge.Name, life.UnitsOf(charge, day), [.. life.UnitChanges.Where(change => change.Code == charge.Code)])),
    ];
}
