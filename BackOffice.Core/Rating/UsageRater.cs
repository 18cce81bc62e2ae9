using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Rating;

/// <summary>The lines of a period's usage: each filter and group of a charge is priced on its own, then its limits apply.</summary>
internal sealed class UsageRater(IReadOnlyDictionary<MetricId, Metric> metrics, IUsageReading usage)
{
    /// <summary>What has to be known to rate the item; a caller with a database asks for all of it at once.</summary>
    public IEnumerable<UsageQuestion> Questions(DueItem item)
    {
        foreach (var charge in item.Phase.Terms.Charges)
        {
            if (!charge.Settings.PayInAdvance && QuestionOf(item, charge) is { } question)
            {
                yield return question;
            }
        }
    }

    public IReadOnlyList<RatedLine> Rate(DueItem item)
    {
        var lines = new List<RatedLine>();
        foreach (var question in Questions(item))
        {
            var first = lines.Count;
            var spent = new ShareSum();
            foreach (var group in usage.Measure(question))
            {
                if (LineOf(item, question, group, ref spent) is { } line)
                {
                    lines.Add(line);
                }
            }

            // What a charge lacks of its minimum is known when the period is over.
            if (item.Kind != DueKind.Progressive && MinimumOf(item, question, lines.Skip(first)) is { } minimum)
            {
                lines.Add(minimum);
            }
        }

        return lines;
    }

    /// <summary>The question a charge asks for the window of an item; null when the item has nothing to measure for it.</summary>
    public UsageQuestion? QuestionOf(DueItem item, Charge charge)
    {
        var metric = metrics[charge.MetricId];
        var prorated = charge.Settings.Prorated && metric.Recurring;
        if (prorated ? item.Days == 0 : IsTakenOver(item, charge, metric))
        {
            return null;
        }

        var needs = MeterNeeds.Nothing;
        if (charge.Price.ReadsEvents || charge.Settings.Filters.Any(filter => filter.Price.ReadsEvents))
        {
            needs |= MeterNeeds.Values;
        }

        if (prorated)
        {
            needs |= MeterNeeds.Days;
        }

        var window = UsageWindow.Of(item.Moments, item.Shown, item.Whole, item.Life.Zone);
        return new UsageQuestion(item.Life.Subscription, charge, metric, window, needs);
    }

    // Units that are there over a change of plan are billed in full, and so only once: by the plan that has them at the end of the period.
    private static bool IsTakenOver(DueItem item, Charge charge, Metric metric) =>
        metric.Recurring
        && item.Phase.End is { Why: not EndReason.Termination } end && end.At == item.Moments.End && end.Day < item.Whole.End
        && item.Life.Phases.Any(next => next.Number == item.Phase.Number + 1 && next.Terms.Charges.Any(c => c.MetricId == charge.MetricId));

    private static RatedLine? LineOf(DueItem item, UsageQuestion question, UsageGroup group, ref ShareSum spent)
    {
        var (charge, metric, currency) = (question.Charge, question.Metric, item.Phase.Terms.Currency);
        var price = group.Filter is { } filter ? charge.Settings.Filters.First(f => f.Filter == filter).Price : charge.Price;
        var units = group.Measured.ToUnits(currency);
        var steps = price.StepsFor(price.CanProrate ? units : units with { Parts = [] });
        var line = LineMaker.Line(
            item, LineKind.Usage, charge.Name, price.InWords(currency), steps, Math.Max(0, group.Measured.Quantity), metric,
            group.Measured).NotBelowZero();
        line = charge.Settings.Maximum is { } maximum ? line.Within(maximum, ref spent) : line;
        return line.ExactAmount == 0 && group.IsEmpty ? null : Named(line, group.Filter, group.Group, charge);
    }

    internal static RatedLine Named(
        RatedLine line, ChargeFilter? filter, IReadOnlyDictionary<string, string?> group, Charge charge) => line with
    {
        Filter = filter?.InWords,
        Group = UsageGroup.InWords(group),
        OwnTaxCodes = charge.Settings.TaxCodes,
    };

    private static RatedLine? MinimumOf(DueItem item, UsageQuestion question, IEnumerable<RatedLine> lines)
    {
        if (question.Charge.Settings.Minimum is not { MinorUnits: > 0 } minimum || item.Days == 0)
        {
            return null;
        }

        var spent = lines.Select(line => line.Amount).Sum(minimum.Currency);
        var missing = new ChargeMinimum(minimum.Amount, minimum.Currency).TrueUp(spent.Amount, item.Days, item.Whole.Days);
        return missing is null ? null : LineMaker.Line(
            item, LineKind.Minimum, $"{question.Charge.Name}: minimum", missing.InWords, missing.Steps, 1, question.Metric) with
        {
            Unit = null,
            OwnTaxCodes = question.Charge.Settings.TaxCodes,
        };
    }
}
