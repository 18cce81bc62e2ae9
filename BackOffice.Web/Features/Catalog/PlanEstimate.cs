using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>What a whole month would cost. The engine that makes invoices computes it; only an average for the eye is added.</summary>
/// <param name="Lines">As the invoice would have them; a charge without amount has none.</param>
/// <param name="LeftOut">How many charges are not complete and therefore missing.</param>
/// <param name="Problem">Why nothing can be computed; null when it could.</param>
public sealed record PlanEstimate(IReadOnlyList<EstimateLine> Lines, Money Total, int LeftOut, string? Problem)
{
    // Any whole month will do: a plan is billed by the calendar month, and a whole one is not prorated.
    private static readonly Period Month = new(new LocalDate(2024, 1, 1), new LocalDate(2024, 2, 1));

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
        var currency = draft.Currency;
        var parts = draft.Charges.Select((charge, i) => Part.Of(charge, i, unitOf(charge.MetricCode))).OfType<Part>().ToList();
        var plan = Plan.Create("calculator", "Calculator", currency);
        plan.Edit(Money.Of(draft.BaseFee ?? 0, currency), [.. parts.Select(part => part.Charge)]);
        var metrics = parts.ToDictionary(part => part.Metric.Id, part => part.Metric);
        var terms = new Terms(SubscriptionId.New(), "calculator", plan.Name, plan.Draft!, metrics);
        var usage = parts.ToDictionary(part => part.Metric.Id, part => part.Usage);
        var byMetric = parts.ToDictionary(part => part.Metric.Code, part => part.Draft);
        var lines = Rater.Rate(terms, new BillingPeriod(Month, Month), usage)
            .Select(line => EstimateLine.Of(line, line.MetricCode is { } code ? byMetric[code] : null)).ToList();
        return new PlanEstimate(lines, lines.Select(line => line.Rated.Amount).Sum(currency), draft.Charges.Count - parts.Count, null);
    }

    private static PlanEstimate Nothing(PlanDraft draft, string problem) => new([], Money.Zero(draft.Currency), 0, problem);

    /// <summary>A complete charge, ready for the engine.</summary>
    private sealed record Part(ChargeDraft Draft, Metric Metric, Charge Charge, Measured Usage)
    {
        public static Part? Of(ChargeDraft draft, int index, string? unit)
        {
            if (draft.TryPrice().Price is not { } price || draft.Quantity < 0)
            {
                return null;
            }

            var name = draft.Name is { Length: > 0 } given && !string.IsNullOrWhiteSpace(given) ? given : $"Charge {index + 1}";
            var metric = Metric.Create($"charge-{index}", name, Aggregation.Count, null, unit ?? "units");
            var quantity = draft.Quantity ?? 0;
            return new Part(draft, metric, Charge.Of(name, metric.Id, price), new Measured(quantity, quantity > 0 ? 1 : 0, 0));
        }
    }
}

/// <summary>A line of the estimate.</summary>
/// <param name="Charge">The charge it comes from; null for the base fee.</param>
/// <param name="Per">The units the average is for, as in the price.</param>
/// <param name="Average">What so many units cost on average; null without units. For the eye only, never billed.</param>
public sealed record EstimateLine(RatedLine Rated, ChargeDraft? Charge, decimal Per, decimal? Average)
{
    public static EstimateLine Of(RatedLine rated, ChargeDraft? charge)
    {
        var per = charge is { Model: not PriceModel.Package } ? charge.Per : 1;
        return new(rated, charge, per, charge is null || rated.Quantity == 0 ? null : rated.ExactAmount / rated.Quantity * per);
    }
}
