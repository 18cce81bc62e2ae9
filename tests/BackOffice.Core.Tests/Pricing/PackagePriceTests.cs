using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

public sealed class PackagePriceTests
{
    private static readonly PackagePrice ThousandAfterFreeThousand = new(1_000, 0.50m, 1_000);

    [Theory]
    //          units      packages  amount   why
    [InlineData("0",       "0",      "0",     "nothing used, nothing owed")]
    [InlineData("999.9",   "0",      "0",     "inside the free units")]
    [InlineData("1000",    "0",      "0",     "the last free unit is free")]
    [InlineData("1000.001", "1",     "0.50",  "a started package is paid in full")]
    [InlineData("1001",    "1",      "0.50",  "a started package is paid in full")]
    [InlineData("2000",    "1",      "0.50",  "a full package is one package")]
    [InlineData("2000.0001", "2",    "1.00",  "a part of the second")]
    [InlineData("8819",    "8",      "4.00",  "7,819 paid units are seven full packages and a part")]
    public void Charges_started_packages_after_the_free_units(string units, string packages, string amount, string why)
    {
        var steps = ThousandAfterFreeThousand.StepsFor(D(units));

        Assert.True(D(amount) == ThousandAfterFreeThousand.AmountFor(D(units)), why);
        Assert.True(D(packages) == steps[^1].Quantity, why);
    }

    [Theory]
    //          size     fee    units      amount   why
    [InlineData("0.3",   "1",   "0.9",     "3",     "fractional packages fit exactly")]
    [InlineData("0.3",   "1",   "0.9000001", "4",   "a hair more starts another")]
    [InlineData("10",    "100", "3",       "100",   "a part of the first")]
    [InlineData("1",     "0",   "1000000", "0",     "packages without a price")]
    public void Counts_packages_of_any_size(string size, string fee, string units, string amount, string why) =>
        Assert.True(D(amount) == new PackagePrice(D(size), D(fee)).AmountFor(D(units)), why);

    [Fact]
    public void Explains_the_free_units_and_the_packages()
    {
        Assert.Equal(
            [new PriceStep("Free", 1_000, 0), new PriceStep("Packages of 1,000", 8, 0.50m)],
            ThousandAfterFreeThousand.StepsFor(8_819));
        Assert.Equal([new PriceStep("Packages of 10", 1, 100)], new PackagePrice(10, 100).StepsFor(3));
    }

    [Theory]
    //          size    free     units                            why
    [InlineData("1000", "0.01",  "10000000000000000000000000000", "the paid units have 30 digits")]
    [InlineData("0.3",  "0",     "10000000000000000000000000000", "the full packages have 29 digits and do not fit")]
    public void Refuses_to_round_silently(string size, string free, string units, string why)
    {
        var refusal = Record.Exception(() => new PackagePrice(D(size), 1, D(free)).StepsFor(D(units)));

        Assert.True(refusal is ArithmeticException, why);
    }

    [Fact]
    public void The_packages_hold_the_units_and_the_last_one_is_needed() =>
        Gen.Select(Gen.Long[0, 1_000_000_000L], Gen.Long[1, 1_000_000L], Gen.Long[0, 1_000_000L]).Sample((units, size, free) =>
        {
            var packages = new PackagePrice(size / 100m, 1, free / 100m).StepsFor(units / 100m)[^1].Quantity;
            var paid = Math.Max(0, units - free);
            return packages * size >= paid && (packages - 1) * size < paid && packages == decimal.Truncate(packages);
        });

    [Fact]
    public void Refuses_sizes_of_zero_and_negative_numbers()
    {
        Assert.Throws<RuleBroken>(() => new PackagePrice(0, 1));
        Assert.Throws<RuleBroken>(() => new PackagePrice(-1, 1));
        Assert.Throws<RuleBroken>(() => new PackagePrice(1, -1));
        Assert.Throws<RuleBroken>(() => new PackagePrice(1, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThousandAfterFreeThousand.StepsFor(-1));
    }

    [Fact]
    public void Says_its_price_in_words()
    {
        Assert.Equal(
            "First 1,000 free, then 0.50 USD for each package of 1,000, a started package in full",
            ThousandAfterFreeThousand.InWords(Usd));
        Assert.Equal("100 JPY for each package of 10, a started package in full", new PackagePrice(10, 100).InWords(Jpy));
    }
}
