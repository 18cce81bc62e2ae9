using BackOffice.Core.Common;
using BackOffice.Core.Wallets;

namespace BackOffice.Web.Features.Wallets;

/// <summary>A wallet while it is typed.</summary>
public sealed class WalletDraft
{
    public string? Name { get; set; }

    public string? Code { get; set; }

    public string CurrencyCode { get; set; } = "EUR";

    /// <summary>What a credit is worth, in major units.</summary>
    public decimal? MoneyPerCredit { get; set; } = 1;

    public decimal? Priority { get; set; } = 50;

    public HashSet<PaidFor> Kinds { get; } = [];

    public HashSet<string> MetricCodes { get; } = new(StringComparer.Ordinal);

    public decimal? Least { get; set; }

    public decimal? Most { get; set; }

    public bool TaxesPurchases { get; set; }

    public static WalletDraft Of(WalletView wallet)
    {
        var draft = new WalletDraft
        {
            Name = wallet.Details.Name,
            Code = wallet.Row.Code,
            CurrencyCode = wallet.Rate.Currency.Code,
            MoneyPerCredit = wallet.Rate.MoneyPerCredit,
            Priority = wallet.Details.Priority,
            Least = wallet.Details.Limits.Least?.Amount,
            Most = wallet.Details.Limits.Most?.Amount,
            TaxesPurchases = wallet.Details.TaxesPurchases,
        };
        draft.Kinds.UnionWith(wallet.Details.Scope.Kinds);
        draft.MetricCodes.UnionWith(wallet.Details.Scope.MetricCodes);
        return draft;
    }

    /// <exception cref="RuleBroken">The worth of a credit is missing or out of bounds.</exception>
    public CreditRate ToRate() =>
        new(MoneyPerCredit ?? throw new RuleBroken("Enter what a credit is worth."), Currency.Of(CurrencyCode));

    /// <exception cref="RuleBroken">The priority is missing, or the limits contradict each other.</exception>
    public WalletDetails ToDetails() => new(
        Name ?? "", (int)(Priority ?? throw new RuleBroken("Enter the priority.")),
        WalletScope.Of([.. Kinds.Order()], [.. MetricCodes.Order(StringComparer.Ordinal)]),
        new TopUpLimits(LimitOf(Least), LimitOf(Most)), TaxesPurchases);

    private Money? LimitOf(decimal? amount) => amount is { } given ? Money.Of(given, Currency.Of(CurrencyCode)) : null;
}
