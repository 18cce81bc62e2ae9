using BackOffice.Core.Wallets;
using BackOffice.Web.Features.Catalog;

namespace BackOffice.Web.Features.Wallets;

/// <summary>How pages speak of wallets.</summary>
public static class WalletWords
{
    public static string Of(PaidFor kind) => kind switch
    {
        PaidFor.BaseFee => "Base fees",
        PaidFor.Usage => "Usage",
        PaidFor.FixedCharge => "Fixed charges",
        PaidFor.Commitment => "Commitments",
        _ => "Other lines",
    };

    /// <summary>"Everything", or what it is limited to.</summary>
    public static string Of(WalletScope scope) => scope is { Kinds.Count: 0, MetricCodes.Count: 0 }
        ? "Everything"
        : string.Join(", ", scope.Kinds.Select(Of).Concat(scope.MetricCodes.Select(code => $"usage of {code}")));

    /// <summary>"When 10 credits or fewer are left: buys 60 credits."</summary>
    public static string Of(TopUpRule rule)
    {
        var when = rule.Trigger switch
        {
            EveryInterval every => $"Every {IntervalWords.Of(every.Interval)}, counted from {Shared.DateText.Day(every.Anchor)}",
            BelowThreshold below => $"When the ongoing balance is not above {Credits(below.Credits)}",
            _ => "Never",
        };
        var what = rule.Method switch
        {
            FixedTopUp { Paid: > 0, Granted: > 0 } top => $"buys {Credits(top.Paid)} and grants {Credits(top.Granted)}",
            FixedTopUp { Paid: > 0 } top => $"buys {Credits(top.Paid)}",
            FixedTopUp top => $"grants {Credits(top.Granted)}",
            TargetTopUp { IsGranted: true } fill => $"grants what is missing to {Credits(fill.Target)}",
            TargetTopUp fill => $"buys what is missing to {Credits(fill.Target)}",
            _ => "adds nothing",
        };
        return $"{when}: {what}.";
    }

    private static string Credits(decimal credits) => $"{Shared.MoneyText.Quantity(credits)} credits";

    public static string Of(WalletEntryKind kind) => kind switch
    {
        WalletEntryKind.GivenBack => "Given back",
        WalletEntryKind.Lost => "Lost at the end",
        _ => kind.ToString(),
    };

    /// <summary>"From 1.00 EUR to 500.00 EUR", or that there are none.</summary>
    public static string Of(TopUpLimits limits) => limits switch
    {
        { Least: { } least, Most: { } most } => $"{Shared.MoneyText.Of(least)} to {Shared.MoneyText.Of(most)}",
        { Least: { } least } => $"At least {Shared.MoneyText.Of(least)}",
        { Most: { } most } => $"At most {Shared.MoneyText.Of(most)}",
        _ => "No limits",
    };
}
