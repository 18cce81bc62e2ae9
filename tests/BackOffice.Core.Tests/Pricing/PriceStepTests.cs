using System.Numerics;
using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

public sealed class PriceStepTests
{
    [Theory]
    //          quantity  price     per        flat   amount       why
    [InlineData("9000000", "2.5",   "1000000", "0",   "22.5",      "quantity × price ÷ per")]
    [InlineData("2",      "5",      "1",       "3",   "13",        "and the flat fee")]
    [InlineData("0",      "10",     "1",       "2",   "2",         "the flat fee alone")]
    [InlineData("31",     "99",     "31",      "0",   "99",        "all days of a month are the whole fee")]
    [InlineData("14",     "99",     "28",      "0",   "49.5",      "half of February")]
    public void Is_quantity_times_price_by_per_plus_flat(
        string quantity, string price, string per, string flat, string amount, string why) =>
        Assert.True(D(amount) == new PriceStep("Step", D(quantity), D(price), D(per), D(flat)).Amount, why);

    [Fact]
    public void A_share_of_days_is_rounded_as_its_exact_fraction_would_be() =>
        Gen.Select(Gen.Long[0, 10_000_000_000_000L], Gen.Int[1, 31], Gen.Int[28, 31], Gen.OneOf(Jpy, Usd, Kwd))
            .Where((_, days, whole, _) => days <= whole).Sample(
            (fee, days, whole, currency) =>
            {
                var step = new PriceStep("Days", days, Money.OfMinor(fee, currency).Amount, whole);

                // Half away from zero in whole numbers: (2 × numerator + denominator) ÷ (2 × denominator), rounded down.
                var expected = ((2 * new BigInteger(fee) * days) + whole) / (2 * whole);
                return Money.Rounded(step.Amount, currency).MinorUnits == expected;
            },
            iter: 20_000);

    [Fact]
    public void A_unit_price_is_exact_or_refused()
    {
        Assert.Equal(D("0.0000000000000000000000000001"), new PriceStep("Step", 1, D("0.0000000000000001"), 1_000_000_000_000m).Amount);
        Assert.Throws<ArithmeticException>(() => new PriceStep("Step", 1, D("0.00000000000000001"), 1_000_000_000_000m).Amount);
    }
}
