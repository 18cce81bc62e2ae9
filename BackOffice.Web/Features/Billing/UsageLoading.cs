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

    public static async Task<IUsageReading> UsageOf(
        this BackOfficeDb db, Core.Billing.Account account, Instant through, KnownUsage billed, CancellationToken cancel)
    {
        var questions = BillingEngine.Questions(account, through).ToLookup(question => question.Subscription);
        var known = new Dictionary<(SubscriptionId, MetricId, Interval), Measured>();
        var (log, inTime, read) = (UsageLog.Empty, UsageLog.Empty, new Dictionary<SubscriptionId, Interval>());
        foreach (var life in account.Lives)
        {
            foreach (var window in questions[life.Subscription].Where(StoredUsage.IsPlain).GroupBy(question => question.Window.When))
            {
                var metrics = window.Select(question => question.Metric).DistinctBy(metric => metric.Id).ToList();
                foreach (var (metric, measured) in await db.FromRollups(life.Subscription, window.Key, metrics, cancel, billed))
                {
                    known.Add((life.Subscription, metric, window.Key), measured);
                }
            }

            bool IsOpen(UsageQuestion question) => !StoredUsage.IsPlain(question)
                || !known.ContainsKey((question.Subscription, question.Metric.Id, question.Window.When));

            if (Span(life, [.. questions[life.Subscription].Where(IsOpen)], through) is { } span)
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
