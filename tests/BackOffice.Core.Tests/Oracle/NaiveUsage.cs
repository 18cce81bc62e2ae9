using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>What usage costs after a period: each place on its own, then the most and the least of the charge.</summary>
internal sealed class NaiveUsage(IReadOnlyDictionary<MetricId, Metric> metrics, IReadOnlyList<IReadOnlyList<UsageEvent>> usage)
{
    public IEnumerable<NaiveLine> Lines(NaiveItem item, Charge charge)
    {
        var metric = metrics[charge.MetricId];
        var byTheDay = charge.Settings.Prorated && metric.Recurring;
        if (charge.Settings.PayInAdvance || (byTheDay ? item.Days == 0 : IsTakenOver(item, charge, metric)))
        {
            yield break;
        }

        Fraction used = 0;
        var spent = 0L;
        foreach (var place in NaivePlaces.Of(charge, metric, usage[item.LifeNumber], item.UsageFrom, item.UsageTo))
        {
            var amount = byTheDay && NaiveDays.Know(place.Price)
                ? NaiveDays.Of(item, metric, place)
                : NaivePrices.Of(place.Price, NaiveMeter.Of(item, metric, place));
            amount = WithinMaximum(charge, used, Fraction.Max(0, amount));
            used += amount;
            if (amount > 0 || place.All.Any())
            {
                var line = NaiveLine.Of(item, charge.Name, amount, metric.Code, metric.Code, charge.Settings.TaxCodes) with
                {
                    Words = place.Words,
                };
                spent += line.Amount;
                yield return line;
            }
        }

        if (charge.Settings.Minimum is { } least && item.Days > 0)
        {
            var missing = ((Fraction)least.MinorUnits * item.Share) - spent;
            if (missing.Rounded() > 0)
            {
                yield return NaiveLine.Of(
                    item, $"{charge.Name}: minimum", missing / least.Currency.Scale, metric.Code, metric.Code, charge.Settings.TaxCodes);
            }
        }
    }

    /// <summary>An amount, or as much of it as the charge may still cost.</summary>
    public static Fraction WithinMaximum(Charge charge, Fraction used, Fraction amount) => charge.Settings.Maximum is { } most
        ? Fraction.Min(amount, Fraction.Max(0, most.Amount - used))
        : amount;

    // Guide §3.1: units that are not prorated are billed once, by the plan that has them when the period ends.
    private static bool IsTakenOver(NaiveItem item, Charge charge, Metric metric) =>
        metric.Recurring && item.Phase.End is { Why: not EndReason.Termination } end
        && end.At == item.UsageTo && end.Day < item.Whole.End
        && item.Life.Phases.Any(next => next.Number == item.Phase.Number + 1 && next.Terms.Charges.Any(c => c.MetricId == charge.MetricId));
}
