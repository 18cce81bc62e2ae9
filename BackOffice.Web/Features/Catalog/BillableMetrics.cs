using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Which metrics a billing run can measure: it reads the numbers of a period's events, and nothing from before it.</summary>
internal static class BillableMetrics
{
    /// <exception cref="RuleBroken">A billing run could not measure it, and would bill nothing or too little.</exception>
    public static Metric Check(Metric metric) =>
        metric.Recurring ? throw new RuleBroken("Billing runs do not carry units into the next period yet. Leave recurring out.")
        : metric.Expression is not null ? throw new RuleBroken("Billing runs do not compute expressions yet. Name a property instead.")
        : metric.Aggregation is Aggregation.UniqueCount or Aggregation.WeightedSum
            ? throw new RuleBroken("Billing runs do not measure unique counts and weighted sums yet. Use count, sum, max or latest.")
        : metric;
}
