using BackOffice.Core.CreditNotes;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Tests.CreditNotes;

public sealed class CreditableInvoiceTests
{
    private static readonly Gen<(long Amount, int Percent, int Discount)> AnyLine =
        Gen.Select(Gen.Long[1, 100_000], Gen.Int[0, 3], Gen.Int[0, 100]).Select((amount, rate, discount) => (amount, rate * 7, discount));

    private static CreditableInvoice Of(string percent, params string[] amounts) => CreditableInvoice.Of(TaxSheet.Of(
        [.. amounts.Select(amount => new TaxableLine(Money.Of(D(amount), Eur), [new LineTax("VAT", "VAT", D(percent))]))],
        Money.Zero(Eur)));

    [Fact]
    public void The_last_note_absorbs_the_rounding_so_that_all_notes_are_the_invoice()
    {
        // docs/domain/credit-notes.md: 68.33 twice at 20 %. The invoice's tax is 27.33; 13.67 twice would be a cent too much.
        var invoice = Of("20", "68.33", "68.33");
        var first = invoice.Estimate([CreditRequest.Whole(0)]);
        var last = invoice.After(first).Estimate([CreditRequest.Whole(1)]);

        Assert.Equal(
            (Money.Of(D("13.67"), Eur), Money.Of(D("13.66"), Eur), Money.Of(D("163.99"), Eur)),
            (first.Tax, last.Tax, first.Total + last.Total));
        Assert.Equal(Money.Zero(Eur), invoice.After(first).After(last).Left);
    }

    [Fact]
    public void What_can_be_taken_back_is_what_is_left_and_not_a_cent_more()
    {
        // Lago offers 82.00 here, of which only 81.98 are left.
        var invoice = Of("20", "68.33", "68.33", "68.33", "68.33");
        for (var line = 0; line < 3; line++)
        {
            invoice = invoice.After(invoice.Estimate([CreditRequest.Whole(line)]));
        }

        Assert.Equal(Money.Of(D("81.98"), Eur), invoice.Left);
        Assert.Equal(invoice.Left, invoice.Estimate([CreditRequest.Whole(3)]).Total);
    }

    [Fact]
    public void The_estimate_is_the_note()
    {
        // Lago estimates 5.47 and creates 5.48. Net 4.98, tax 0.498: 0.50, so 5.48 both times.
        string[] shares = ["4.7991802", "14.4893772", "0.1512884", "0.312244", "0.1512884", "0.0966216"];
        string[] amounts = ["992.90", "2997.70", "31.30", "64.60", "31.30", "19.99"];
        var invoice = CreditableInvoice.Of(TaxSheet.Of(
            [.. amounts.Select((amount, i) => new TaxableLine(Money.Of(D(amount), Eur), [new LineTax("VAT", "VAT", 10)], D(shares[i])))],
            Money.Of(20, Eur)));

        var note = invoice.Estimate(Enumerable.Range(1, 5).Select(line => CreditRequest.Of(line, 1)));

        Assert.Equal(("4.98 EUR", "0.50 EUR", "5.48 EUR", "0.02 EUR"), ($"{note.Net}", $"{note.Tax}", $"{note.Total}", $"{note.Discount}"));
    }

    [Fact]
    public void Units_are_taken_back_at_their_average_price_and_the_last_takes_what_is_left()
    {
        var invoice = CreditableInvoice.Of(TaxSheet.Of([new TaxableLine(Money.Of(1, Eur), [])], Money.Zero(Eur)), [3m]);
        var first = invoice.Estimate([CreditRequest.OfUnits(0, 2)]);
        var last = invoice.After(first).Estimate([CreditRequest.OfUnits(0, 1)]);

        Assert.Equal((Money.Of(D("0.67"), Eur), Money.Of(D("0.33"), Eur)), (first.Total, last.Total));
        Assert.Throws<RuleBroken>(() => invoice.After(first).Estimate([CreditRequest.OfUnits(0, 2)]));
    }

    [Theory]
    [InlineData(0, "68.34", "a cent more than the line")]
    [InlineData(1, "1.00", "a line that is not there")]
    [InlineData(0, "0.00", "nothing")]
    public void Refuses_what_is_not_there(int line, string amount, string why) => Assert.True(
        Record.Exception(() => Of("20", "68.33").Estimate([CreditRequest.Of(line, D(amount))])) is RuleBroken, why);

    [Fact]
    public void Notes_never_exceed_the_invoice_and_exhaust_it_exactly() =>
        Gen.Select(AnyLine.Array[1, 5], Gen.Int[1, 99].Array[8]).Sample((lines, parts) =>
        {
            var taxable = lines.Select(line => new TaxableLine(
                Money.OfMinor(line.Amount, Eur), [new LineTax("T", "Tax", line.Percent)],
                Money.OfMinor(line.Amount * line.Discount / 100, Eur).Amount)).ToList();
            var sheet = TaxSheet.Of(taxable, Money.OfMinor(lines.Sum(line => line.Amount * line.Discount / 100), Eur));
            var total = taxable.Select(line => line.Amount).Sum(Eur).MinorUnits - lines.Sum(line => line.Amount * line.Discount / 100)
                + sheet.Tax.MinorUnits;
            var invoice = CreditableInvoice.Of(sheet);
            var given = 0L;
            foreach (var (part, i) in parts.Select((part, i) => (part, i)))
            {
                var amount = invoice.LeftOf(i % lines.Length).MinorUnits * part / 100;
                if (amount > 0)
                {
                    var note = invoice.Estimate([CreditRequest.Of(i % lines.Length, Money.OfMinor(amount, Eur).Amount)]);
                    (given, invoice) = (given + note.Total.MinorUnits, invoice.After(note));
                    if (given > total || note.Total.MinorUnits < 0 || invoice.Left.MinorUnits != total - given)
                    {
                        return false;
                    }
                }
            }

            var last = invoice.Estimate(Enumerable.Range(0, lines.Length).Select(CreditRequest.Whole));
            return given + last.Total.MinorUnits == total && invoice.After(last).Left.MinorUnits == 0;
        });
}
