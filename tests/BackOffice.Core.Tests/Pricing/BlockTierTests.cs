using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

public sealed class BlockTierTests
{
    private static readonly PriceTier[] Blocks = [new(1_000, 1, 0, 100), new(null, 1, 0, 1_000)];

    [Theory]
    //          units      graduated  volume   why
    [InlineData("0",       "0",       "0",     "no block is started")]
    [InlineData("0.001",   "1",       "1",     "a started block is a whole one")]
    [InlineData("1000",    "10",      "10",    "a limit belongs to the tier below it")]
    [InlineData("1000.01", "11",      "2",     "volume: all units in the larger blocks")]
    [InlineData("5325",    "15",      "6",     "10 blocks of 100, and 4,325 units are 5 blocks of 1,000")]
    public void A_started_block_is_paid_in_full(string units, string graduated, string volume, string why)
    {
        Assert.True(D(graduated) == new GraduatedPrice(Blocks).AmountFor(D(units)), why);
        Assert.True(D(volume) == new VolumePrice(Blocks).AmountFor(D(units)), why);
    }

    [Fact]
    public void Explains_the_blocks() => Assert.Equal(
        [
            new PriceStep("First 1,000, in blocks of 100", 10, 1) { Tier = 1 },
            new PriceStep("Above 1,000, in blocks of 1,000", 5, 1) { Tier = 2 },
        ],
        new GraduatedPrice(Blocks).StepsFor(5_325));

    [Fact]
    public void Says_its_blocks_in_words() => Assert.Equal(
        "First 1,000 at 1.00 USD for each started block of 100; above 1,000 at 1.00 USD for each started block of 1,000, per unit",
        new GraduatedPrice(Blocks).InWords(Usd));

    [Fact]
    public void Refuses_blocks_without_a_size_with_another_unit_or_for_parts_of_a_period()
    {
        Assert.Equal("The block size of tier 1 must be above zero.",
            Assert.Throws<RuleBroken>(() => new GraduatedPrice([new(null, 1, 0, 0)])).Message);
        Assert.StartsWith("Tier 1 is sold in blocks, so the prices must be per 1",
            Assert.Throws<RuleBroken>(() => new VolumePrice([new(null, 1, 0, 10)], 10)).Message, StringComparison.Ordinal);
        Assert.False(new GraduatedPrice(Blocks).CanProrate);
        Assert.Throws<ArgumentException>(() => new GraduatedPrice(Blocks).StepsFor(new Units(5) { Parts = [new(5, 1, 30)] }));
    }
}
