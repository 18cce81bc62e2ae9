using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
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

    public static Task<IUsageReading> UsageOf(
        this BackOfficeDb db, Core.Billing.Account account, Instant through, KnownUsage billed, CancellationToken cancel) =>
        db.UsageOf([(account, through)], billed, cancel);

    /// <summary>The usage of many accounts: what was added up is read for all of them at once, stretch of time by stretch.</summary>
    public static async Task<IUsageReading> UsageOf(
        this BackOfficeDb db, IReadOnlyList<(Core.Billing.Account Account, Instant Through)> accounts, KnownUsage billed,
        CancellationToken cancel)
    {
        var asked = accounts.SelectMany(a => BillingEngine.Questions(a.Account, a.Through)).ToList();
        var known = new Dictionary<(SubscriptionId, MetricId, Interval), Measured>();
        foreach (var window in asked.Where(StoredUsage.IsPlain).GroupBy(question => question.Window.When))
        {
            var subscriptions = window.Select(question => question.Subscription).Distinct().ToList();
            var metrics = window.Select(question => question.Metric).DistinctBy(metric => metric.Id).ToList();
            foreach (var (subscription, metric, measured) in await db.FromRollups(subscriptions, window.Key, metrics, cancel, billed))
            {
                known[(subscription, metric, window.Key)] = measured;
            }
        }

        bool IsOpen(UsageQuestion question) => !StoredUsage.IsPlain(question)
            || !known.ContainsKey((question.Subscription, question.Metric.Id, question.Window.When));

        var open = asked.Where(IsOpen).ToLookup(question => question.Subscription);
        var (log, inTime, read) = (UsageLog.Empty, UsageLog.Empty, new Dictionary<SubscriptionId, Interval>());
        foreach (var (life, through) in accounts.SelectMany(a => a.Account.Lives.Select(life => (life, a.Through))))
        {
            if (Span(life, [.. open[life.Subscription]], through) is { } span)
            {
                var events = await db.Usage(billed.Of(EventQuery.In(life.Subscription, span)), cancel: cancel).ToListAsync(cancel);
                log = log.With(life.Subscription, events.Select(e => e.AsUsage()));
                inTime = inTime.With(life.Subscription, events.Where(e => !e.IsLate).Select(e => e.AsUsage()));
                read.Add(life.Subscription, span);
            }
        }

        return new StoredUsage(known, log, read) { InTime = inTime };
    }

    // What is carried on, and what is billed event by event, is known only from all that happened before.
    private static Interval? Span(SubscriptionLife life, IReadOnlyList<UsageQuestion> questions, Instant through)
    {
        var byEvent = life.Phases.Any(phase => phase.Terms.Charges.Any(charge => charge.Settings.PayInAdvance));
        if (questions.Count == 0 && !byEvent)
        {
            return null;
        }

        var from = byEvent || questions.Any(question => question.Metric.Recurring)
            ? life.First.From
            : questions.Min(question => question.Window.When.Start);
        var to = byEvent ? through + Next : from;
        foreach (var question in questions)
        {
            to = Instant.Max(to, question.Window.When.End);
        }

        return to > from ? new Interval(from, to) : null;
    }
}
