using BackOffice.Core.Thresholds;

namespace BackOffice.Core.Tests.Thresholds;

public sealed class ProgressiveBillingTests
{
    private static readonly ThresholdLadder TwoFiveSeven = new(
        [new(Money.Of(200, Usd)), new(Money.Of(500, Usd)), new(Money.Of(700, Usd), "Watch")], new(Money.Of(1000, Usd)));

    [Fact]
    public void The_month_of_the_page_is_true()
    {
        var invoices = new List<ProgressiveInvoice>();
        var rows = DomainPage.Table("thresholds.md", "An example");
        foreach (var row in rows)
        {
            var usage = new ProgressiveLine("usage", Money.Of(row.Amount("Usage so far"), Usd));
            var invoice = ProgressiveBilling.InvoiceFor(TwoFiveSeven, Money.Zero(Usd), Money.Zero(Usd), [usage], invoices);
            Assert.Equal(row["Passed"], invoice is null ? "–" : string.Join(", ", invoice.Passed.Select(passed =>
                $"{passed.Reached.Amount:#,0}")));
            Assert.Equal(Money.Of(row.Amount("Invoice"), Usd), invoice?.Total ?? Money.Zero(Usd));
            invoices.AddRange(invoice is null ? [] : [invoice]);
        }

        var lines = new ProgressiveLine[] { new("base fee", Money.Of(31, Usd)), invoices[^1].Lines[0] };
        var credit = ProgressiveCredit.Of(lines, [.. invoices.Select(invoice => invoice.Lines)], Usd);
        Assert.Equal((Money.Of(3080, Usd), Money.Zero(Usd)), (credit.Total, credit.Excess));
        Assert.Equal(
            "Usage passed 700.00 USD (Watch). 880.00 USD used so far in this period, 660.00 USD billed before, 220.00 USD now.",
            invoices[2].InWords());
    }

    [Fact]
    public void What_is_no_longer_used_is_given_back()
    {
        var credit = ProgressiveCredit.Of(
            [new("a", Money.OfMinor(19, Usd)), new("b", Money.OfMinor(500, Usd))],
            [[new("a", Money.OfMinor(20, Usd)), new("c", Money.OfMinor(7, Usd))]], Usd);

        Assert.Equal([19L, 0], credit.Reductions.Select(reduction => reduction.MinorUnits));
        Assert.Equal((19L, 8L), (credit.Total.MinorUnits, credit.Excess.MinorUnits));
    }

    [Fact]
    public void What_coupons_took_off_is_not_credited_again()
    {
        var credit = ProgressiveCredit.Of(
            [new("a", Money.OfMinor(500, Usd))],
            [[new ProgressiveLine("a", Money.OfMinor(200, Usd)) { Reduced = Money.OfMinor(50, Usd) }]], Usd);

        Assert.Equal(150, credit.Total.MinorUnits);
    }

    [Fact]
    public void A_note_takes_line_after_line_with_its_tax_rounded_once_for_each_rate()
    {
        var note = ProgressiveCreditNote.Of(
            [(Money.OfMinor(3, Usd), 19), (Money.OfMinor(3, Usd), 19), (Money.OfMinor(10, Usd), 7)], Money.OfMinor(14, Usd));

        Assert.Equal([3L, 3, 8], note.Items.Select(item => item.MinorUnits));
        Assert.Equal((2L, 16L), (note.Tax.MinorUnits, note.Total.MinorUnits));
        Assert.Throws<RuleBroken>(() => ProgressiveCreditNote.Of([(Money.OfMinor(3, Usd), 19)], Money.OfMinor(4, Usd)));
    }

    [Fact]
    public void Progressive_invoices_and_the_rest_bill_the_usage_once() =>
        Gen.Int[0, 60_000].Array[1, 12].Sample(parts =>
        {
            var (sum, invoices) = (0L, new List<ProgressiveInvoice>());
            foreach (var part in parts)
            {
                sum += part;
                var invoice = ProgressiveBilling.InvoiceFor(
                    TwoFiveSeven, Money.Zero(Usd), Money.Zero(Usd), [new("u", Money.OfMinor(sum, Usd))], invoices);
                invoices.AddRange(invoice is null ? [] : [invoice]);
            }

            var credit = ProgressiveCredit.Of([new("u", Money.OfMinor(sum, Usd))], [.. invoices.Select(invoice => invoice.Lines)], Usd);
            return invoices.All(invoice => invoice.Total.MinorUnits > 0)
                && credit.Excess.MinorUnits == 0
                && invoices.Sum(invoice => invoice.Total.MinorUnits) == credit.Total.MinorUnits
                && credit.Total.MinorUnits <= sum;
        }, iter: 3_000);
}
