using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;

namespace BackOffice.Core.Billing;

/// <summary>The usage of a period that goes on, priced as an invoice would now, and where it stands between thresholds.</summary>
/// <param name="Item">The days and moments it is for.</param>
/// <param name="Lines">Usage that is billed after the period; without the minimums of its charges, which are known when it is over.</param>
/// <param name="Lifetime">The usage of the subscription's life with it, before coupons and taxes.</param>
public sealed record UsageSoFar(DueItem Item, IReadOnlyList<RatedLine> Lines, LifetimeUsage Lifetime)
{
    /// <summary>The sum of the lines.</summary>
    public Money Amount => Lifetime.ThisPeriod;

    /// <summary>The progressive invoice that is due now; null while no threshold is passed, and where none are agreed.</summary>
    public ProgressiveInvoice? Early { get; private init; }

    /// <summary>Between which thresholds usage stands; null where none are agreed.</summary>
    public ThresholdPlace? Place => Ladder?.PlaceOf(Lifetime.Total);

    private ThresholdLadder? Ladder => Item.Phase.Terms.Settings.EarlyBilling;

    /// <param name="item">See <see cref="DueItems.UsageSoFar"/>.</param>
    internal static UsageSoFar Of(Account account, ItemRater rater, DueItem item)
    {
        var currency = item.Phase.Terms.Currency;
        var (lines, none) = (rater.Rate(item, []), Money.Zero(currency));
        var billed = EarlyLine.Before(account, item).Select(line => new ProgressiveLine(line.Line.Usage!, line.Billed)).ToList();
        var lifetime = new LifetimeUsage(
            none, Earlier(account, item),
            lines.Select(line => line.Amount).Sum(currency), billed.Select(line => line.Amount).Sum(currency));
        return new UsageSoFar(item, lines, lifetime)
        {
            Early = item.Phase.Terms.Settings.EarlyBilling is not { } ladder ? null : ProgressiveBilling.InvoiceFor(
                ladder, none, lifetime.Earlier, [.. lines.Select(line => new ProgressiveLine(line.Usage!, line.Amount))],
                billed.Count == 0 ? [] : [new ProgressiveInvoice(billed, none, [])]),
        };
    }

    // What was billed in another currency, under an earlier plan, cannot be counted.
    private static Money Earlier(Account account, DueItem item) => account.Billed.Values
        .Where(other => other.Kind is DueKind.Usage or DueKind.UsageAdjustment && other.Key.Subscription == item.Life.Subscription
            && (other.Phase < item.Phase.Number || (other.Phase == item.Phase.Number && other.Key.Start < item.From)))
        .SelectMany(other => other.Lines).Select(line => line.Amount)
        .Where(amount => amount.Currency == item.Phase.Terms.Currency).Sum(item.Phase.Terms.Currency);
}
