using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.Customers;
using BackOffice.Core.Wallets;
using BackOffice.Data.Mapping;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A customer; an existing one is changed to what the file says.</summary>
public sealed record CustomerEntry(
    string Code,
    string Name,
    Address Address,
    string Zone,
    string? Email = null,
    string? TaxNumber = null,
    string? TaxCode = null,
    string? TaxNote = null,
    int PaymentDays = 14
)
{
    public CustomerDetails Details() => new(Code, Name, Address, Zone, Email, TaxNumber, TaxCode, TaxNote, PaymentDays);
}

/// <summary>A reduction in the catalogue; an existing one is changed to what the file says.</summary>
/// <param name="Withdrawn">Whether it is no longer offered.</param>
public sealed record CouponEntry(
    string Code, string Name, CouponTermsText Terms, LocalDate? ExpiresOn = null, bool Reusable = true, bool Withdrawn = false)
{
    public static CouponEntry Of(Coupon coupon) => new(
        coupon.Code, coupon.Name, CouponTermsText.Of(coupon.Terms), coupon.ExpiresOn, coupon.IsReusable, coupon.WithdrawnAt is not null);
}

/// <summary>A coupon that a customer has and may still use. One that is there already stays as it is.</summary>
/// <param name="GivenAt">When the customer got it, which with the two codes tells it from others.</param>
/// <param name="Used">What an amount that is taken off once has taken off so far, in major units; null for nothing.</param>
/// <param name="InvoicesLeft">How many more invoices a recurring coupon reduces; null for the others.</param>
public sealed record CustomerCouponEntry(
    string Customer, string Coupon, Instant GivenAt, string Name, CouponTermsText Terms, LocalDate? ExpiresOn = null,
    decimal? Used = null, int? InvoicesLeft = null)
{
    public static CustomerCouponEntry Of(AppliedCoupon applied, string customer, string coupon) => new(
        customer, coupon, applied.AppliedAt, applied.Name, CouponTermsText.Of(applied.Terms), applied.ExpiresOn,
        applied.Terms.Reduction is FixedReduction { Amount: var amount } && applied.Progress.UsedMinor > 0
            ? Money.OfMinor(applied.Progress.UsedMinor, amount.Currency).Amount
            : null,
        applied.Progress.InvoicesLeft);

    /// <exception cref="RuleBroken">Something is used of a coupon that does not count it.</exception>
    internal CouponProgress Progress(CouponTerms terms) => Used is not { } used ? new CouponProgress(0, InvoicesLeft)
        : terms.Reduction is FixedReduction { Amount: var amount }
            ? new CouponProgress(Money.Of(used, amount.Currency).MinorUnits, InvoicesLeft)
            : throw new RuleBroken("Only of an amount can a part be used. Leave \"used\" out.");
}

/// <summary>A customer's wallet as finance set it up. Its credits are money and never come from a file: it is opened empty.</summary>
/// <param name="PaysFor">The kinds of lines it pays; null, with <paramref name="Metrics"/>, for every line.</param>
public sealed record CustomerWalletEntry(
    string Customer, string Code, string Name, string Currency, decimal MoneyPerCredit, int Priority = 1,
    IReadOnlyList<PaidFor>? PaysFor = null, IReadOnlyList<string>? Metrics = null, Money? LeastTopUp = null, Money? MostTopUp = null,
    bool TaxesPurchases = false)
{
    public static CustomerWalletEntry Of(Wallet wallet, string customer) => new(
        customer, wallet.Code, wallet.Name, wallet.Currency.Code, CatalogText.Plain(wallet.MoneyPerCredit), wallet.Priority,
        wallet.Scope.Kinds.Count == 0 ? null : wallet.Scope.Kinds, wallet.Scope.MetricCodes.Count == 0 ? null : wallet.Scope.MetricCodes,
        wallet.Limits.Least, wallet.Limits.Most, wallet.TaxesPurchases);

    public CreditRate Rate() => new(MoneyPerCredit, Core.Common.Currency.Of(Currency));

    public WalletDetails Details() => new(
        Name, Priority, WalletScope.Of(PaysFor ?? [], Metrics ?? []), new TopUpLimits(LeastTopUp, MostTopUp), TaxesPurchases);
}
