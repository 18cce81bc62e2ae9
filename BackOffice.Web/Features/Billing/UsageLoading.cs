using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Reads what the engine will ask about usage, all of it at once.</summary>
internal static class UsageLoading
{
    // Usage is kept to the microsecond: the first moment after another.
    private static readonly Duration Next = Duration.FromTicks(10);

    /// <param name="more">Events that are not stored, and count as if they were.</param>
    public static Task<IUsageReading> UsageOf(
        this BackOfficeDb db, Core.Billing.Account account, Instant through, KnownUsage billed, CancellationToken cancel,
        ILookup<SubscriptionId, UsageEvent>? more = null) =>
        db.UsageOf([(account, through)], billed, cancel, more);

    /// <summary>What a life used in the period that goes on, and nothing else.</summary>
    public static Task<IUsageReading> UsageSoFar(
        this BackOfficeDb db, Core.Billing.Account account, SubscriptionLife life, Instant at, CancellationToken cancel) =>
        db.Read(BillingEngine.QuestionsSoFar(account, life, at), [(life, null)], KnownUsage.Now, cancel);

    /// <summary>The usage of many accounts: what was added up is read for all of them at once, stretch of time by stretch.</summary>
    /// <param name="billed">Which usage counts.</param>
    /// <param name="more">Events that are not stored, and count as if they were.</param>
    /// <param name="atMost">How many events of a subscription may be read one by one; null for all there are.</param>
    /// <exception cref="RuleBroken">There are more events than may be read.</exception>
    public static Task<IUsageReading> UsageOf(
        this BackOfficeDb db, IReadOnlyList<(Core.Billing.Account Account, Instant Through)> accounts, KnownUsage billed,
        CancellationToken cancel, ILookup<SubscriptionId, UsageEvent>? more = null, long? atMost = null) =>
        db.Read(
            [.. accounts.SelectMany(a => BillingEngine.Questions(a.Account, a.Through))],
            accounts.SelectMany(a => a.Account.Lives.Select(life => (life, (Instant?)a.Through))), billed, cancel, more, atMost);

    /// <param name="lives">Each with the moment until which single events are billed; null when none are asked for.</param>
    private static async Task<IUsageReading> Read(
        this BackOfficeDb db, IReadOnlyList<UsageQuestion> asked, IEnumerable<(SubscriptionLife Life, Instant? Through)> lives,
        KnownUsage billed, CancellationToken cancel, ILookup<SubscriptionId, UsageEvent>? more = null, long? atMost = null)
    {
        var known = new Dictionary<(SubscriptionId, MetricId, Interval), Measured>();
        foreach (var window in asked.Where(StoredUsage.IsPlain).GroupBy(question => question.Window.When))
        {
            var subscriptions = window.Select(question => question.Subscription).Distinct().ToList();
            var metrics = window.Select(question => question.Metric).DistinctBy(metric => metric.Id).ToList();
            foreach (var (subscription, metric, measured) in await db.FromRollups(subscriptions, window.Key, metrics, cancel, billed, more))
            {
                known[(subscription, metric, window.Key)] = measured;
            }
        }

        bool IsOpen(UsageQuestion question) => !StoredUsage.IsPlain(question)
            || !known.ContainsKey((question.Subscription, question.Metric.Id, question.Window.When));

        var open = asked.Where(IsOpen).ToLookup(question => question.Subscription);
        var (log, inTime, read) = (UsageLog.Empty, UsageLog.Empty, new Dictionary<SubscriptionId, Interval>());
        foreach (var (life, through) in lives)
        {
            if (Span(life, [.. open[life.Subscription]], through) is { } span)
            {
                if (atMost is { } most && await db.CountUsage(EventQuery.In(life.Subscription, span), cancel) > most)
                {
                    throw new RuleBroken($"Subscription {life.Code} has more usage than can be added up while you wait.");
                }

                var stored = await db.Usage(billed.Of(EventQuery.In(life.Subscription, span)), cancel: cancel).ToListAsync(cancel);
                var added = (more?[life.Subscription] ?? []).Where(usage => span.Contains(usage.At)).ToList();
                log = log.With(life.Subscription, stored.Select(e => e.AsUsage()).Concat(added));
                inTime = inTime.With(life.Subscription, stored.Where(e => !e.IsLate).Select(e => e.AsUsage()).Concat(added));
                read.Add(life.Subscription, span);
            }
        }

        return new StoredUsage(known, log, read) { InTime = inTime };
    }

    // What is carried on, and what is billed event by event, is known only from all that happened before.
    private static Interval? Span(SubscriptionLife life, IReadOnlyList<UsageQuestion> questions, Instant? through)
    {
        var byEvent = through is not null && life.Phases.Any(phase => phase.Terms.Charges.Any(charge => charge.Settings.PayInAdvance));
        if (questions.Count == 0 && !byEvent)
        {
            return null;
        }

        var from = byEvent || questions.Any(question => question.Metric.Recurring)
            ? life.First.From
            : questions.Min(question => question.Window.When.Start);
        var to = byEvent ? through!.Value + Next : from;
        foreach (var question in questions)
        {
            to = Instant.Max(to, question.Window.When.End);
        }

        return to > from ? new Interval(from, to) : null;
    }
}
