using BackOffice.Core.Billing;
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
        this BackOfficeDb db, Core.Billing.Account account, Instant through, CancellationToken cancel)
    {
        var questions = BillingEngine.Questions(account, through).ToLookup(question => question.Subscription);
        var log = UsageLog.Empty;
        foreach (var life in account.Lives)
        {
            if (Span(life, [.. questions[life.Subscription]], through) is { } span)
            {
                log = log.With(life.Subscription, await db.BillableEvents(life.Subscription, span, cancel).ToListAsync(cancel));
            }
        }

        return log;
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
