using BackOffice.Core.Common;
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
public sealed class Alert
{
    private Alert()
    {
    }

    public AlertId Id { get; private init; }

    /// <summary>How files and people name the alert.</summary>
    public string Code { get; private init; } = null!;

    public string Name { get; private set; } = null!;

    public AlertSubject Subject { get; private init; }

    /// <summary>The metric it looks at; null when the subject is no metric.</summary>
    public string? MetricCode { get; private init; }

    public AlertLevels Levels { get; private set; } = null!;

    /// <summary>The value it saw last; at first zero, or what the wallet holds.</summary>
    public decimal LastValue { get; private set; }

    public Instant? CheckedAt { get; private set; }

    /// <param name="startValue">The value at present: what lies behind it is not told.</param>
    /// <exception cref="RuleBroken">A field is missing or malformed, the metric is missing or not asked for, or the levels go the wrong
    /// way.</exception>
    public static Alert Create(
        string code, string name, AlertSubject subject, AlertLevels levels, decimal startValue = 0, string? metricCode = null)
    {
        var needsMetric = subject is AlertSubject.MetricAmount or AlertSubject.MetricUnits or AlertSubject.LifetimeMetricUnits;
        if (needsMetric != metricCode is not null)
        {
            throw new RuleBroken(needsMetric ? "Name the metric the alert looks at." : "This alert looks at no single metric.");
        }

        return new()
        {
            Id = AlertId.New(),
            Code = Common.Code.Check(code, "Alert code"),
            Name = Text.Required(name, "Name"),
            Subject = subject,
            MetricCode = metricCode is null ? null : Common.Code.Check(metricCode, "Metric code"),
            Levels = Fitting(subject, levels),
            LastValue = startValue,
        };
    }

    /// <summary>Changes the levels; those that the last value lies beyond are not told again.</summary>
    /// <exception cref="RuleBroken">The name is missing, or the levels go the wrong way.</exception>
    public void Edit(string name, AlertLevels levels) => (Name, Levels) = (Text.Required(name, "Name"), Fitting(Subject, levels));

    /// <summary>Looks at a new value and remembers it.</summary>
    /// <returns>The levels it crossed since the last look, in ascending order.</returns>
    public IReadOnlyList<decimal> Look(decimal value, Instant now)
    {
        var crossed = Levels.Crossed(LastValue, value);
        (LastValue, CheckedAt) = (value, now);
        return crossed;
    }

    private static AlertLevels Fitting(AlertSubject subject, AlertLevels levels)
    {
        var falls = subject is AlertSubject.WalletBalance or AlertSubject.WalletOngoingBalance;
        return falls == (levels.Direction == AlertDirection.Falling)
            ? levels
            : throw new RuleBroken(falls
                ? "An alert on a wallet is for a balance that falls."
                : "An alert on usage is for usage that rises.");
    }
}
