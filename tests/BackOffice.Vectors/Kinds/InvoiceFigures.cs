using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.Invoices;
using BackOffice.Core.Taxes;

namespace BackOffice.Vectors.Kinds;

/// <summary>Reads the fees, taxes and discounts of an invoice from a vector, in the forms the files have.</summary>
internal static class InvoiceFigures
{
    public static readonly Currency Eur = Currency.Of("EUR");

    public static Money Cents(Facts facts) => Money.OfMinor(facts.Minor, Eur);

    public static Money CentsOrZero(Facts facts) => facts.IsThere ? Cents(facts) : Money.Zero(Eur);

    public static LineTax Tax(string percent) => Tax(decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture));

    public static LineTax Tax(decimal percent) => new($"at {percent}", "Tax", percent);

    public static IReadOnlyList<LineTax> Taxes(Facts rates) => [.. rates.Items.Select(rate => Tax(rate.Number))];

    /// <summary>A value in as many places as the vector writes, where it has cut an endless fraction.</summary>
    public static decimal AsWritten(decimal value, Facts expected) => decimal.Round(value, expected.Number.Scale);

    /// <summary>The totals as Lago makes them: its coupons' fine shares, its tax rounded once over all rates.</summary>
    public static InvoiceTotals Totals(Vector vector, IReadOnlyList<Settlement>? settlements = null)
    {
        var input = vector.Input;
        var lines = Lines(input);
        return InvoiceTotals.Of(lines, Discounts(vector, lines), settlements ?? [], Eur, TaxRounding.Overall);
    }

    public static IReadOnlyList<TaxableLine> Lines(Facts input) => input["fees"].IsThere
        ? [.. input["fees"].Items.Select(fee => new TaxableLine(Cents(fee["amount_cents"]), TaxesOf(fee, input)))]
        : [.. input["fees_cents"].Items.Select(fee => new TaxableLine(Cents(fee), TaxesOf(input, input)))];

    private static IReadOnlyList<LineTax> TaxesOf(Facts fee, Facts input)
    {
        if (fee["tax_codes"].IsThere)
        {
            return [.. fee["tax_codes"].Items.Select(code => new LineTax(code.Text, code.Text, input["taxes"][code.Text].Number))];
        }

        if (fee["rates"].IsThere)
        {
            return Taxes(fee["rates"]);
        }

        var rate = fee["rate"].IsThere ? fee["rate"] : input["rate"].IsThere ? input["rate"] : input["tax_rate"];
        return rate.IsThere ? [Tax(rate.Number)] : [];
    }

    private static IReadOnlyList<LineDiscount> Discounts(Vector vector, IReadOnlyList<TaxableLine> lines)
    {
        var input = vector.Input;
        if (input["coupon"].IsThere)
        {
            return Of(Coupons.Apply(vector, [input["coupon"]]), lines.Count);
        }

        if (input["coupons"].IsThere)
        {
            return Of(Coupons.Apply(vector, input["coupons"].Items), lines.Count);
        }

        if (input["coupons_cents"].IsThere)
        {
            IReadOnlyList<CouponInHand> coupons = [.. input["coupons_cents"].Items.Where(amount => amount.Minor > 0).Select(Fixed)];
            return Of(CouponApplication.Of(coupons, [.. lines.Select(line => new CouponLine(line.Amount))], Eur), lines.Count);
        }

        var shares = Given(input, lines.Count);
        var sum = shares.Sum();
        if (sum == 0)
        {
            return [];
        }

        var amount = input["coupons_amount_cents"].IsThere ? input["coupons_amount_cents"].Minor : (long)decimal.Round(sum);
        return [new LineDiscount(DiscountKind.Coupon, "Coupon", Money.OfMinor(amount, Eur), InFull(shares, amount, lines))];
    }

    private static CouponInHand Fixed(Facts amount)
    {
        var terms = new CouponTerms(new FixedReduction(Cents(amount)), CouponFrequency.Once);
        return new CouponInHand("Coupon", terms, CouponProgress.Start(terms));
    }

    private static IReadOnlyList<LineDiscount> Of(CouponApplication applied, int lines) =>
        [.. applied.Credits.Select(credit => new LineDiscount(
            DiscountKind.Coupon, credit.Name, credit.Amount,
            [.. Enumerable.Range(0, lines).Select(line =>
                credit.Shares.Where(share => share.Line == line).Sum(share => share.FineMinor) / credit.Amount.Currency.Scale)]))];

    private static IReadOnlyList<decimal> Given(Facts input, int lines) => input["coupon_shares_cents"].IsThere
        ? [.. input["coupon_shares_cents"].Items.Select(share => share.Number)]
        : input["fees"].IsThere
            ? [.. input["fees"].Items.Select(fee => fee["coupon_share_cents"].NumberOrNull ?? 0)]
            : [.. Enumerable.Repeat(0m, lines)];

    /// <summary>
    /// Shares that a vector has cut to fewer places are the engine's own, if the engine's are these when they are cut alike.
    /// </summary>
    private static IReadOnlyList<decimal> InFull(IReadOnlyList<decimal> shares, long amount, IReadOnlyList<TaxableLine> lines)
    {
        var terms = new CouponTerms(new FixedReduction(Money.OfMinor(amount, Eur)), CouponFrequency.Once);
        var applied = CouponApplication.Of(
            [new CouponInHand("Coupon", terms, CouponProgress.Start(terms))],
            [.. lines.Select((line, i) => new CouponLine(shares[i] == 0 ? Money.Zero(Eur) : line.Amount))], Eur);
        var full = Enumerable.Range(0, shares.Count).Select(applied.FineOffLine).ToList();
        var same = full.Zip(shares).All(pair => decimal.Round(pair.First, pair.Second.Scale) == pair.Second);
        return [.. (same ? full : shares).Select(share => share / Eur.Scale)];
    }
}
