using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Wallets;

namespace BackOffice.Web.Features.Alerts;

/// <summary>A level while it is typed.</summary>
public sealed class LevelDraft
{
    public decimal? Value { get; set; }
}

/// <summary>An alert while it is typed.</summary>
public sealed class AlertDraft
{
    public string? Name { get; set; }

    public AlertSubject Subject { get; set; }

    public string? MetricCode { get; set; }

    public List<LevelDraft> Levels { get; } = [new()];

    public decimal? Step { get; set; }

    /// <summary>Whether it looks at one metric.</summary>
    public bool NeedsMetric => Subject is AlertSubject.MetricAmount or AlertSubject.MetricUnits or AlertSubject.LifetimeMetricUnits;

    /// <summary>Whether its levels are units, not amounts.</summary>
    public bool IsUnits => Subject is AlertSubject.MetricUnits or AlertSubject.LifetimeMetricUnits;

    /// <exception cref="RuleBroken">The metric is missing.</exception>
    public AlertInput ToInput(SubscriptionId? subscription, WalletId? wallet) => new(
        Name ?? "", Subject, [.. Levels.Select(level => level.Value).OfType<decimal>()], Step)
    {
        Subscription = subscription,
        Wallet = wallet,
        MetricCode = !NeedsMetric ? null
            : MetricCode is { Length: > 0 } metric ? metric : throw new RuleBroken("Choose the metric the alert looks at."),
    };
}
