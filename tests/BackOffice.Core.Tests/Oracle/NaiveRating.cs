using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>The lines of an item: fractions until the very end, where each line is rounded once.</summary>
internal sealed class NaiveRating(IReadOnlyDictionary<MetricId, Metric> metrics, IReadOnlyList<IReadOnlyList<UsageEvent>> usage)
{
    private readonly NaiveUsage _usage = new(metrics, usage);

    public IEnumerable<NaiveLine> Lines(NaiveItem item, IReadOnlyList<NaiveItem> before) => item.Kind switch
    {
        DueKind.BaseFee => BaseFee(item),
        DueKind.FixedInAdvance => NaiveFixed.InAdvance(item, before),
        DueKind.FixedInArrears => NaiveFixed.InArrears(item),
        DueKind.FixedIncrease => NaiveFixed.Increase(item),
        DueKind.Usage => item.Phase.Terms.Charges.SelectMany(charge => _usage.Lines(item, charge)),
        DueKind.TrueUp => TrueUp(item, before),
        _ => [],
    };

    private static IEnumerable<NaiveLine> BaseFee(NaiveItem item)
    {
        var terms = item.Phase.Terms;
        if (terms.BaseFee.MinorUnits > 0)
        {
            yield return NaiveLine.Of(item, terms.Settings.InvoiceName, terms.BaseFee.Amount * item.Share);
        }
    }

    private static IEnumerable<NaiveLine> TrueUp(NaiveItem item, IReadOnlyList<NaiveItem> before)
    {
        var promised = item.Phase.Terms.Settings.Commitment!;
        var spent = before
            .Where(other => other.Life == item.Life && other.Phase == item.Phase && item.Whole.Contains(other.From)
                && other.Kind is not (DueKind.TrueUp or DueKind.UnusedFee))
            .SelectMany(other => other.Lines).Sum(line => line.Amount);
        var missing = ((Fraction)promised.Amount.MinorUnits * item.Share) - spent;
        if (missing.Rounded() > 0)
        {
            yield return NaiveLine.Of(item, promised.Name, missing / promised.Amount.Currency.Scale, taxes: promised.TaxCodes);
        }
    }
}
