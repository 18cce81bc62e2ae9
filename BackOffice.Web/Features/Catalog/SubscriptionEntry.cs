using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A subscription. One that never changed says its terms itself; any other lists its phases.</summary>
/// <param name="Plan">The plan it is on, or comes to be on.</param>
/// <param name="Version">Null for the latest, which a new subscription gets.</param>
/// <param name="EndsOn">The last day, of a subscription without phases.</param>
/// <param name="Timing">Null for the calendar's.</param>
/// <param name="Anchor">The day periods are counted from; null for the first day.</param>
/// <param name="TrialFrom">When the trial began; null for the start.</param>
/// <param name="Agreed">What the customer pays instead of what the plan says, but for prices of metrics.</param>
/// <param name="AgreedPrices">These, by the metric's code.</param>
public sealed record SubscriptionEntry(
    string Code, string Customer, string Plan, LocalDate StartsOn, int? Version = null, LocalDate? EndsOn = null,
    BillingTiming? Timing = null, LocalDate? Anchor = null, Instant? TrialFrom = null, LocalDate? BillFrom = null,
    TermsOverride? Agreed = null, IReadOnlyList<AgreedPriceEntry>? AgreedPrices = null, IReadOnlyList<PhaseEntry>? Phases = null,
    IReadOnlyList<UnitChange>? UnitChanges = null)
{
    /// <summary>A new subscription as scripts write it, with nothing special.</summary>
    internal bool IsPlain => this == new SubscriptionEntry(Code, Customer, Plan, StartsOn);

    /// <summary>The same with an end or a version.</summary>
    internal bool IsPlainBut => this with { Version = null, EndsOn = null } is { IsPlain: true };

    public static SubscriptionEntry Of(
        Subscription subscription, string customer, DateTimeZone zone, IReadOnlyDictionary<PlanId, string> plans,
        IReadOnlyDictionary<MetricId, string> metrics)
    {
        var course = subscription.Course;
        var start = new Core.Common.Period(subscription.StartsOn, subscription.StartsOn.PlusDays(1)).In(zone).Start;
        var entry = new SubscriptionEntry(
            subscription.Code, customer, plans[subscription.PlanId], subscription.StartsOn,
            Timing: course.Timing == BillingTiming.Calendar ? null : course.Timing,
            Anchor: course.Anchor == subscription.StartsOn ? null : course.Anchor,
            TrialFrom: course.TrialFrom == (course.Phases is [var began, ..] ? began.From : start) ? null : course.TrialFrom,
            BillFrom: course.BillFrom,
            UnitChanges: course.UnitChanges.Count == 0 ? null : course.UnitChanges);
        return course.Phases switch
        {
            [] => entry with { Version = subscription.PlanVersion, EndsOn = subscription.EndsOn },
            [{ End: null } only] when only.From == start => entry with
            {
                Version = only.Version, Agreed = PhaseEntry.Rest(only.Agreed), AgreedPrices = AgreedPriceEntry.Of(only.Agreed, metrics),
            },
            _ => entry with { Phases = [.. course.Phases.Select(phase => PhaseEntry.Of(phase, plans, metrics))] },
        };
    }
}

/// <summary>A stretch of a subscription on the same terms.</summary>
/// <param name="From">The moment usage belongs to it.</param>
/// <param name="FirstDay">The first day its fees are for.</param>
/// <param name="End">Null while it goes on.</param>
public sealed record PhaseEntry(
    string Plan, int Version, Instant From, LocalDate FirstDay, PhaseEnd? End = null, TermsOverride? Agreed = null,
    IReadOnlyList<AgreedPriceEntry>? AgreedPrices = null)
{
    public static PhaseEntry Of(
        CoursePhase phase, IReadOnlyDictionary<PlanId, string> plans, IReadOnlyDictionary<MetricId, string> metrics) => new(
        plans[phase.Plan], phase.Version, phase.From, phase.FirstDay, phase.End, Rest(phase.Agreed),
        AgreedPriceEntry.Of(phase.Agreed, metrics));

    /// <summary>Everything agreed but the prices of metrics; null when that is nothing.</summary>
    internal static TermsOverride? Rest(TermsOverride? agreed) =>
        agreed is null || CatalogText.Same(agreed with { Charges = [] }, new TermsOverride()) ? null : agreed with { Charges = [] };
}

/// <summary>What is agreed about the charge of a metric; what is missing stays as the plan has it.</summary>
public sealed record AgreedPriceEntry(string Metric, Core.Pricing.Price? Price = null, Money? Minimum = null, Money? Maximum = null)
{
    public static IReadOnlyList<AgreedPriceEntry>? Of(TermsOverride? agreed, IReadOnlyDictionary<MetricId, string> metrics) =>
        agreed is null or { Charges.Count: 0 } ? null
        : [.. agreed.Charges.Select(charge => new AgreedPriceEntry(metrics[charge.Metric], charge.Price, charge.Minimum, charge.Maximum))];
}
