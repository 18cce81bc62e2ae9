using System.Globalization;
using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Core.Billing;

/// <summary>What late usage makes due: the usage of its period once more, and the true-up that counted it.</summary>
/// <remarks>
/// An adjustment has no moment of its own. It goes with the next document of its subscription, and stands alone only when the subscription
/// is over and nothing else will be due.
/// </remarks>
internal static class LateAdjustments
{
    /// <summary>The adjustments of an account, each with the place of its life, before they have a document.</summary>
    public static IEnumerable<(DueItem Item, int Life)> Of(Account account, Instant through)
    {
        for (var i = 0; i < account.Lives.Count && account.Late.Count > 0; i++)
        {
            var life = account.Lives[i];
            var late = account.Late.Where(late => late.Of.Subscription == life.Subscription).ToDictionary(late => late.Of);
            if (late.Count == 0)
            {
                continue;
            }

            var owed = DueItems.Of(life, through);
            var adjusted = owed.Where(item =>
                late.ContainsKey(item.Key) && item.Phase.Terms.Settings.LateUsage == LateUsageRule.NextInvoice).ToList();
            foreach (var item in adjusted)
            {
                yield return (item with { Kind = DueKind.UsageAdjustment, Part = Text(late[item.Key].Number) }, i);
            }

            foreach (var item in owed.Where(item => item.Kind == DueKind.TrueUp && account.Billed.ContainsKey(item.Key)
                && adjusted.Any(usage => usage.Phase.Number == item.Phase.Number && item.Whole.Contains(usage.From))))
            {
                var before = account.Billed.Values.Count(other => other.Kind == DueKind.TrueUpAdjustment && IsOf(other.Key, item.Key));
                yield return (item with { Kind = DueKind.TrueUpAdjustment, Part = Text(before + 1) }, i);
            }
        }
    }

    /// <summary>The same, each due with the document it goes with. One that has to wait for it is missing.</summary>
    /// <param name="owed">What else will be billed.</param>
    public static IEnumerable<(DueItem Item, int Life)> With(
        Account account, IReadOnlyList<(DueItem Item, int Life)> owed, Instant through)
    {
        foreach (var (item, i) in Of(account, through))
        {
            var host = owed.Where(other => other.Life == i && other.Item.DueAt >= item.DueAt
                    && other.Item.Phase.Terms.Currency == item.Phase.Terms.Currency)
                .Select(other => (Instant?)other.Item.DueAt).Min();
            var over = account.Lives[i].End?.At;
            if (host is not null || over <= through)
            {
                yield return (item with { DueAt = host ?? over!.Value }, i);
            }
        }
    }

    private static bool IsOf(ItemKey adjustment, ItemKey item) =>
        (adjustment.Subscription, adjustment.Start, adjustment.End) == (item.Subscription, item.Start, item.End);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
