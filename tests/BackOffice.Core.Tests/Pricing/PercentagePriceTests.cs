using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

public sealed class PercentagePriceTests
{
    [Theory]
    //          rate    fee    free N  free A   values                amount    why
    [InlineData("1.3",  "2",   0,      "0",     "50 100 250 400",     "18.4",   "10.40 and four fees")]
    [InlineData("1.3",  "2",   3,      "0",     "50 100 250 400",     "7.2",    "three are free: 5.20 and one fee")]
    [InlineData("1.3",  "2",   3,      "500",   "50 100 250 400",     "7.2",    "the transactions are used up first")]
    [InlineData("1",    "5",   3,      "0",     "10 10 10",           "0",      "all three are free")]
    [InlineData("1",    "5",   0,      "15",    "4 4 4 4",            "5.01",   "the fourth crosses the free amount by 1, and pays a fee")]
    [InlineData("1",    "5",   0,      "15",    "4 4 4 3",            "5",      "using it up exactly is not free of the fee (Lago's rule)")]
    [InlineData("1",    "5",   3,      "15",    "10 10 10",           "10.15",  "the amount is used up first")]
    [InlineData("1",    "5",   3,      "15",    "10 10 10 10",        "15.1",   "what the first three came to is free (Lago's rule)")]
    [InlineData("2.5",  "0",   0,      "100",   "60 60",              "0.5",    "20 above the free amount")]
    [InlineData("1",    "5",   0,      "0",     "",                   "0",      "nothing happened")]
    [InlineData("1",    "5",   0,      "0",     "0 0",                "10",     "two transactions of nothing are two transactions")]
    [InlineData("1",    "5",   2,      "0",     "-5 10 10 10",        "10.2",   "a refund is one of the two free ones")]
    public void Charges_a_percentage_and_a_fee_for_each(
        string rate, string fee, long freeEvents, string freeAmount, string values, string amount, string why)
    {
        var price = new PercentagePrice(D(rate), D(fee), freeEvents, D(freeAmount));

        Assert.True(D(amount) == price.AmountFor(Of(values)), why);
        Assert.True(D(amount) == PriceStep.Total(price.StepsFor(Of(values))), why);
    }

    [Theory]
    //          free N  free A   values          amount     why
    [InlineData(0,      "0",     "10 80 10000",  "16.142",  "0.299 is lifted to 1.75, 2.392 stays, 299 is cut to 12")]
    [InlineData(0,      "30",    "10 80 10000",  "13.794",  "the first is free, the second pays for 60")]
    [InlineData(3,      "10000", "10 80 10000",  "2.691",   "with both, the free amount decides: the third pays for 90")]
    [InlineData(2,      "0",     "10 80 10000",  "12",      "two are free")]
    [InlineData(0,      "10",    "10",           "1.75",    "using it up exactly is not free of the least (Lago's rule)")]
    [InlineData(0,      "0",     "-50 100",      "4.74",     "nothing is free, also not after a refund: that costs the least, 1.75")]
    public void Keeps_each_transaction_within_its_limits(long freeEvents, string freeAmount, string values, string amount, string why)
    {
        var price = new PercentagePrice(D("2.99"), 0, freeEvents, D(freeAmount), D("1.75"), 12);

        Assert.True(D(amount) == price.AmountFor(Of(values)), why);
        Assert.True(D(amount) == PriceStep.Total(price.StepsFor(Of(values))), why);
    }

    [Fact]
    public void Explains_limits_in_steps_that_do_not_grow_with_the_transactions() => Assert.Equal(
        [
            new PriceStep("Free", 30, 0),
            new PriceStep("Percentage", 60, D("2.99"), 100),
            new PriceStep("Transactions at the most", 1, 12),
        ],
        new PercentagePrice(D("2.99"), 0, 0, 30, D("1.75"), 12).StepsFor(Of("10 80 10000")));

    [Fact]
    public void Asks_for_single_events_only_where_it_looks_at_them()
    {
        Assert.False(new PercentagePrice(1, 5).ReadsEvents);
        Assert.False(new PercentagePrice(1, 0, 0, 100).ReadsEvents);
        Assert.True(new PercentagePrice(1, 5, 0, 100).ReadsEvents);
        Assert.True(new PercentagePrice(1, 0, 3).ReadsEvents);
        Assert.True(new PercentagePrice(1, 0, 0, 0, 1).ReadsEvents);
        Assert.Throws<ArgumentException>(() => new PercentagePrice(1, 0, 3).AmountFor(new Units(10, 2)));
    }

    [Fact]
    public void Refuses_negative_numbers_and_limits_that_cross()
    {
        Assert.Throws<RuleBroken>(() => new PercentagePrice(-1));
        Assert.Throws<RuleBroken>(() => new PercentagePrice(1, -1));
        Assert.Throws<RuleBroken>(() => new PercentagePrice(1, 0, -1));
        Assert.Throws<RuleBroken>(() => new PercentagePrice(1, 0, 0, -1));
        Assert.Throws<RuleBroken>(() => new PercentagePrice(1, 0, 0, 0, -1));
        Assert.Throws<RuleBroken>(() => new PercentagePrice(1, 0, 0, 0, 2, 1));
    }

    [Theory]
    [InlineData(0, 0, null, null, "1.3 % of the amount plus 2.00 USD for each transaction")]
    [InlineData(3, 0, 1, null, "1.3 % of the amount plus 2.00 USD for each transaction, at least 1.00 USD for each transaction; "
        + "the first 3 transactions are free")]
    [InlineData(3, 500, 1, 9, "1.3 % of the amount plus 2.00 USD for each transaction, at least 1.00 USD and at most 9.00 USD each; "
        + "the first 3 transactions are free, up to 500 in all")]
    [InlineData(0, 500, null, 9, "1.3 % of the amount plus 2.00 USD for each transaction, at most 9.00 USD for each transaction; "
        + "the first 500 are free")]
    public void Says_its_price_in_words(int freeEvents, int freeAmount, int? least, int? most, string words) =>
        Assert.Equal(words, new PercentagePrice(D("1.3"), 2, freeEvents, freeAmount, least, most).InWords(Usd));

    [Fact]
    public void Says_nothing_of_a_fee_that_there_is_not() =>
        Assert.Equal("1.3 % of the amount", new PercentagePrice(D("1.3")).InWords(Usd));

    [Fact]
    public void Limits_may_meet_and_what_meets_them_is_within()
    {
        Assert.Equal([new PriceStep("Percentage", 300, 1, 100)], new PercentagePrice(1, 0, 0, 0, 1, 2).StepsFor(Of("100 200")));
        Assert.Equal(2, new PercentagePrice(1, 0, 0, 0, 1, 1).AmountFor(Of("50 200")));
    }

    [Fact]
    public void Counts_what_is_free_and_what_is_paid()
    {
        var parts = new PercentagePrice(1, 0, 2, 0, 1, 2).PartsOf(Of("10 20 150"));
        Assert.Equal((2, 30m, 1, 150m), (parts.FreeEvents, parts.FreeAmount, parts.PaidEvents, parts.PaidAmount));
        Assert.Equal(default, new PercentagePrice(1, 5).PartsOf(new Units(-1, 1) { Values = [-1] }));
        Assert.Equal(2, new PercentagePrice(1, 5).PartsOf(Of("0 0")).PaidEvents);
    }

    [Fact]
    public void A_share_of_an_average_that_does_not_end_is_exact()
    {
        // 31 % of 52/31 − 1 is 0.21, and half of it is free of rounding too.
        var units = new Units(52m / 31, 1) { Exactly = new Quotient(52, 31) };
        Assert.Equal(D("0.21"), new PercentagePrice(31, 0, 0, 1).AmountFor(units));
        Assert.Equal(D("0.52"), new PercentagePrice(31).AmountFor(units));
        Assert.Equal(0, new PercentagePrice(31, 0, 0, 2).AmountFor(units));
    }

    private static Units Of(string values)
    {
        var list = values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(D).ToList();
        return new Units(list.Sum(), list.Count) { Values = list };
    }
}
