using System.Text.Json;
using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BackOffice.Data.Mapping;

/// <summary>The terms of a coupon as they are written down: in columns and in catalogue files. Reading checks them again.</summary>
/// <param name="Amount">In major units; null for a percentage.</param>
/// <param name="Currency">Of the amount.</param>
/// <param name="Percent">20 means 20 %; null for an amount.</param>
/// <param name="Frequency">once, recurring or forever.</param>
/// <param name="Invoices">How many invoices a recurring coupon reduces.</param>
/// <param name="Plans">The codes of the plans it is limited to; null when it is not.</param>
/// <param name="Metrics">The codes of the metrics it is limited to; null when it is not.</param>
public sealed record CouponTermsText(
    decimal? Amount, string? Currency, decimal? Percent, string Frequency, int? Invoices = null,
    IReadOnlyList<string>? Plans = null, IReadOnlyList<string>? Metrics = null)
{
    public static CouponTermsText Of(CouponTerms terms)
    {
        var amount = (terms.Reduction as FixedReduction)?.Amount;
        return new(
            amount?.Amount, amount?.Currency.Code, (terms.Reduction as PercentReduction)?.Percent,
            terms.Frequency.ToString().ToLowerInvariant(), terms.Invoices,
            terms.Scope.PlanCodes.Count == 0 ? null : terms.Scope.PlanCodes,
            terms.Scope.MetricCodes.Count == 0 ? null : terms.Scope.MetricCodes);
    }

    /// <exception cref="RuleBroken">The terms contradict each other or lack something.</exception>
    public CouponTerms ToTerms() => new(Reduction(), FrequencyOf(), Invoices, Scope());

    private CouponReduction Reduction() => (Amount, Percent) switch
    {
        ({ } amount, null) => new FixedReduction(Money.Of(amount, Core.Common.Currency.Of(Currency ?? ""))),
        (null, { } percent) => new PercentReduction(percent),
        _ => throw new RuleBroken("A coupon takes off either an amount with its currency or a percentage."),
    };

    private CouponFrequency FrequencyOf() => Enum.TryParse<CouponFrequency>(Frequency, ignoreCase: true, out var frequency)
        ? frequency
        : throw new RuleBroken($"\"{Frequency}\" is no frequency of a coupon. Write once, recurring or forever.");

    private CouponScope Scope() => (Plans, Metrics) switch
    {
        ({ Count: > 0 }, { Count: > 0 }) => throw new RuleBroken("A coupon is limited to plans or to metrics, not to both."),
        ({ Count: > 0 } plans, _) => CouponScope.Plans(plans),
        (_, { Count: > 0 } metrics) => CouponScope.Metrics(metrics),
        _ => CouponScope.Everything,
    };
}

internal sealed class CouponTermsConverter() : ValueConverter<CouponTerms, string>(
    terms => JsonSerializer.Serialize(CouponTermsText.Of(terms), DomainJson.Options),
    text => JsonSerializer.Deserialize<CouponTermsText>(text, DomainJson.Options)!.ToTerms());
