using BackOffice.Core.Invoices;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Tests.Invoices;

public sealed class InvoiceTotalsTests
{
    private static readonly Currency[] Currencies = [Jpy, Eur, Kwd];

    private static Money Eu(string amount) => Money.Of(D(amount), Eur);

    [Fact]
    public void Sums_are_made_in_one_order()
    {
        // docs/domain/totals.md
        IReadOnlyList<LineTax> vat = [new LineTax("VAT", "VAT", 19)];
        var content = InvoiceContent.Of(
            [new InvoicedLine(Line(Eu("99.00"), "Base fee"), vat), new InvoicedLine(Line(Eu("49.31")), vat)],
            [
                new LineDiscount(DiscountKind.ProgressiveCredit, "Billed on 14 October", Eu("20.00"), [0, 20]),
                new LineDiscount(DiscountKind.Coupon, "Welcome", Eu("10.00"), [D("7.716"), D("2.284")]),
            ],
            [
                new Settlement(SettlementKind.Wallet, "Prepaid", Eu("50.00")),
                new Settlement(SettlementKind.CreditNote, "INV-2026-000009-CN001", Eu("11.90")),
            ],
            null, Eur);

        Assert.Equal(
            "148.31 EUR − 30.00 EUR + 22.48 EUR = 140.79 EUR",
            $"{content.Subtotal} − {content.Discount} + {content.Tax} = {content.Total}");
        Assert.Equal(["CreditNote 11.90 EUR", "Wallet 50.00 EUR"], content.Settled.Select(settled => $"{settled.Kind} {settled.Amount}"));
        Assert.Equal(Eu("78.89"), content.Due);
    }

    [Fact]
    public void Fees_are_rounded_before_they_are_taxed()
    {
        // Six fees of 0.4 cents and two of one: 2 cents, at 40 % 0.8 cents of tax, so 3 cents.
        string[] fees = ["0.4", "0.4", "0.4", "0.4", "0.4", "0.4", "1", "1"];
        var totals = InvoiceTotals.Of(
            [.. fees.Select(fee => new TaxableLine(Money.Rounded(D(fee) / 100, Eur), [new LineTax("T", "Tax", 40)]))], [], [], Eur);

        Assert.Equal((Eu("0.02"), Eu("0.01"), Eu("0.03")), (totals.Lines, totals.Tax, totals.Total));
    }

    [Fact]
    public void Every_total_is_an_e_invoice_in_every_currency() =>
        Gen.Select(Gen.Int[0, 2], Gen.Select(Gen.Long[0, 1_000_000], Gen.Int[0, 3], Gen.Int[0, 100]).Array[1, 8], Gen.Long[0, 500_000])
            .Sample((unit, rows, ready) =>
            {
                var currency = Currencies[unit];
                var off = rows.Select(row => Money.OfMinor(row.Item1 * row.Item3 / 100, currency)).ToList();
                var totals = InvoiceTotals.Of(
                    [.. rows.Select(row => new TaxableLine(
                        Money.OfMinor(row.Item1, currency), [new LineTax("T" + row.Item2, "Tax", row.Item2 * 7)]))],
                    [new LineDiscount(DiscountKind.Coupon, "Coupon", off.Sum(currency), [.. off.Select(share => share.Amount)])],
                    [new Settlement(SettlementKind.Wallet, "Wallet", Money.OfMinor(ready, currency))], currency);
                return totals.Lines.MinorUnits == rows.Sum(row => row.Item1)
                    && totals.Discount == totals.Taxes.Parts.Select(part => part.Discount).Sum(currency)
                    && totals.Net == totals.Lines - totals.Discount
                    && totals.Net == totals.Taxes.Rates.Select(rate => rate.Base).Sum(currency)
                    && totals.Taxes.Rates.All(rate => rate.Base.MinorUnits >= 0
                        && rate.Tax == Money.Rounded(rate.Base.Amount * rate.Percent / 100, currency))
                    && totals.Tax == totals.Taxes.Rates.Select(rate => rate.Tax).Sum(currency)
                    && totals.Total == totals.Net + totals.Tax
                    && totals.Due == totals.Total - totals.SettledBy(SettlementKind.Wallet) && totals.Due.MinorUnits >= 0;
            });

    [Theory]
    [InlineData("10.00", "10.00 0", "takes more off a line than it has")]
    [InlineData("3.00", "1.00 1.00", "shares that are not the amount's")]
    [InlineData("1.00", "1.00", "a share is missing")]
    public void Refuses_discounts_that_cannot_be(string amount, string shares, string why) => Assert.True(
        Record.Exception(() => InvoiceTotals.Of(
            [new TaxableLine(Eu("5.00"), []), new TaxableLine(Eu("5.00"), [])],
            [new LineDiscount(DiscountKind.Coupon, "Coupon", Eu(amount), [.. shares.Split(' ').Select(D)])], [], Eur)) is RuleBroken, why);

    [Theory]
    //          anchor              adjustment                   grace recurring days  why
    [InlineData("CurrentPeriodEnd", "KeepAnchor",                3,    true,     -1,   "the last day of the period")]
    [InlineData("CurrentPeriodEnd", "AlignWithFinalizationDate", 3,    true,     3,    "when the grace period ends")]
    [InlineData("CurrentPeriodEnd", "AlignWithFinalizationDate", 0,    true,     -1,   "no grace: the period's last day")]
    [InlineData("NextPeriodStart",  "KeepAnchor",                3,    true,     0,    "the billing day")]
    [InlineData("NextPeriodStart",  "AlignWithFinalizationDate", 3,    true,     3,    "when the grace period ends")]
    [InlineData("CurrentPeriodEnd", "KeepAnchor",                3,    false,    3,    "not a period: the grace period only")]
    public void An_invoice_is_dated_from_its_anchor(string anchor, string adjustment, int grace, bool recurring, int days, string why) =>
        Assert.True(
        days == new IssuingDate(Enum.Parse<IssuingAnchor>(anchor), Enum.Parse<IssuingAdjustment>(adjustment), grace).OffsetDays(recurring),
        why);

    [Fact]
    public void Both_counters_go_on_whichever_numbers()
    {
        var counted = new IssuedCount(4, 16);

        Assert.Equal("ACME-002-005", new InvoiceNumbering("ACME", NumberingMode.PerCustomer).Next(2, counted, Day("2026-11-02")));
        Assert.Equal("ACME-202611-017", new InvoiceNumbering("ACME", NumberingMode.PerCompany).Next(2, counted, Day("2026-11-02")));
        Assert.Equal("ACME-002-005", new InvoiceNumbering("ACME", NumberingMode.PerCompany).Next(2, counted, Day("2026-11-02"), true));
    }
}
