using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Rating;

/// <summary>What late usage changes: what a period costs with all of it, less what was billed for the period before.</summary>
/// <remarks>
/// The whole period is rated again, so tiers, packages, minimums and the most a charge may cost are right over all of its usage. Both sides
/// are rounded lines, so what is billed in the end is what one invoice over everything would have said, to the minor unit.
/// </remarks>
internal static class AdjustmentRater
{
    /// <summary>A line for each charge, filter and group whose amount changed; those that did not change have none.</summary>
    /// <param name="item">The adjustment.</param>
    /// <param name="now">The lines of the period as it is known now.</param>
    /// <param name="billed">What was billed before, adjustments too.</param>
    public static IReadOnlyList<RatedLine> Difference(
        DueItem item, IReadOnlyList<RatedLine> now, IReadOnlyCollection<BilledItem> billed, IReadOnlyDictionary<MetricId, Metric> metrics)
    {
        DueKind[] same = item.Kind == DueKind.UsageAdjustment
            ? [DueKind.Usage, DueKind.UsageAdjustment]
            : [DueKind.TrueUp, DueKind.TrueUpAdjustment];
        var before = billed.Where(other => same.Contains(other.Kind) && other.Key.Subscription == item.Life.Subscription
                && other.Phase == item.Phase.Number && other.Days == item.Shown)
            .SelectMany(other => other.Lines)
            .GroupBy(line => new Part(line.Kind, line.ChargeCode, line.Filter, line.Group))
            .ToDictionary(group => group.Key, group => new Billed(
                group.Sum(line => line.Quantity), group.Sum(line => line.Events),
                group.Select(line => line.Amount).Sum(item.Phase.Terms.Currency)));
        var none = new Billed(0, 0, Money.Zero(item.Phase.Terms.Currency));
        var parts = now.ToDictionary(line => new Part(line.Kind, line.ChargeCode, line.Filter, line.Group));
        return
        [
            .. parts.Select(part => Line(part.Value, before.GetValueOrDefault(part.Key, none)))
                .Concat(before.Where(part => !parts.ContainsKey(part.Key))
                    .Select(part => Line(Nothing(item, part.Key, metrics), part.Value)))
                .Where(line => line.Amount.MinorUnits != 0),
        ];
    }

    private static RatedLine Line(RatedLine now, Billed before)
    {
        var difference = now.Amount - before.Amount;
        var isUsage = now.Kind == LineKind.Usage;
        string Units(decimal quantity) => isUsage ? $": {Words.Number(quantity)} {now.Unit}" : "";
        return now with
        {
            Name = isUsage ? $"{now.Name}: late usage" : $"{now.Name}, after late usage",
            Quantity = isUsage ? Exact.Add(now.Quantity, -before.Quantity) : 1,
            Events = now.Events - before.Events,
            Steps =
            [
                new PriceStep($"With the late usage{Units(now.Quantity)}", 1, now.Amount.Amount),
                new PriceStep($"Billed before{Units(before.Quantity)}", 1, -before.Amount.Amount),
            ],
            ExactAmount = difference.Amount,
            Amount = difference,
        };
    }

    // A charge, filter or group that was billed and has nothing any more, because its usage was taken back.
    private static RatedLine Nothing(DueItem item, Part part, IReadOnlyDictionary<MetricId, Metric> metrics)
    {
        var terms = item.Phase.Terms;
        var charge = terms.Charges.FirstOrDefault(charge => metrics[charge.MetricId].Code == part.Charge);
        var name = charge?.Name ?? terms.Settings.Commitment?.Name ?? "Usage";
        var words = charge?.Price.InWords(terms.Currency) ?? "";
        var line = LineMaker.Line(
            item, part.Kind, part.Kind == LineKind.Minimum ? $"{name}: minimum" : name, words, [], 0,
            charge is null ? null : metrics[charge.MetricId]);
        return line with
        {
            Filter = part.Filter,
            Group = part.Group,
            OwnTaxCodes = charge?.Settings.TaxCodes ?? terms.Settings.Commitment?.TaxCodes ?? [],
        };
    }

    private readonly record struct Part(LineKind Kind, string? Charge, string? Filter, string? Group);

    private sealed record Billed(decimal Quantity, long Events, Money Amount);
}
