using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Rating;

/// <summary>Everything about a subscription that decides what it costs.</summary>
/// <param name="Metrics">The metrics the version's charges name, by id.</param>
public sealed record Terms(
    SubscriptionId Subscription, string SubscriptionCode, string PlanName, PlanVersion Version,
    IReadOnlyDictionary<MetricId, Metric> Metrics);
