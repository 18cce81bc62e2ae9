using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Wallets;
using NodaTime;

namespace BackOffice.Core.Thresholds;

public readonly record struct AlertId(Guid Value) : IId<AlertId>
{
    public static AlertId From(Guid value) => new(value);

    public static AlertId New() => new(Guid.CreateVersion7());
}

/// <summary>What an alert looks at.</summary>
public enum AlertSubject
{
    /// <summary>The amount of this period's usage, in minor units.</summary>
    UsageAmount,

    /// <summary>The amount of one metric's usage in this period, in minor units.</summary>
    MetricAmount,

    /// <summary>The units of one metric in this period.</summary>
    MetricUnits,

    /// <summary>The amount of all usage since the subscription began, in minor units.</summary>
    LifetimeAmount,

    /// <summary>The units of one metric since the subscription began.</summary>
    LifetimeMetricUnits,

    /// <summary>What a wallet holds, in minor units; it falls.</summary>
    WalletBalance,

    /// <summary>What a wallet will be worth when all usage is paid, in minor units; it falls.</summary>
    WalletOngoingBalance,
}

/// <summary>Tells when a value crosses a level. It remembers the value it saw last, so nothing is told twice.</summary>
/// <remarks>A period's usage begins at zero again, so each period can cross a level once more; usage of a life never does.</remarks>
public sealed class Alert
{
    private Alert()
    {
    }

    public AlertId Id { get; private init; }

    /// <summary>What its entries are headed with.</summary>
    public string Name { get; private init; } = null!;

    public AlertSubject Subject { get; private init; }

    /// <summary>Whose usage it looks at; null when it looks at a wallet.</summary>
    public SubscriptionId? SubscriptionId { get; private init; }

    /// <summary>The wallet it looks at; null when it looks at usage.</summary>
    public WalletId? WalletId { get; private init; }

    /// <summary>The metric it looks at; null when the subject is no metric.</summary>
    public string? MetricCode { get; private init; }

    /// <summary>The currency of its amounts; null when it looks at units.</summary>
    public Currency? Currency { get; private init; }

    public AlertLevels Levels { get; private init; } = null!;

    /// <summary>The value it saw last; at first zero, or what was there when it was defined.</summary>
    public decimal LastValue { get; private set; }

    /// <summary>The first day of the period that value is of; null when it is of no period.</summary>
    public LocalDate? PeriodFrom { get; private set; }

    public Instant? CheckedAt { get; private set; }

    /// <summary>How many looks told something. The database lets each tell a level once.</summary>
    public int Told { get; private set; }

    /// <summary>When somebody ended it; null while it looks.</summary>
    public Instant? EndedAt { get; private set; }

    /// <summary>Whether its values are amounts in minor units, not units of a metric.</summary>
    public bool IsMoney => Currency is not null;

    /// <exception cref="RuleBroken">The name is missing, the metric or the currency is missing or not asked for, or the levels go the
    /// wrong way.</exception>
    public static Alert OnUsage(
        SubscriptionId subscription, string name, AlertSubject subject, AlertLevels levels, Currency? currency, string? metricCode = null)
    {
        var needsMetric = subject is AlertSubject.MetricAmount or AlertSubject.MetricUnits or AlertSubject.LifetimeMetricUnits;
        if (needsMetric != metricCode is not null)
        {
            throw new RuleBroken(needsMetric ? "Name the metric the alert looks at." : "This alert looks at no single metric.");
        }

        var isMoney = subject is not (AlertSubject.MetricUnits or AlertSubject.LifetimeMetricUnits);
        Check(subject, levels, (isMoney, currency));
        return new()
        {
            Id = AlertId.New(),
            Name = Text.Required(name, "Name"),
            Subject = subject,
            SubscriptionId = subscription,
            MetricCode = metricCode is null ? null : Code.Check(metricCode, "Metric code"),
            Levels = levels,
            Currency = currency,
        };
    }

    /// <exception cref="RuleBroken">The name is missing, or the levels go the wrong way.</exception>
    public static Alert OnWallet(WalletId wallet, string name, AlertSubject subject, AlertLevels levels, Currency currency)
    {
        if (subject is not (AlertSubject.WalletBalance or AlertSubject.WalletOngoingBalance))
        {
            throw new RuleBroken("An alert on a wallet looks at its balance.");
        }

        Check(subject, levels, (true, currency));
        return new()
        {
            Id = AlertId.New(),
            Name = Text.Required(name, "Name"),
            Subject = subject,
            WalletId = wallet,
            Levels = levels,
            Currency = currency,
        };
    }

    /// <summary>Takes what is there as seen: what lies behind it is not told.</summary>
    public void Begin(decimal value, Instant now, LocalDate? periodFrom = null) =>
        (LastValue, CheckedAt, PeriodFrom) = (value, now, periodFrom);

    /// <summary>Looks at a new value and remembers it.</summary>
    /// <param name="periodFrom">The first day of the period it is of; null when it is of none. A new period begins at zero.</param>
    /// <returns>An entry for each level it crossed since the last look, in ascending order.</returns>
    /// <exception cref="RuleBroken">The alert was ended.</exception>
    public IReadOnlyList<AlertEntry> Look(decimal value, Instant now, LocalDate? periodFrom = null)
    {
        if (EndedAt is not null)
        {
            throw new RuleBroken($"The alert {Name} was ended and looks no more.");
        }

        var crossed = Levels.Crossed(periodFrom == PeriodFrom ? LastValue : 0, value);
        Told += crossed.Count > 0 ? 1 : 0;
        Begin(value, now, periodFrom);
        return [.. crossed.Select(level => AlertEntry.Of(this, level, value, now))];
    }

    /// <summary>It looks no more; what it told stays.</summary>
    /// <exception cref="RuleBroken">It was ended before.</exception>
    public void End(Instant now) =>
        EndedAt = EndedAt is null ? now : throw new RuleBroken($"The alert {Name} was ended already.");

    private static void Check(AlertSubject subject, AlertLevels levels, (bool IsMoney, Currency? Currency) amounts)
    {
        var falls = subject is AlertSubject.WalletBalance or AlertSubject.WalletOngoingBalance;
        if (falls != (levels.Direction == AlertDirection.Falling))
        {
            throw new RuleBroken(falls
                ? "An alert on a wallet is for a balance that falls."
                : "An alert on usage is for usage that rises.");
        }

        if (amounts.IsMoney != amounts.Currency is not null)
        {
            throw new RuleBroken(amounts.IsMoney ? "Name the currency of the alert." : "Units have no currency.");
        }
    }
}
