using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

public sealed class PriceLawTests
{
    [Fact]
    public void The_amount_is_the_total_of_the_steps_for_every_price() =>
        Gen.Select(Prices.Any, Prices.Quantities).Sample((price, values) =>
    {
        var units = Prices.After(values, values.Length);
        return price.AmountFor(units) == PriceStep.Total(price.StepsFor(units));
    });

    [Fact]
    public void Deltas_of_events_add_up_to_the_amount_for_all_of_them() =>
        Gen.Select(Prices.Any, Prices.Quantities).Sample((price, values) =>
    {
        var deltas = Enumerable.Range(0, values.Length)
            .Sum(i => PriceStep.Total(price.Delta(Prices.After(values, i), Prices.After(values, i + 1))));
        return deltas == price.AmountFor(Prices.After(values, values.Length));
    });

    [Fact]
    public void A_graduated_price_without_flat_fees_is_monotone_and_continuous() =>
        Gen.Select(Prices.TiersWithoutFlat, Gen.Int[0, 200_000], Gen.Int[1, 100]).Sample((tiers, hundredths, more) =>
        {
            var price = new GraduatedPrice(tiers);
            var (less, step) = (hundredths / 100m, more / 100m);
            var growth = price.AmountFor(less + step) - price.AmountFor(less);
            return growth >= 0 && growth <= step * tiers.Max(tier => tier.UnitPrice);
        });

    [Fact]
    public void A_graduated_price_of_equal_tiers_is_a_price_per_unit() =>
        Gen.Select(Prices.TiersWithoutFlat, Gen.Int[0, 200_000]).Sample((tiers, hundredths) =>
            new GraduatedPrice([.. tiers.Select(tier => tier with { UnitPrice = 3 })]).AmountFor(hundredths / 100m)
                == hundredths * 3 / 100m);

    [Fact]
    public void Below_zero_nothing_is_owed_and_the_step_says_so() => Prices.Any.Sample(price =>
        price.AmountFor(new Units(-3)) == 0
        && price.StepsFor(new Units(-3)).Single() == new PriceStep("Measured -3, below zero: nothing is owed", 0, 0));
}
