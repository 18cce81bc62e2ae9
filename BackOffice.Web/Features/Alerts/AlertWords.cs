using BackOffice.Core.Common;
using BackOffice.Core.Thresholds;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Alerts;

/// <summary>What pages say about alerts.</summary>
internal static class AlertWords
{
    /// <summary>What it looks at, as a choice of a form.</summary>
    public static string Of(AlertSubject subject) => subject switch
    {
        AlertSubject.UsageAmount => "What usage of this period costs",
        AlertSubject.MetricAmount => "What usage of one metric costs in this period",
        AlertSubject.MetricUnits => "Units of one metric in this period",
        AlertSubject.LifetimeAmount => "What all usage cost since the start",
        AlertSubject.LifetimeMetricUnits => "Units of one metric since the start",
        AlertSubject.WalletBalance => "What the wallet holds",
        _ => "What the wallet holds after invoices that are not issued yet",
    };

    /// <summary>"Usage of this period", with the metric where there is one.</summary>
    public static string Of(Alert alert) => alert.MetricCode is { } metric ? $"{Of(alert.Subject)}: {metric}" : Of(alert.Subject);

    /// <summary>"200.00 EUR", or "1,500" units.</summary>
    public static string Value(decimal value, Currency? currency) =>
        currency is null ? MoneyText.Quantity(value) : MoneyText.Of(Money.OfMinor((long)value, currency));

    /// <summary>"200.00 EUR, 500.00 EUR, then every 100.00 EUR".</summary>
    public static string Levels(Alert alert)
    {
        var levels = string.Join(", ", alert.Levels.Levels.Select(level => Value(level, alert.Currency)));
        return (levels, alert.Levels.Step) switch
        {
            (_, null) => levels,
            ("", { } step) => $"every {Value(step, alert.Currency)}",
            (_, { } step) => $"{levels}, then every {Value(step, alert.Currency)}",
        };
    }

    /// <summary>"reached 200.00 EUR: 220.00 EUR now", or "fell to" for a wallet.</summary>
    public static string Crossed(Alert alert, decimal level, decimal value) =>
        $"{(alert.Levels.Direction == AlertDirection.Rising ? "reached" : "fell to")} {Value(level, alert.Currency)}: "
        + $"{Value(value, alert.Currency)} when it was noticed";
}
