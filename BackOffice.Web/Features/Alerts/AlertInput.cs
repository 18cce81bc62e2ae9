using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Wallets;

namespace BackOffice.Web.Features.Alerts;

/// <summary>An alert as it is typed in, on a subscription or on a wallet.</summary>
/// <param name="Levels">In major units of the currency, or units of the metric.</param>
/// <param name="Step">The distance that repeats beyond the outermost level; null when nothing repeats.</param>
public sealed record AlertInput(string Name, AlertSubject Subject, IReadOnlyList<decimal> Levels, decimal? Step = null)
{
    public SubscriptionId? Subscription { get; init; }

    public WalletId? Wallet { get; init; }

    /// <summary>The metric's code; null when the subject is no metric.</summary>
    public string? MetricCode { get; init; }
}
