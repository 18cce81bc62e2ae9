using BackOffice.Core.Wallets;

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
