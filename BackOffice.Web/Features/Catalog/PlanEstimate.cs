using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Usage;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>What a whole period would cost. The engine that makes invoices computes it; only an average for the eye is added.</summary>
/// <param name="Lines">As the invoices of the period would have them; a charge without amount has none.</param>
/// <param name="LeftOut">How many charges are not complete and therefore missing.</param>
/// <param name="Problem">Why nothing can be computed; null when it could.</param>
public sealed record PlanEstimate(IReadOnlyList<EstimateLine> Lines, Money Total, int LeftOut, string? Problem)
{
    /// <summary>How much of it is usage that may be billed early.</summary>
    public required Money Usage { get; init; }

    /// <summary>The sums that such usage passes in the first period of a subscription, one after the other.</summary>
    public IReadOnlyList<ThresholdPassed> Passed { get; init; } = [];

    // Any whole period will do, and on this day one of every kind begins: a Monday, the first of January.
    private static readonly LocalDate Start = new(2024, 1, 1);

    public static PlanEstimate Of(PlanDraft draft, Func<string?, string?> unitOf)
    {
        try
        {
            return Rate(draft, unitOf);
        }
        catch (RuleBroken refusal)
        {
            return Nothing(draft, refusal.Message);
        }
        catch (ArithmeticException)
        {
            return Nothing(draft, "These quantities and prices need more digits than an invoice can have.");
        }
    }

    private static PlanEstimate Rate(PlanDraft draft, Func<string?, string?> unitOf)
    {
        var parts = draft.Charges.Select((charge, i) => EstimatePart.Of(charge, i, unitOf(charge.MetricCode), draft.Currency))
            .OfType<EstimatePart>().ToList();
        var fixedCharges = draft.FixedCharges.Where(charge => charge.Missing is null && charge.Price.TryPrice().Price is not null).ToList();
        var byMetric = parts.ToDictionary(part => part.Metric.Code, part => part.Draft);
        var terms = Terms(draft, parts, [.. fixedCharges.Select(charge => charge.ToCharge())]);
        var lines = RatedLines(terms, parts);
        var usage = lines.Where(line => line.Kind == LineKind.Usage).Select(line => line.Amount).Sum(draft.Currency);
        var none = Money.Zero(draft.Currency);
        var leftOut = draft.Charges.Count - parts.Count + draft.FixedCharges.Count - fixedCharges.Count;
        return new PlanEstimate(
            [
                .. lines.OrderBy(line => line.Kind).GroupBy(line => (line.Kind, line.Name, line.MetricCode, line.Filter, line.Amount))
                    .Select(same => EstimateLine.Of(
                        same.First(), same.Key.MetricCode is { } code ? byMetric[code] : null) with { Times = same.Count() }),
            ],
            lines.Select(line => line.Amount).Sum(draft.Currency), leftOut, null)
        {
            Usage = usage,
            Passed = terms.Settings.EarlyBilling?.Passed(new LifetimeUsage(none, none, usage, none)) ?? [],
        };
    }

    // After the trial, which would only hide what the plan costs.
    private static PlanTerms Terms(PlanDraft draft, List<EstimatePart> parts, IReadOnlyList<FixedCharge> fixedCharges)
    {
        var plan = Plan.Create("calculator", "Calculator", draft.Currency, draft.Interval);
        plan.Edit(
            Money.Of(draft.BaseFee ?? 0, draft.Currency), [.. parts.Select(part => part.Charge)],
            draft.Settings(fixedCharges) with { TrialDays = 0 });
        return plan.Terms(plan.Draft!);
    }

    private static IReadOnlyList<RatedLine> RatedLines(PlanTerms terms, IReadOnlyList<EstimatePart> parts)
    {
        var at = Start.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
        var life = SubscriptionLife.Start(SubscriptionId.New(), "calculator", DateTimeZone.Utc, BillingTiming.Calendar, terms, at);
        var metrics = parts.ToDictionary(part => part.Metric.Id, part => part.Metric);
        return PeriodLines.Of(life, life.GridOf(life.First).Nth(0), metrics, new TypedUsage(parts));
    }

    private static PlanEstimate Nothing(PlanDraft draft, string problem) =>
        new([], Money.Zero(draft.Currency), 0, problem) { Usage = Money.Zero(draft.Currency) };

    /// <summary>The quantities that were typed, in every stretch that is asked about.</summary>
    private sealed class TypedUsage(IReadOnlyList<EstimatePart> parts) : IUsageReading
    {
        public IReadOnlyList<UsageGroup> Measure(UsageQuestion question) =>
            parts.Single(part => part.Metric.Id == question.Metric.Id).Groups;

        public IReadOnlyList<UsageEvent> Events(UsageQuestion question) => [];
    }
}

/// <summary>A line of the estimate.</summary>
/// <param name="Charge">The charge it comes from; null for the base fee and fixed charges.</param>
/// <param name="Per">The units the average is for, as in the price.</param>
/// <param name="Average">What so many units cost on average; null without units. For the eye only, never billed.</param>
public sealed record EstimateLine(RatedLine Rated, ChargeDraft? Charge, decimal Per, decimal? Average)
{
    /// <summary>How often it comes in the period: 12 for usage billed monthly under a yearly plan.</summary>
    public int Times { get; init; } = 1;

    /// <summary>In the whole period.</summary>
    public Money Total => Money.OfMinor(checked(Rated.Amount.MinorUnits * Times), Rated.Amount.Currency);

    public static EstimateLine Of(RatedLine rated, ChargeDraft? charge)
    {
        var per = charge is { Price.HasPer: true } ? charge.Price.Per : 1;
        var hasAverage = charge is not null && rated.Kind == LineKind.Usage && rated.Quantity != 0;
        return new(rated, charge, per, hasAverage ? rated.ExactAmount / rated.Quantity * per : null);
    }
}
