namespace BackOffice.Core.Tests.Common;

public sealed class AllocationTests
{
    private static readonly Gen<IReadOnlyList<decimal>> Weights =
        Gen.Select(Gen.Long[0, 1_000_000_000_000L], Gen.Int[0, 9])
            .Select((digits, scale) => new decimal((int)digits, (int)(digits >> 32), 0, false, (byte)scale))
            .List[1, 12].Where(weights => weights.Any(weight => weight > 0)).Select(weights => (IReadOnlyList<decimal>)weights);

    [Theory]
    //          amount    weights        shares                 why
    [InlineData("100.00", "1 1 1",       "33.34 33.33 33.33",   "the odd cent goes to the first of equals")]
    [InlineData("-100.00", "1 1 1",      "-33.34 -33.33 -33.33", "a refund splits as the charge did")]
    [InlineData("0.05",   "3 7",         "0.02 0.03",           "1.5 and 3.5 cents: equal remainders, the first gets it")]
    [InlineData("0.01",   "0 1 1",       "0.00 0.01 0.00",      "a weight of zero gets nothing")]
    [InlineData("10.00",  "0.5",         "10.00",               "one share is everything")]
    [InlineData("0.00",   "1 2",         "0.00 0.00",           "nothing splits into nothing")]
    [InlineData("176.49", "99.00 41.62 3.69 4.00", "117.81 49.53 4.39 4.76", "by the largest remainder, not by the largest share")]
    public void Splits_by_weight(string amount, string weights, string shares, string why)
    {
        var split = Money.Of(D(amount), Usd).Allocate([.. weights.Split(' ').Select(D)]);

        Assert.True(shares.Split(' ').Select(share => Money.Of(D(share), Usd)).SequenceEqual(split),
            $"{why}; got {string.Join(' ', split)}");
    }

    [Fact]
    public void Allocation_never_loses_or_invents_a_minor_unit() =>
        Gen.Select(Gen.Long, Weights).Sample(
            (minor, weights) => Money.OfMinor(minor, Usd).Allocate(weights).Sum(Usd).MinorUnits == minor,
            iter: 10_000);

    [Fact]
    public void A_share_is_less_than_one_minor_unit_away_from_its_exact_part() =>
        Gen.Select(Gen.Long[-1_000_000_000L, 1_000_000_000L], Weights).Sample(
            (minor, weights) => Money.OfMinor(minor, Usd).Allocate(weights).Zip(weights).All(pair =>
                decimal.Abs(pair.First.MinorUnits - (minor * pair.Second / weights.Sum())) < 1
                    && (pair.Second > 0 || pair.First.MinorUnits == 0)),
            iter: 10_000);

    [Fact]
    public void A_negative_amount_splits_into_the_mirror_image() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Weights).Sample(
            (minor, weights) => Money.OfMinor(-minor, Usd).Allocate(weights)
                .SequenceEqual(Money.OfMinor(minor, Usd).Allocate(weights).Select(share => -share)),
            iter: 10_000);

    [Fact]
    public void The_largest_amounts_and_weights_do_not_overflow()
    {
        foreach (var minor in new[] { long.MinValue, long.MaxValue })
        {
            var shares = Money.OfMinor(minor, Usd).Allocate([decimal.MaxValue, decimal.MaxValue, D("0.0000000000000000000000000001")]);

            Assert.Equal(minor, shares.Sum(Usd).MinorUnits);
            Assert.Equal(0, shares[2].MinorUnits);
        }
    }

    [Theory]
    [InlineData("0 0")]
    [InlineData("2 -1")]
    public void Refuses_weights_that_say_nothing(string weights) =>
        Assert.Throws<ArgumentException>(() => Money.Of(1, Usd).Allocate([.. weights.Split(' ').Select(D)]));

    [Fact]
    public void Refuses_to_split_among_nobody() => Assert.Throws<ArgumentException>(() => Money.Of(1, Usd).Allocate([]));
}
