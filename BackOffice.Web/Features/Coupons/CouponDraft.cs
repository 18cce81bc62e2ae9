using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using NodaTime;

namespace BackOffice.Web.Features.Coupons;

/// <summary>What a coupon may be limited to.</summary>
public enum CouponLimit
{
    Nothing,
    Plans,
    Metrics,
}

/// <summary>A coupon while it is typed.</summary>
public sealed class CouponDraft
{
    public string? Name { get; set; }

    public string? Code { get; set; }

    public bool IsPercent { get; set; } = true;

    public decimal? Percent { get; set; }

    public decimal? Amount { get; set; }

    public string CurrencyCode { get; set; } = "EUR";

    public CouponFrequency Frequency { get; set; }

    public decimal? Invoices { get; set; } = 3;

    public CouponLimit Limit { get; set; }

    /// <summary>The codes of what it is limited to.</summary>
    public HashSet<string> Codes { get; } = new(StringComparer.Ordinal);

    public LocalDate? ExpiresOn { get; set; }

    public bool IsReusable { get; set; } = true;

    public static CouponDraft Of(CouponInput input)
    {
        var (amount, scope) = ((input.Terms.Reduction as FixedReduction)?.Amount, input.Terms.Scope);
        var draft = new CouponDraft
        {
            Name = input.Name,
            Code = input.Code,
            IsPercent = amount is null,
            Percent = (input.Terms.Reduction as PercentReduction)?.Percent,
            Amount = amount?.Amount,
            CurrencyCode = amount?.Currency.Code ?? "EUR",
            Frequency = input.Terms.Frequency,
            Invoices = input.Terms.Invoices ?? 3,
            Limit = scope.PlanCodes.Count > 0 ? CouponLimit.Plans : scope.MetricCodes.Count > 0 ? CouponLimit.Metrics : CouponLimit.Nothing,
            ExpiresOn = input.ExpiresOn,
            IsReusable = input.IsReusable,
        };
        draft.Codes.UnionWith(scope.PlanCodes.Concat(scope.MetricCodes));
        return draft;
    }

    /// <exception cref="RuleBroken">Something is missing, or the rules of coupons refuse it.</exception>
    public CouponInput ToInput() => new(Code ?? "", Name ?? "", ToTerms(), ExpiresOn, IsReusable);

    /// <exception cref="RuleBroken">Something is missing, or the rules of coupons refuse it.</exception>
    public CouponTerms ToTerms() => new(
        IsPercent
            ? new PercentReduction(Percent ?? throw new RuleBroken("Enter the percentage."))
            : new FixedReduction(Money.Of(Amount ?? throw new RuleBroken("Enter the amount."), Currency.Of(CurrencyCode))),
        Frequency,
        Frequency == CouponFrequency.Recurring ? (int?)(Invoices ?? throw new RuleBroken("Enter how many invoices are reduced.")) : null,
        Limit switch
        {
            CouponLimit.Plans => CouponScope.Plans([.. Codes.Order(StringComparer.Ordinal)]),
            CouponLimit.Metrics => CouponScope.Metrics([.. Codes.Order(StringComparer.Ordinal)]),
            _ => CouponScope.Everything,
        });

    /// <summary>The terms as a sentence, or what is missing.</summary>
    public string InWords()
    {
        try
        {
            return char.ToUpperInvariant(ToTerms().InWords()[0]) + ToTerms().InWords()[1..] + ".";
        }
        catch (RuleBroken refusal)
        {
            return refusal.Message;
        }
    }
}
