using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

public sealed class VolumePriceTests
{
    private static readonly VolumePrice Seats = new([new(100, 2, 10), new(200, 1), new(null, 0.5m, 50)]);

    [Theory]
    //          units     amount    why
    [InlineData("0",      "10",     "the first flat fee is due even without usage (Lago's rule)")]
    [InlineData("1",      "12",     "the flat fee and a unit")]
    [InlineData("100",    "210",    "a limit belongs to the tier below it")]
    [InlineData("100.5",  "100.5",  "a part of a unit above the limit is in the next tier, and so are all units")]
    [InlineData("101",    "101",    "all units at the second price, the first flat fee is not due")]
    [InlineData("201",    "150.5",  "the last tier has no end")]
    public void One_tier_prices_all_units(string units, string amount, string why) =>
        Assert.True(D(amount) == Seats.AmountFor(D(units)), why);

    [Fact]
    public void Explains_the_tier_it_chose() =>
        Assert.Equal([new PriceStep("Above 200", 210, 0.5m, 1, 50) { Tier = 3 }], Seats.StepsFor(210));

    [Fact]
    public void Prorated_the_full_units_choose_the_tier_and_each_pays_for_its_days()
    {
        var units = new Units(300) { Parts = [new(200, 30, 30), new(100, 15, 30)] };

        // (200 + 100 × 15/30) × 0.50 + 50; by their shares alone, 250 units would be in the same tier, 150 in the second.
        Assert.Equal(D("175"), Seats.AmountFor(units));
        Assert.Equal(["Above 200", "Above 200, 15 of 30 days"], Seats.StepsFor(units).Select(step => step.Label));
        Assert.Equal([50m, 0m], Seats.StepsFor(units).Select(step => step.Flat));
    }

    [Fact]
    public void Inside_a_tier_it_is_a_price_per_unit() =>
        Gen.Select(Gen.Long[0, 1_000_000], Gen.Long[1, 1_000_000], Gen.Int[0, 10_000]).Sample((units, limit, price) =>
        {
            var quantity = Math.Min(units, limit) / 100m;
            var volume = new VolumePrice([new(limit / 100m, price / 100m), new(null, 99)]);
            return volume.AmountFor(quantity) == new PerUnitPrice(price / 100m).AmountFor(quantity);
        });

    [Fact]
    public void Says_its_price_in_words() => Assert.Equal(
        "All units at the price of the tier they end in: first 100 at 2.00 USD plus 10.00 USD once; 100 to 200 at 1.00 USD; "
        + "above 200 at 0.50 USD plus 50.00 USD once, per unit",
        Seats.InWords(Usd));

    [Fact]
    public void Is_another_price_than_a_graduated_one_of_the_same_tiers()
    {
        Assert.Equal(Seats, new VolumePrice(Seats.Tiers));
        Assert.Equal(Seats.GetHashCode(), new VolumePrice(Seats.Tiers).GetHashCode());
        Assert.False(Seats.Equals((Price)new GraduatedPrice(Seats.Tiers)));
    }
}
