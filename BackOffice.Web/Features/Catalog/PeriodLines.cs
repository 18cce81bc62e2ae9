using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Everything a life owes for one of its whole periods, whenever it is due: what simulations show.</summary>
internal static class PeriodLines
{
    /// <param name="period">Of the life's own grid.</param>
    /// <exception cref="RuleBroken">A rule refuses.</exception>
    /// <exception cref="ArithmeticException">An amount needs more than 28 digits.</exception>
    public static IReadOnlyList<RatedLine> Of(
        SubscriptionLife life, Period period, IReadOnlyDictionary<MetricId, Metric> metrics, IUsageReading usage)
    {
        var rater = new ItemRater(metrics, usage);
        var billed = new List<BilledItem>();
        var lines = new List<RatedLine>();
        foreach (var item in DueItems.Of(life, period.In(life.Zone).End).Where(item => period.Contains(item.From)))
        {
            if (item.Kind is DueKind.UnusedFee)
            {
                continue;
            }

            var rated = rater.Rate(item, billed);
            billed.Add(new BilledItem(item.Key, item.Kind, item.Phase.Number, item.Shown, null,
                [.. rated.Select((line, i) => new BilledLine(i, line.ChargeCode, line.Amount))]));
            lines.AddRange(rated);
        }

        return lines;
    }
}
