using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Rating;

/// <summary>Turns measured quantities into invoice lines. Pure: no clock, no database, and each line is rounded once.</summary>
public static class Rater
{
    /// <summary>The lines of one subscription and period: the base fee, then the charges in the plan's order.</summary>
    /// <param name="usage">What each metric measured in the period; a metric that is missing measured nothing.</param>
    /// <returns>
    /// No line for a charge without usage and amount, nor for a base fee of zero: an invoice shows what is owed.
    /// Events that lack the property are usage too: their line says that they were not billed.
    /// </returns>
    public static IReadOnlyList<RatedLine> Rate(Terms terms, BillingPeriod period, IReadOnlyDictionary<MetricId, Measured> usage) =>
        [.. new[] { BaseFee(terms, period) }
            .Concat(terms.Version.Charges.Select(charge =>
                Usage(terms, period, charge, usage.GetValueOrDefault(charge.MetricId) ?? Measured.Nothing)))
            .Where(line => line.ExactAmount != 0 || line.Events > 0 || line.EventsWithoutValue > 0)];

    private static RatedLine BaseFee(Terms terms, BillingPeriod period)
    {
        var fee = terms.Version.BaseFee;
        var words = $"{Words.Amount(fee.Amount, fee.Currency)} for each month, after it has ended";
        var step = period.IsWhole
            ? new PriceStep("Whole month", 1, fee.Amount)
            : new PriceStep($"{period.Billed.Days} of {period.Whole.Days} days", period.Billed.Days, fee.Amount, period.Whole.Days);
        return Line(terms, period, LineKind.BaseFee, "Base fee", null, new Measured(1, 0, 0), words, [step]);
    }

    // Corrections may outweigh what they correct. Nobody is paid for that, and no flat fee is due (Lago's rule).
    private static RatedLine Usage(Terms terms, BillingPeriod period, Charge charge, Measured measured) =>
        Line(terms, period, LineKind.Usage, charge.Name, terms.Metrics[charge.MetricId],
            measured with { Quantity = Math.Max(0, measured.Quantity) },
            charge.Price.InWords(terms.Version.Currency), measured.Quantity < 0
                ? [new PriceStep($"Measured {Words.Number(measured.Quantity)}, below zero: nothing is owed", 0, 0)]
                : charge.Price.StepsFor(measured.Quantity));

    private static RatedLine Line(
        Terms terms, BillingPeriod period, LineKind kind, string name, Metric? metric, Measured measured,
        string words, IReadOnlyList<PriceStep> steps)
    {
        var exact = steps.Count == 1 ? steps[0].Amount : Exact.Sum(steps.Select(step => step.Amount));
        return new RatedLine(
            kind, terms.Subscription, terms.SubscriptionCode, terms.PlanName, terms.Version.Number, name, period.Billed,
            metric?.Code, metric?.Unit, measured.Quantity, measured.Events, measured.WithoutValue,
            words, steps, exact, Money.Rounded(exact, terms.Version.Currency));
    }
}
