using BackOffice.Core.Taxes;

namespace BackOffice.Core.Tests.Taxes;

public sealed class TaxRateTests
{
    /// <summary>German VAT was lowered for the second half of 2020.</summary>
    private static TaxRate German()
    {
        var rate = TaxRate.Create("DE-VAT", "VAT", "DE", 19, Day("2007-01-01"));
        rate.ChangeFrom(Day("2020-07-01"), 16);
        rate.ChangeFrom(Day("2021-01-01"), 19);
        return rate;
    }

    [Theory]
    //          day           percent   why
    [InlineData("2007-01-01", "19",     "the first day")]
    [InlineData("2020-06-30", "19",     "the last day before the change")]
    [InlineData("2020-07-01", "16",     "the day of the change has the new percentage")]
    [InlineData("2020-12-31", "16",     "the last day before the next change")]
    [InlineData("2021-01-01", "19",     "and back")]
    [InlineData("2099-12-31", "19",     "the last percentage has no end")]
    public void Has_the_percentage_of_the_day(string day, string percent, string why) =>
        Assert.True(D(percent) == German().PercentOn(Day(day)), why);

    [Fact]
    public void Has_no_percentage_before_the_first() => Assert.Equal(
        "Tax DE-VAT has no percentage on 2006-12-31. Its first one starts on 2007-01-01.",
        Assert.Throws<RuleBroken>(() => German().PercentOn(Day("2006-12-31"))).Message);

    [Theory]
    [InlineData("2021-01-01")]
    [InlineData("2020-10-01")]
    public void A_percentage_never_changes_the_past(string day)
    {
        var rate = German();

        var refusal = Assert.Throws<RuleBroken>(() => rate.ChangeFrom(Day(day), 20));

        Assert.StartsWith("A new percentage must start after 2021-01-01", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(3, rate.Percentages.Count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100")]
    [InlineData("8.8750")]
    public void Takes_percentages_of_four_places(string percent) =>
        Assert.Equal(D(percent), TaxRate.Create("X", "Tax", "US", D(percent), Day("2026-01-01")).PercentOn(Day("2026-01-01")));

    [Theory]
    [InlineData("-0.01")]
    [InlineData("100.0001")]
    [InlineData("8.87501")]
    [InlineData("19.00000000000000000000000001")]
    public void Refuses_other_percentages(string percent) => Assert.Equal(
        "A tax percentage is between 0 and 100 with at most four decimal places.",
        Assert.Throws<RuleBroken>(() => TaxRate.Create("X", "Tax", "US", D(percent), Day("2026-01-01"))).Message);

    [Theory]
    [InlineData("x x", "VAT", "DE")]
    [InlineData("DE-VAT", " ", "DE")]
    [InlineData("DE-VAT", "VAT", "D")]
    [InlineData("DE-VAT", "VAT", "de")]
    [InlineData("DE-VAT", "VAT", "1!")]
    public void Refuses_a_malformed_code_name_or_country(string code, string name, string country) =>
        Assert.Throws<RuleBroken>(() => TaxRate.Create(code, name, country, 19, Day("2026-01-01")));

    [Fact]
    public void No_tax_says_why() => Assert.Equal(
        new TaxTreatment(null, "No tax", 0, "Reverse charge"), TaxTreatment.None("Reverse charge"));
}
