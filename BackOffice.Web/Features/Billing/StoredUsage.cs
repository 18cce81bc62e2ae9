using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>What was used, as the store told before rating asks: from its rollups, and from events where only they can tell.</summary>
internal sealed class StoredUsage(
    IReadOnlyDictionary<(SubscriptionId, MetricId, Interval), Measured> known, UsageLog events,
    IReadOnlyDictionary<SubscriptionId, Interval> read)
    : IUsageReading
{
    private static readonly Dictionary<string, string?> NoGroup = [];

    /// <summary>The events that were there before their period was closed; null when all were.</summary>
    public UsageLog? InTime { get; init; }

    /// <summary>Whether one quantity is all that is asked for: no filters, groups, single values, days or units carried over.</summary>
    public static bool IsPlain(UsageQuestion question) =>
        question.Needs == MeterNeeds.Nothing && !question.Metric.Recurring
        && question.Charge.Settings is { Filters.Count: 0, GroupKeys.Count: 0 };

    /// <inheritdoc/>
    public IReadOnlyList<UsageGroup> Measure(UsageQuestion question) =>
        IsPlain(question) && known.TryGetValue((question.Subscription, question.Metric.Id, question.Window.When), out var measured)
            ? [new UsageGroup(null, NoGroup, measured)]
            : Read(question).Measure(question);

    /// <inheritdoc/>
    /// <remarks>A late event is not billed as it happens, since those after it were billed without it. It stays listed.</remarks>
    public IReadOnlyList<UsageEvent> Events(UsageQuestion question)
    {
        _ = Read(question);
        return (InTime ?? events).Events(question);
    }

    // An answer from events that were never read would be a bill without usage.
    private UsageLog Read(UsageQuestion question)
    {
        var when = question.Window.When;
        return read.TryGetValue(question.Subscription, out var span) && span.Start <= when.Start && when.End <= span.End
            ? events
            : throw new InvalidOperationException($"Nobody read the usage of {question.Metric.Code} in {when}.");
    }
}
