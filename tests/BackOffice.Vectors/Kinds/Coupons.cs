using BackOffice.Core.Common;
using BackOffice.Core.Coupons;

namespace BackOffice.Vectors.Kinds;

internal static class Coupons
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("amount", Amount),
        new("apply_one", ApplyOne),
        new("apply_many", ApplyMany),
        new("invoice_breakdown", Breakdown),
    ];

    private static void Amount(Vector vector, Check check)
    {
        var coupon = Coupon(vector.Input, "EUR", vector.Input);
        var left = Money.OfMinor(vector.Input["base_cents"].Minor, Currency.Of("EUR"));
        check.That("amount_cents", coupon.Progress.AmountOf(coupon.Terms, left).MinorUnits);
    }

    private static void ApplyOne(Vector vector, Check check)
    {
        var limits = vector.Input["limited"].IsThere ? vector.Input["limited"] : vector.Input;
        var coupon = Coupon(vector.Input, InvoiceCurrency(vector), limits);
        var applied = Apply(vector, [coupon], [limits]);
        var credit = applied.Credits.SingleOrDefault();
        check.IfExpected("credit_cents", () => Credit(vector.Expected["credit_cents"], credit));
        check.IfExpected("fee_shares_cents", () => FineShares(applied, vector.Expected["fee_shares_cents"].Items.Count));
        var progress = credit is null ? coupon.Progress : coupon.Progress.After(coupon.Terms, credit.Amount);
        check.IfExpected("coupon_terminated", () => progress.IsUsedUp(coupon.Terms));
        check.IfExpected("periods_remaining", () => progress.InvoicesLeft);
    }

    private static void ApplyMany(Vector vector, Check check)
    {
        var coupons = vector.Input["coupons"].Items;
        var applied = Apply(vector, [.. coupons.Select(coupon => Coupon(coupon, InvoiceCurrency(vector), coupon))], coupons);
        Totals(check, applied, Lines(vector, coupons));
        check.IfExpected("credits", () => applied.Credits.Count);
        check.IfExpected("credits_cents", () => applied.Credits.Select(credit => credit.Amount.MinorUnits));
        check.IfExpected("fee_shares_cents", () => FineShares(applied, vector.Expected["fee_shares_cents"].Items.Count));
    }

    private static void Breakdown(Vector vector, Check check)
    {
        var coupons = vector.Input["coupons"].Items;
        var lines = Lines(vector, coupons);
        var applied = Apply(vector, [.. coupons.Select(coupon => Coupon(coupon, InvoiceCurrency(vector), coupon))], coupons);
        Totals(check, applied, lines);
        check.IfExpected("coupon_shares_cents", () => FineShares(applied, lines.Count));
        check.IfExpected("fees_amount_cents", () => lines.Sum(line => line.Amount.MinorUnits));
        check.IfExpected("subtotal_excl_tax_cents", () => lines.Sum(line => line.Amount.MinorUnits) - applied.Total.MinorUnits);
    }

    private static void Totals(Check check, CouponApplication applied, IReadOnlyList<CouponLine> lines)
    {
        check.IfExpected("coupons_amount_cents", () => applied.Total.MinorUnits);
        check.IfExpected("subtotal_cents", () => lines.Sum(line => line.Amount.MinorUnits) - applied.Total.MinorUnits);
    }

    /// <summary>The coupons of an invoice's facts, each with its own limits, applied to its fees.</summary>
    internal static CouponApplication Apply(Vector vector, IReadOnlyList<Facts> coupons) =>
        Apply(vector, [.. coupons.Select(coupon => Coupon(coupon, InvoiceCurrency(vector), coupon))], coupons);

    private static CouponApplication Apply(Vector vector, IReadOnlyList<CouponInHand> coupons, IReadOnlyList<Facts> limits) =>
        CouponApplication.Of(coupons, Lines(vector, limits), Currency.Of(InvoiceCurrency(vector)));

    /// <summary>An invoice that is not reduced has no credit, which some vectors write as nothing and some as zero.</summary>
    private static long? Credit(Facts expected, CouponCredit? credit) => credit?.Amount.MinorUnits ?? (expected.IsMissing ? null : 0L);

    private static List<decimal> FineShares(CouponApplication applied, int lines) =>
        [.. Enumerable.Range(0, lines).Select(applied.FineOffLine)];

    private static string InvoiceCurrency(Vector vector) =>
        (vector.Input["invoice_currency"].TextOrNull ?? vector.Input["currency"].TextOrNull) ?? "EUR";

    /// <summary>Fees are amounts, or amounts with a metric and a subscription.</summary>
    private static IReadOnlyList<CouponLine> Lines(Vector vector, IReadOnlyList<Facts> limits)
    {
        var currency = Currency.Of(InvoiceCurrency(vector));
        var fees = vector.Input["fees"].IsThere ? vector.Input["fees"].Items : vector.Input["fees_cents"].Items;
        var plans = Names(limits, "plans");
        var metrics = Names(limits, "metrics");
        return [.. fees.Select((fee, i) => new CouponLine(
            Money.OfMinor((fee.IsObject ? fee["amount_cents"] : fee).Minor, currency),
            fee["plan"].TextOrNull ?? NameOf(fee, i, "plan", plans),
            fee["metric"].TextOrNull ?? NameOf(fee, i, "metric", metrics)))];
    }

    private static List<string> Names(IReadOnlyList<Facts> limits, string member) =>
        [.. limits.SelectMany(limit => limit[member].Items).Select(name => name.Text).Distinct(StringComparer.Ordinal)];

    /// <summary>Vectors name plans and metrics in words: "this", "plan of fee 1", "plan of subscription 2".</summary>
    private static string? NameOf(Facts fee, int place, string what, List<string> names)
    {
        string?[] known = [$"{what} of fee {place + 1}", fee["subscription"].IsThere
            ? $"{what} of subscription {fee["subscription"].Whole}" : null, "this"];
        return names.Find(known.Contains) is { } name ? AsCode(name) : null;
    }

    private static string AsCode(string name) => name.Replace(' ', '-');

    private static CouponInHand Coupon(Facts facts, string invoiceCurrency, Facts limits)
    {
        var frequency = facts["frequency"].TextOrNull switch
        {
            "forever" => CouponFrequency.Forever,
            "recurring" => CouponFrequency.Recurring,
            "once" or null => CouponFrequency.Once,
            var other => throw new FormatException($"There is no coupon frequency \"{other}\"."),
        };
        var left = (facts["periods_remaining"].IsThere ? facts["periods_remaining"] : facts["periods"]).WholeOrNull;
        CouponReduction reduction = facts["type"].Text == "percentage"
            ? new PercentReduction(facts["percentage"].Number)
            : new FixedReduction(Money.OfMinor(
                facts["amount_cents"].Minor,
                Currency.Of((facts["coupon_currency"].TextOrNull ?? facts["currency"].TextOrNull) ?? invoiceCurrency)));
        var terms = new CouponTerms(
            reduction, frequency, frequency == CouponFrequency.Recurring ? Math.Max(1, left ?? 1) : null, Scope(limits));
        var progress = CouponProgress.Start(terms) with
        {
            UsedMinor = facts["already_used_cents"].NumberOrNull is { } used ? (long)used : 0,
            InvoicesLeft = frequency == CouponFrequency.Recurring ? left ?? 1 : null,
        };
        return new("Coupon", terms, progress);
    }

    private static CouponScope Scope(Facts limits) => (Codes(limits["metrics"]), Codes(limits["plans"])) switch
    {
        ({ Count: > 0 } metrics, _) => CouponScope.Metrics(metrics),
        (_, { Count: > 0 } plans) => CouponScope.Plans(plans),
        _ => CouponScope.Everything,
    };

    private static List<string> Codes(Facts names) => [.. names.Items.Select(name => AsCode(name.Text))];
}
