using BackOffice.Core.Taxes;

namespace BackOffice.Core.Tests.Taxes;

public sealed class TaxSheetTests
{
    private static readonly LineTax Ten = new("T10", "Ten", 10);
    private static readonly LineTax Twelve = new("T12", "Twelve", 12);

    private static TaxableLine Line(string amount, string discount, params LineTax[] taxes) =>
        new(Money.Of(D(amount), Eur), taxes, D(discount));

    [Fact]
    public void Two_taxes_on_a_line_add_up_and_do_not_compound()
    {
        var sheet = TaxSheet.Of([Line("10.00", "0", Ten), Line("20.00", "0", Ten, Twelve)], Money.Zero(Eur));

        Assert.Equal(["30.00 EUR at 10: 3.00 EUR", "20.00 EUR at 12: 2.40 EUR"],
            sheet.Rates.Select(rate => $"{rate.Base} at {rate.Percent}: {rate.Tax}"));
        Assert.Equal((Money.Of(D("5.40"), Eur), 18m), (sheet.Tax, sheet.WeightedPercent));
    }

    [Fact]
    public void Where_Lago_rounds_once_over_all_rates_the_sum_of_the_rates_stands()
    {
        // Lago's invoice of eight fees and three coupons: 1,889 cents. EN 16931 taxes whole cents of each rate: 479 + 1,411.
        string[] shares = ["6.7647059", "13.5294117", "0.8823529", "1.1764706", "1.2647059", "2.5294118", "3.7941176", "5.0588235"];
        string[] amounts = ["10", "20", "30", "40", "10", "20", "30", "40"];
        var sheet = TaxSheet.Of(
            [.. amounts.Select((amount, i) => Line(amount, shares[i], new LineTax("T", "Tax", i % 4 == 1 ? 20 : 10)))], Money.Of(35, Eur));

        Assert.Equal(Money.Of(D("18.89"), Eur), sheet.Overall);
        Assert.Equal(["141.06 EUR: 14.11 EUR", "23.94 EUR: 4.79 EUR"], sheet.Rates.Select(rate => $"{rate.Base}: {rate.Tax}"));
        Assert.Equal(Money.Of(D("18.90"), Eur), sheet.Tax);
    }

    [Theory]
    //          explicit own   plan  customer company  taxed  why
    [InlineData("5",     "6",  "7",  "8",     "9",     "5",   "named for the line")]
    [InlineData("",      "6",  "7",  "8",     "9",     "6",   "the line's own")]
    [InlineData("",      "",   "7",  "8",     "9",     "7",   "the plan's")]
    [InlineData("",      "",   "",   "8 3",   "9",     "8 3", "the customer's, as a whole")]
    [InlineData("",      "",   "",   "",      "9",     "9",   "the company's")]
    [InlineData("",      "",   "",   "",      "",      "",    "no tax at all")]
    public void The_first_level_with_a_tax_wins_as_a_whole(
        string named, string own, string plan, string customer, string company, string taxed, string why)
    {
        var levels = new TaxLevels
        {
            Explicit = Rates(named), Own = Rates(own), Plan = Rates(plan), Customer = Rates(customer), Company = Rates(company),
        };

        Assert.True(Rates(taxed).SequenceEqual(levels.Taxes), why);
        Assert.Contains(taxed.Length == 0 ? "No tax" : "taxes", levels.InWords, StringComparison.Ordinal);
    }

    [Fact]
    public void Fees_paid_before_keep_the_taxes_they_were_paid_with()
    {
        var levels = new TaxLevels { Kept = [], Company = [Ten] };

        Assert.Equal(TaxLevel.Kept, levels.Level);
        Assert.Empty(levels.Taxes);
    }

    [Theory]
    [InlineData("19", "ReverseCharge", "a tax that nobody charges has no percentage")]
    [InlineData("0", "Standard", "a standard tax is above zero")]
    [InlineData("101", "Standard", "more than everything")]
    [InlineData("1.00001", "Standard", "five places")]
    public void Refuses_taxes_that_cannot_be(string percent, string category, string why) =>
        Assert.True(Record.Exception(() => new LineTax("T", "Tax", D(percent), Enum.Parse<TaxCategory>(category))) is RuleBroken, why);

    private static LineTax[] Rates(string percents) =>
        [.. percents.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(percent => new LineTax("T" + percent, "Tax", D(percent)))];
}
