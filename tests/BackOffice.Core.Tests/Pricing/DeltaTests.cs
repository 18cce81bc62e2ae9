using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

public sealed class DeltaTests
{
    private static readonly GraduatedPrice Graduated = new([new(10, 10, 2), new(20, 5, 3), new(null, 1)]);

    [Theory]
    //          before  after   amount   why
    [InlineData("0",    "1",    "12",    "the first event brings the first flat fee")]
    [InlineData("1",    "2",    "10",    "which is not due again")]
    [InlineData("9",    "12",   "23",    "one unit in the first tier, two in the second with its flat fee")]
    [InlineData("12",   "12",   "0",     "nothing changed")]
    [InlineData("12",   "9",    "-23",   "less than before is the same, taken back")]
    public void A_delta_is_what_the_change_costs(string before, string after, string amount, string why) =>
        Assert.True(D(amount) == PriceStep.Total(Graduated.Delta(Of(before), Of(after))), why);

    [Fact]
    public void Explains_only_what_changed() => Assert.Equal(
        [new PriceStep("First 10", 1, 10) { Tier = 1 }, new PriceStep("10 to 20", 2, 5, 1, 3) { Tier = 2 }],
        Graduated.Delta(Of("9"), Of("12")));

    [Fact]
    public void A_started_package_is_not_paid_twice()
    {
        var price = new PackagePrice(10, 15);

        Assert.Equal(0, PriceStep.Total(price.Delta(Of("11"), Of("20"))));
        Assert.Equal([new PriceStep("Packages of 10", 1, 15)], price.Delta(Of("17"), Of("22")));
    }

    [Fact]
    public void Reaching_another_volume_tier_takes_back_what_the_first_one_charged() => Assert.Equal(
        [new PriceStep("Above 10", 11, 1) { Tier = 2 }, new PriceStep("First 10", -10, 2, 1, -5) { Tier = 1 }],
        new VolumePrice([new(10, 2, 5), new(null, 1)]).Delta(Of("10"), Of("11")));

    [Fact]
    public void A_tier_that_stays_as_full_as_it_was_is_not_mentioned() => Assert.Equal(
        [new PriceStep("10 to 20", 3, 5) { Tier = 2 }], Graduated.Delta(Of("12"), Of("15")));

    [Fact]
    public void Tiers_of_one_price_are_told_apart() => Assert.Equal(
        [
            new PriceStep("First 10", 1, 1) { Tier = 1 }, new PriceStep("10 to 20", 10, 1) { Tier = 2 },
            new PriceStep("Above 20", 5, 1) { Tier = 3 },
        ],
        new GraduatedPrice([new(10, 1), new(20, 1), new(null, 1)]).Delta(Of("9"), Of("25")));

    [Fact]
    public void A_fee_that_came_to_be_is_owed_also_without_units() => Assert.Equal(
        [new PriceStep("First 10", 0, 10, 1, 2) { Tier = 1 }], Graduated.Delta(Units.None, new Units(0, 1)));

    private static Units Of(string units) => D(units) == 0 ? Units.None : new Units(D(units), 1);
}
