using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using NodaTime;

namespace BackOffice.Core.Billing;

/// <summary>What a customer owes. Bill, preview and simulation are this one function, on the account as it is or as it would be.</summary>
/// <remarks>
/// Pure. Each document is what was due at one moment, computed on the account after the documents before it: so it does not matter whether
/// billing runs every night or wakes up after a year, and running twice finds nothing (blueprint §5: exactly once).
/// </remarks>
public static class BillingEngine
{
    // A year and some days: the usage of the period that goes on is due by then.
    private static readonly Duration LongestPeriod = Duration.FromDays(370);

    /// <summary>The documents due through a moment that were not made yet, oldest first. Make them in this order.</summary>
    /// <exception cref="RuleBroken">Something refuses, such as a tax that is not known: the customer is parked.</exception>
    /// <exception cref="ArithmeticException">An amount needs more than 28 digits: the customer is parked.</exception>
    public static IReadOnlyList<BillingDocument> Due(Account account, IUsageReading usage, Instant through)
    {
        var rater = new ItemRater(account.Metrics, usage);
        var documents = new List<BillingDocument>();
        var (now, known) = (account, 0);
        foreach (var due in Pending(account, rater, through))
        {
            // Late usage that would make a document negative waits, and may leave nothing on it.
            var document = DocumentMaker.Make(Now(), rater, due);
            if (document.Items.Count > 0)
            {
                documents.Add(document);
            }
        }

        foreach (var item in ProgressiveItems.Of(account, through))
        {
            if (ProgressiveItems.Due(Now(), rater, item) is { } early)
            {
                documents.Add(DocumentMaker.Make(Now(), rater, early));
            }
        }

        return documents;

        // The account after the documents made so far. Mostly there is one, after which nobody asks.
        Account Now()
        {
            for (; known < documents.Count; known++)
            {
                now = now.After(documents[known]);
            }

            return now;
        }
    }

    /// <summary>A document that was made once, as the account and the usage give it now: refreshing and checking are this.</summary>
    /// <param name="account">Without what the document itself billed and used.</param>
    /// <param name="due">When the document was due, and in which currency.</param>
    /// <param name="keys">The items it has. One that the life does not owe any more is left out.</param>
    /// <exception cref="RuleBroken">Something refuses, such as a tax that is not known.</exception>
    public static BillingDocument Again(
        Account account, IUsageReading usage, (Instant At, Currency Currency) due, IReadOnlySet<ItemKey> keys)
    {
        var rater = new ItemRater(account.Metrics, usage);
        var known = keys.Select(key => key.Identity()).ToHashSet();
        var early = keys.Any(key => DueItem.ReadKind(key.Kind).Kind == DueKind.Progressive);
        var items = Owed(account, rater, due.At).Concat(early ? ProgressiveItems.Owed(account, rater, due.At) : [])
            .Concat(LateAdjustments.Of(account, due.At)
                .Select(late => (Item: late.Item with { DueAt = due.At }, Lines: Unrated, late.Life)))
            .Where(owed => known.Contains(owed.Item.Key.Identity()));
        return DocumentMaker.Make(account, rater, new PendingDocument(due.At, due.Currency, InOrder(items)));
    }

    /// <summary>
    /// What will be asked for all that is used by now: what is due and not billed, and the usage of periods that go on, one document for
    /// each currency. A forecast for wallets; nobody makes these documents.
    /// </summary>
    /// <param name="usage">Answers the questions of each life through its <see cref="Horizon"/>.</param>
    /// <exception cref="RuleBroken">Something refuses, such as a tax that is not known.</exception>
    public static IReadOnlyList<BillingDocument> Forecast(Account account, IUsageReading usage, Instant now)
    {
        var rater = new ItemRater(account.Metrics, usage);
        return
        [
            .. account.Lives
                .SelectMany((life, i) => Owed(account with { Lives = [life] }, rater, Horizon(life, now))
                    .Select(owed => owed with { Life = i }))
                .Where(owed => !account.Billed.ContainsKey(owed.Item.Key) && CountsIn(owed.Item, now))
                .GroupBy(owed => owed.Item.Phase.Terms.Currency)
                .OrderBy(group => group.Key.Code, StringComparer.Ordinal)
                .Select(group => DocumentMaker.Make(
                    account, rater, new PendingDocument(group.Max(owed => owed.Item.DueAt), group.Key, InOrder(group)))),
        ];
    }

    /// <summary>When the usage of the periods that a life is in will be due; now when there is none.</summary>
    public static Instant Horizon(SubscriptionLife life, Instant now) => DueItems.Of(life, now + LongestPeriod)
        .Where(item => item.Kind == DueKind.Usage && item.Moments.Contains(now)).Select(item => item.DueAt).Append(now).Max();

    private static bool CountsIn(DueItem item, Instant now) => item.Kind != DueKind.UnusedFee
        && (item.DueAt <= now || (item.Kind == DueKind.Usage && item.Moments.Start <= now));

    /// <summary>What rating will ask about usage: a caller with a database answers all of it, then calls <see cref="Due"/>.</summary>
    public static IReadOnlyList<UsageQuestion> Questions(Account account, Instant through)
    {
        var rater = new ItemRater(account.Metrics, UsageLog.Empty);
        return [.. account.Lives.SelectMany(life => DueItems.Of(life, through)).Where(item => !account.Billed.ContainsKey(item.Key))
            .Concat(LateAdjustments.Of(account, through).Select(late => late.Item))
            .Concat(ProgressiveItems.Of(account, through)).SelectMany(rater.Questions)];
    }

    /// <summary>What a subscription used in the period that goes on; null when none does.</summary>
    /// <param name="at">Usage before this moment counts.</param>
    public static UsageSoFar? SoFar(Account account, IUsageReading usage, SubscriptionLife life, Instant at) =>
        DueItems.UsageSoFar(life, at) is { } item ? UsageSoFar.Of(account, new ItemRater(account.Metrics, usage), item) : null;

    /// <summary>What <see cref="SoFar"/> will ask about usage.</summary>
    public static IReadOnlyList<UsageQuestion> QuestionsSoFar(Account account, SubscriptionLife life, Instant at) =>
        DueItems.UsageSoFar(life, at) is { } item ? [.. new ItemRater(account.Metrics, UsageLog.Empty).Questions(item)] : [];

    private static IEnumerable<PendingDocument> Pending(Account account, ItemRater rater, Instant through)
    {
        var billed = account.Billed.Values.Where(item => item.Kind == DueKind.UsageInAdvance)
            .Select(item => item.Key.Identity()).ToHashSet();
        var owed = Owed(account, rater, through)
            .Where(due => !account.Billed.ContainsKey(due.Item.Key) && !billed.Contains(due.Item.Key.Identity())).ToList();
        var late = LateAdjustments.With(account, [.. owed.Select(due => (due.Item, due.Life))], through);
        return owed.Concat(late.Select(due => (due.Item, Lines: Unrated, due.Life)))
            .GroupBy(due => (due.Item.DueAt, due.Item.Phase.Terms.Currency))
            .OrderBy(group => group.Key.DueAt).ThenBy(group => group.Key.Currency.Code, StringComparer.Ordinal)
            .Select(group => new PendingDocument(group.Key.DueAt, group.Key.Currency, InOrder(group)));
    }

    private static IReadOnlyList<(DueItem Item, IReadOnlyList<RatedLine>? Lines)> InOrder(
        IEnumerable<(DueItem Item, IReadOnlyList<RatedLine>? Lines, int Life)> items) =>
        [.. items.OrderBy(due => due.Life).ThenBy(due => due.Item.Phase.Number).ThenBy(due => due.Item.Kind)
            .Select(due => (due.Item, due.Lines))];

    // Everything the lives owe by a moment, billed or not.
    private static List<(DueItem Item, IReadOnlyList<RatedLine>? Lines, int Life)> Owed(Account account, ItemRater rater, Instant through)
    {
        var pending = new List<(DueItem Item, IReadOnlyList<RatedLine>? Lines, int Life)>();
        for (var i = 0; i < account.Lives.Count; i++)
        {
            var life = account.Lives[i];
            pending.AddRange(DueItems.Of(life, through).Select(item => (Again(account, item), Unrated, i)));
            if (life.Phases.Any(phase => phase.Terms.Charges.Any(charge => charge.Settings.PayInAdvance)))
            {
                pending.AddRange(rater.EventByEvent(life, through)
                    .Select(rated => (Again(account, rated.Item), (IReadOnlyList<RatedLine>?)rated.Lines, i)));
            }
        }

        return pending;
    }

    private static IReadOnlyList<RatedLine>? Unrated => null;

    private static DueItem Again(Account account, DueItem item) =>
        account.Generations.TryGetValue(item.Key.Identity(), out var generation) ? item with { Generation = generation } : item;
}

/// <summary>What will be one document. Lines are there already where each event is billed by itself.</summary>
internal sealed record PendingDocument(
    Instant DueAt, Currency Currency, IReadOnlyList<(DueItem Item, IReadOnlyList<RatedLine>? Lines)> Items);
