using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Usage.Metering;

namespace BackOffice.Core.Tests.Usage;

public sealed class QuantityRoundingTests
{
    [Theory]
    [InlineData("123.456", RoundingFunction.Round, 2, "123.46", "to the nearest")]
    [InlineData("2.5", RoundingFunction.Round, 0, "3", "a tie goes away from zero")]
    [InlineData("-2.5", RoundingFunction.Round, 0, "-3", "below zero too")]
    [InlineData("-2.4", RoundingFunction.Round, 0, "-2", "and the nearest otherwise")]
    [InlineData("150", RoundingFunction.Round, -2, "200", "to hundreds")]
    [InlineData("101", RoundingFunction.Ceil, -2, "200", "a started hundred")]
    [InlineData("-1.5", RoundingFunction.Ceil, 0, "-1", "up is towards the larger")]
    [InlineData("-1.5", RoundingFunction.Floor, 0, "-2", "down is towards the smaller")]
    [InlineData("123.456", RoundingFunction.Floor, 2, "123.45", "only complete units")]
    [InlineData("7", RoundingFunction.Ceil, 5, "7", "what is round stays")]
    public void A_quantity_is_rounded_as_its_metric_says(
        string quantity, RoundingFunction function, int precision, string rounded, string why) =>
        Assert.True(D(rounded) == new QuantityRounding(function, precision).Of(D(quantity)), why);

    [Theory]
    [InlineData(-17)]
    [InlineData(17)]
    public void Sixteen_places_are_enough(int precision) =>
        Assert.Throws<RuleBroken>(() => new QuantityRounding(RoundingFunction.Round, precision));

    [Fact]
    public void A_quotient_is_rounded_from_the_exact_number_and_not_from_its_28_digits()
    {
        // 2/3 of 9 is 6, though 0.666…7 of 9 is more; 1/3 of 9 is 3, though 0.333…3 of 9 is less.
        Assert.Equal(6, new QuantityRounding(RoundingFunction.Ceil).Of(new Quotient(18, 3)));
        Assert.Equal(1, new QuantityRounding(RoundingFunction.Round).Of(new Quotient(1, 3).Plus(new Quotient(1, 6))));
        Assert.Equal(3, new QuantityRounding(RoundingFunction.Floor).Of(new Quotient(1, 3).Times(9)));
    }

    [Fact]
    public void The_metric_rounds_before_the_price_and_what_is_carried_stays_exact()
    {
        var metric = MetricOf(Aggregation.Sum, recurring: true, new QuantityRounding(RoundingFunction.Ceil, 2));
        var measured = Measure(metric, June, Events("2025-06-01 12", "2025-06-02 36.434"));

        Assert.Equal((D("48.44"), D("48.434")), (measured.Quantity, measured.Level));
    }

    [Fact]
    public void The_floor_of_a_quotient_is_the_whole_number_below() =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Long[1, 1_000_000]).Sample((numerator, denominator) =>
            new Quotient(numerator, denominator).Floor()
                == Math.DivRem(numerator, denominator).Quotient - (numerator < 0 && numerator % denominator != 0 ? 1 : 0), iter: Cases);
}
