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

    /// <param name="more">Events that are not stored, and count as if they were.</param>
    public static async Task<IUsageReading> UsageOf(
        this BackOfficeDb db, Core.Billing.Account account, Instant through, CancellationToken cancel,
        ILookup<SubscriptionId, UsageEvent>? more = null)
    {
        var questions = BillingEngine.Questions(account, through).ToLookup(question => question.Subscription);
        var known = new Dictionary<(SubscriptionId, MetricId, Interval), Measured>();
        var (log, read) = (UsageLog.Empty, new Dictionary<SubscriptionId, Interval>());
        foreach (var life in account.Lives)
        {
            IReadOnlyList<UsageEvent> added = [.. more?[life.Subscription] ?? []];
            foreach (var window in questions[life.Subscription].Where(StoredUsage.IsPlain).GroupBy(question => question.Window.When))
            {
                var metrics = window.Select(question => question.Metric).DistinctBy(metric => metric.Id).ToList();
                foreach (var (metric, measured) in await db.FromRollups(life.Subscription, window.Key, metrics, cancel, added))
                {
                    known.Add((life.Subscription, metric, window.Key), measured);
                }
            }

            bool IsOpen(UsageQuestion question) => !StoredUsage.IsPlain(question)
                || !known.ContainsKey((question.Subscription, question.Metric.Id, question.Window.When));

            if (Span(life, [.. questions[life.Subscription].Where(IsOpen)], through) is { } span)
            {
                var stored = await db.BillableEvents(life.Subscription, span, cancel).ToListAsync(cancel);
                log = log.With(life.Subscription, stored.Concat(added.Where(usage => span.Contains(usage.At))));
                read.Add(life.Subscription, span);
            }
        }

        return new StoredUsage(known, log, read);
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
