using BackOffice.Core.CreditNotes;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Tests.CreditNotes;

public sealed class UnusedShareTests
{
    /// <summary>A fee alone on its invoice, in cents.</summary>
    internal static CreditableInvoice Invoice(long fee, long coupon, decimal percent) => CreditableInvoice.Of(TaxSheet.Of(
        [new TaxableLine(Money.OfMinor(fee, Usd), [new LineTax("tax", "Tax", percent)], coupon / 100m)], Money.OfMinor(coupon, Usd)));

    internal static CreditNoteContent? Credit(CreditableInvoice invoice, long price, int unused, int days, long credited = 0) =>
        UnusedShare.Note(credited == 0 ? invoice : invoice.After(invoice.Estimate([CreditRequest.Of(0, credited / 100m)])),
            0, price / 100m, unused, days);

    [Fact]
    public void Half_a_month_at_9_99_gives_back_5_00_and_not_4_99()
    {
        // Lago's pror-107: binary floating point makes 4.9949999 of 15/30 × 9.99; exactly it is 4.995, half away from zero.
        var credit = Credit(Invoice(999, 0, 0), 999, 15, 30)!;
        Assert.Equal((D("4.995"), 500L), (credit.Items[0].Exact, credit.Total.MinorUnits));
    }

    [Fact]
    public void On_an_upgrade_the_day_itself_is_given_back()
    {
        // Lago's pror-053, whose subscription began on 5 March 2024: 12 March to 4 April.
        var credit = Credit(Invoice(1_000, 0, 25), 1_000, 24, 31)!;
        Assert.Equal((774L, 194L, 968L), (credit.Net.MinorUnits, credit.Tax.MinorUnits, credit.Total.MinorUnits));
    }

    [Theory]
    //          coupon  credited  unused  net    tax  why
    [InlineData(0,      0,        16,     1_600, 320, "16 of 31 days")]
    [InlineData(1_000,  0,        16,     1_084, 217, "16/31 of the coupon go with them")]
    [InlineData(0,      200,      16,     1_400, 280, "what was credited before is not credited again")]
    [InlineData(0,      0,        1,      100,   20,  "the last day")]
    [InlineData(0,      0,        31,     3_100, 620, "nothing was used")]
    public void Gives_back_the_days_after_the_last(long coupon, long credited, int unused, long net, long tax, string why)
    {
        var credit = Credit(Invoice(3_100, coupon, 20), 3_100, unused, 31, credited)!;
        Assert.True((net, tax, net + tax) == (credit.Net.MinorUnits, credit.Tax.MinorUnits, credit.Total.MinorUnits), why);
    }

    [Theory]
    //          coupon  credited  unused  why
    [InlineData(0,      0,        0,      "every day was used")]
    [InlineData(3_100,  0,        16,     "a coupon paid for all of it")]
    [InlineData(0,      1_600,    16,     "it has been given back already")]
    [InlineData(0,      3_000,    16,     "more than that has been given back")]
    public void Gives_nothing_back_when_nothing_is_left(long coupon, long credited, int unused, string why) =>
        Assert.True(Credit(Invoice(3_100, coupon, 20), 3_100, unused, 31, credited) is null, why);

    [Theory]
    //          paid   of     credited  refund  why
    [InlineData(7_440, 7_440, 0,        1_920,  "all was paid: all of it goes back")]
    [InlineData(5_580, 7_440, 0,        990,    "27.90 were paid for this fee, 18.00 were used")]
    [InlineData(5_580, 7_440, 200,      990,    "an earlier credit is no use of the fee")]
    [InlineData(930,   7_440, 0,        0,      "less was paid than used")]
    [InlineData(0,     7_440, 0,        0,      "nothing was paid")]
    [InlineData(0,     0,     0,        0,      "nothing was asked for")]
    public void Refunds_what_was_paid_and_not_used(long paid, long total, long credited, long refund, string why)
    {
        var invoice = Invoice(3_100, 0, 20);
        var most = Credit(invoice, 3_100, 16, 31, credited)!.Total;
        var back = UnusedShare.Refund(invoice, 0, 31, 15, 31, Money.OfMinor(paid, Usd), Money.OfMinor(total, Usd), most);
        Assert.True(refund == back.MinorUnits, why);
    }

    [Fact]
    public void Never_gives_back_more_than_the_fee() =>
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Int[0, 100], Gen.Int[0, 99], Gen.Int[0, 31]).Sample(
            (fee, couponShare, creditedShare, unused) =>
        {
            var (coupon, credited) = (fee * couponShare / 100, fee * creditedShare / 100);
            var invoice = Invoice(fee, coupon, 19);
            return Credit(invoice, fee, unused, 31, credited) is not { } credit
                || (credit.Items[0].Amount.MinorUnits <= fee - credited && credit.Total.MinorUnits <= invoice.Left.MinorUnits);
        });
}
