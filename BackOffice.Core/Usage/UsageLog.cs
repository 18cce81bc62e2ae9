using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Usage;

/// <summary>Usage that is all in memory: for previews, simulations and tests.</summary>
public sealed class UsageLog : IUsageReading
{
    private readonly Dictionary<SubscriptionId, List<UsageEvent>> _events = [];

    /// <summary>Nobody used anything.</summary>
    public static UsageLog Empty { get; } = new();

    /// <summary>The log with more events of a subscription, in any order.</summary>
    public UsageLog With(SubscriptionId subscription, IEnumerable<UsageEvent> events)
    {
        var log = new UsageLog();
        foreach (var (id, known) in _events)
        {
            log._events[id] = known;
        }

        log._events[subscription] =
            [.. _events.GetValueOrDefault(subscription, []).Concat(events).OrderBy(usage => usage.At).ThenBy(usage => usage.Id)];
        return log;
    }

    /// <inheritdoc/>
    public IReadOnlyList<UsageGroup> Measure(UsageQuestion question)
    {
        var settings = question.Charge.Settings;
        return UsageSplit.Of(
            _events.GetValueOrDefault(question.Subscription, []), question.Metric, [.. settings.Filters.Select(filter => filter.Filter)],
            settings.GroupKeys, question.Window, question.Needs).Groups;
    }

    /// <inheritdoc/>
    public IReadOnlyList<UsageEvent> Events(UsageQuestion question) =>
    [
        .. _events.GetValueOrDefault(question.Subscription, [])
            .Where(usage => !question.Window.Excludes(usage.At, question.Metric.Recurring)),
    ];
}
