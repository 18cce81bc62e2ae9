using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Core.Billing;

/// <summary>Invoices within a period, because usage passed a threshold: what only the usage can tell to be due (guide §11).</summary>
/// <remarks>
/// Usage so far is all usage before the moment that is asked about. The n-th invoice of a period has a key of its own, so two runs that
/// find the same threshold passed make one.
/// </remarks>
internal static class ProgressiveItems
{
    /// <summary>The usage so far of lives with thresholds, which rating will ask about.</summary>
    public static IEnumerable<DueItem> Of(Account account, Instant at) =>
        account.Lives.Select(life => Of(life, at)).OfType<DueItem>();

    /// <summary>The document that is due now; null while no threshold is passed, and when the period is billed already.</summary>
    /// <param name="account">As the documents of the same run left it.</param>
    /// <param name="item">The usage so far.</param>
    public static PendingDocument? Due(Account account, ItemRater rater, DueItem item) =>
        !IsBilled(account, item) && Rated(account, rater, item) is { } rated
            ? new PendingDocument(item.DueAt, item.Phase.Terms.Currency, [rated])
            : null;

    /// <summary>The items that were due at a moment; none of a period that is billed for good since.</summary>
    public static IEnumerable<(DueItem Item, IReadOnlyList<RatedLine>? Lines, int Life)> Owed(Account account, ItemRater rater, Instant at)
    {
        for (var i = 0; i < account.Lives.Count; i++)
        {
            if (Of(account.Lives[i], at) is { } item
                && !account.Billed.Values.Any(billed => billed.IsFinal && Covers(billed, item))
                && Rated(account, rater, item) is var (due, lines))
            {
                yield return (due, lines, i);
            }
        }
    }

    private static DueItem? Of(SubscriptionLife life, Instant at) =>
        life.Phases.Any(phase => phase.Terms.Settings.EarlyBilling is not null)
        && !(life.DayOf(at) < life.BillFrom)
        && DueItems.UsageSoFar(life, at) is { Phase.Terms.Settings.EarlyBilling: not null } item
            ? item
            : null;

    private static (DueItem Item, IReadOnlyList<RatedLine>? Lines)? Rated(Account account, ItemRater rater, DueItem item)
    {
        item = item with { Part = EarlyLine.NextNumber(account, item) };
        var soFar = UsageSoFar.Of(account, rater, item);
        return soFar.Early is not null ? (item, soFar.Lines) : null;
    }

    // A run through an earlier day comes too late when the period was billed as a whole.
    private static bool IsBilled(Account account, DueItem item) => account.Billed.Values.Any(billed => Covers(billed, item));

    private static bool Covers(BilledItem billed, DueItem item) =>
        billed.Kind == DueKind.Usage && billed.Key.Subscription == item.Life.Subscription
        && billed.Phase == item.Phase.Number && billed.Key.Start == item.From;
}
