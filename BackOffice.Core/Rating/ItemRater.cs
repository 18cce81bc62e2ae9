using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using NodaTime;

namespace BackOffice.Core.Rating;

/// <summary>Turns what is due into explained lines, each rounded once. Pure: the same item and usage give the same lines.</summary>
/// <param name="metrics">The metrics the charges name, by id.</param>
/// <param name="usage">Answers what was used.</param>
public sealed class ItemRater(IReadOnlyDictionary<MetricId, Metric> metrics, IUsageReading usage)
{
    private readonly UsageRater _usage = new(metrics, usage);
    private readonly AdvanceRater _advance = new(metrics, usage);

    /// <summary>What has to be known to rate an item: whoever asks a database asks for all items at once.</summary>
    public IEnumerable<UsageQuestion> Questions(DueItem item) =>
        item.Kind is DueKind.Usage or DueKind.Progressive or DueKind.UsageAdjustment ? _usage.Questions(item) : [];

    /// <summary>The events that are billed one by one as they happen: each an item with its line.</summary>
    /// <param name="after">Only what is due later than this; null for all since the start.</param>
    public IEnumerable<RatedItem> EventByEvent(SubscriptionLife life, Instant through, Instant? after = null) =>
        _advance.Due(life, through, after);

    /// <summary>The lines of an item, in the order of the document. None when nothing is owed: an invoice shows what is owed.</summary>
    /// <param name="billed">What was billed before, with the items of the same document that come earlier.</param>
    /// <exception cref="ArithmeticException">An amount needs more than 28 digits.</exception>
    public IReadOnlyList<RatedLine> Rate(DueItem item, IReadOnlyCollection<BilledItem> billed) => item.Kind switch
    {
        DueKind.BaseFee => BaseFee(item),
        DueKind.FixedInAdvance => FixedRater.InAdvance(item, billed),
        DueKind.FixedInArrears => FixedRater.InArrears(item),
        DueKind.FixedIncrease => FixedRater.Increase(item),
        DueKind.Usage or DueKind.Progressive => _usage.Rate(item),
        DueKind.UsageAdjustment => AdjustmentRater.Difference(item, _usage.Rate(item), billed, metrics),
        DueKind.TrueUp => TrueUp(item, billed),
        DueKind.TrueUpAdjustment => AdjustmentRater.Difference(item, TrueUp(item, billed), billed, metrics),
        _ => throw new InvalidOperationException($"{item.Kind} is not rated by itself."),
    };

    private static IReadOnlyList<RatedLine> BaseFee(DueItem item)
    {
        var terms = item.Phase.Terms;
        if (terms.BaseFee.MinorUnits == 0)
        {
            return [];
        }

        var noun = terms.Interval.Noun();
        var when = terms.Settings.PayInAdvance ? "when it begins" : "after it has ended";
        var step = LineMaker.Share($"Whole {noun}", terms.BaseFee.Amount, item.Days, item.Whole.Days);
        var words = $"{Words.Amount(terms.BaseFee.Amount, terms.Currency)} for each {noun}, {when}";
        var line = LineMaker.Line(item, LineKind.BaseFee, terms.Settings.InvoiceName, words, [step]);
        return [line with { InAdvance = terms.Settings.PayInAdvance }];
    }

    // Every fee of the period counts, whenever it was billed, before coupons and taxes (guide §8).
    private static IReadOnlyList<RatedLine> TrueUp(DueItem item, IReadOnlyCollection<BilledItem> billed)
    {
        var promised = item.Phase.Terms.Settings.Commitment!;
        var spent = billed
            .Where(other => other.Key.Subscription == item.Life.Subscription && other.Phase == item.Phase.Number
                && other.Kind is not (DueKind.TrueUp or DueKind.TrueUpAdjustment or DueKind.UnusedFee or DueKind.Progressive)
                && item.Whole.Contains(other.Days.Start))
            .SelectMany(other => other.Lines).Select(line => line.Amount).Sum(item.Phase.Terms.Currency);
        return new Commitment(promised.Name, promised.Amount).TrueUp(spent, item.Days, item.Whole.Days) is { } missing
            ? [LineMaker.Line(item, LineKind.TrueUp, promised.Name, missing.InWords, missing.Steps) with
            {
                OwnTaxCodes = promised.TaxCodes,
            }]
            : [];
    }
}

/// <summary>An item with its lines.</summary>
public sealed record RatedItem(DueItem Item, IReadOnlyList<RatedLine> Lines);
