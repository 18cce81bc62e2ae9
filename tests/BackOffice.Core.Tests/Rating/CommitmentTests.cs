using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Rating;

public sealed class CommitmentTests
{
    private static readonly BillingPeriod Year = new(Days("2026-01-01", "2026-12-31"), Days("2026-01-01", "2026-12-31"));

    [Fact]
    public void The_shortfall_of_a_year_is_billed_as_breakage()
    {
        // docs/domain/commitments.md: 10,000 calls a month are free, then 0.002 each; 1,200.00 a year are promised.
        int[] calls = [18_000, 25_500, 9_000, 31_250, 40_000, 12_345, 8_000, 77_000, 52_000, 10_001, 64_000, 90_000];
        var fees = calls.Select((count, month) => new CountedFee(
            "Calls", Money.Rounded(Exact.Multiply(Math.Max(0, count - 10_000), D("0.002")), Eur), Month(month + 1))).ToList();

        var breakage = new Commitment("Annual minimum", Money.Of(1200, Eur)).TrueUp(fees, Year)!;

        Assert.Equal(Money.Of(D("640.19"), Eur), fees.Select(fee => fee.Amount).Sum(Eur));
        Assert.Equal(Money.Of(D("559.81"), Eur), breakage.Amount);
        Assert.Equal(breakage.Amount.Amount, breakage.Steps.Sum(step => step.Amount));
        Assert.Equal("1,200 was agreed, 640.19 was spent: 559.81 is missing, so 559.81 EUR is due.", breakage.InWords);
    }

    [Fact]
    public void Fees_of_another_year_do_not_count() => Assert.Equal(
        Money.Of(1200, Eur),
        new Commitment("Annual minimum", Money.Of(1200, Eur)).TrueUp(
            [new("Calls", Money.Of(500, Eur), Days("2027-01-01", "2027-01-31"))], Year)!.Amount);

    [Theory]
    //          minimum   spent     days of  missing   why
    [InlineData("10.00",  "7.00",   31, 31,  "3.00",   "a whole month")]
    [InlineData("10.00",  "15.00",  31, 31,  null,     "spent already")]
    [InlineData("10.00",  "10.00",  31, 31,  null,     "exactly the minimum")]
    [InlineData("10.00",  "2.00",   15, 31,  "2.84",   "4.8387… − 2.00")]
    [InlineData("0.03",   "0.00",   15, 30,  "0.02",   "0.015: half goes away from zero")]
    [InlineData("0.01",   "0.00",   1,  31,  null,     "less than half a cent")]
    public void A_charge_is_lifted_to_its_minimum(string minimum, string spent, int days, int ofDays, string? missing, string why)
    {
        var trueUp = new ChargeMinimum(D(minimum), Eur).TrueUp(D(spent), days, ofDays);

        Assert.True((missing is null ? null : Money.Of(D(missing), Eur)) == trueUp?.Amount, $"{why}; got {trueUp?.Amount}");
    }

    [Fact]
    public void A_minimum_in_pricing_units_becomes_money_once()
    {
        var trueUp = new ChargeMinimum(10, Eur, D("0.25")).TrueUp(7, 1, 1)!;

        Assert.Equal((3m, Money.Of(D("0.75"), Eur)), (trueUp.Missing, trueUp.Amount));
    }

    [Fact]
    public void A_true_up_is_above_zero_and_reaches_the_agreed_spend() =>
        Gen.Select(Gen.Long[1, 100_000_000], Gen.Long[0, 200_000_000], Gen.Int[1, 366], Gen.Int[0, 366])
            .Sample((agreed, spent, ofDays, cut) =>
        {
            var days = Math.Max(1, ofDays - cut);
            var trueUp = new Commitment("Minimum", Money.OfMinor(agreed, Eur)).TrueUp(Money.OfMinor(spent, Eur), days, ofDays);
            var prorated = new Commitment("Minimum", Money.OfMinor(agreed, Eur)).Prorated(days, ofDays).MinorUnits;
            return trueUp is null ? spent >= prorated : trueUp.Amount.MinorUnits > 0 && trueUp.Amount.MinorUnits + spent == prorated;
        });

    [Theory]
    [InlineData("0", "1", "no minimum")]
    [InlineData("-1", "1", "less than none")]
    [InlineData("1", "0", "in a unit that is worth nothing")]
    public void A_minimum_is_above_zero(string amount, string rate, string why)
    {
        var refusal = Record.Exception(() => new ChargeMinimum(D(amount), Eur, D(rate)));
        Assert.True(refusal is RuleBroken, why);
    }

    [Fact]
    public void A_commitment_is_above_zero_and_has_a_name()
    {
        Assert.Throws<RuleBroken>(() => new Commitment("Minimum", Money.Zero(Eur)));
        Assert.Throws<RuleBroken>(() => new Commitment(" ", Money.Of(1, Eur)));
    }

    [Theory]
    [InlineData(-1, 30)]
    [InlineData(31, 30)]
    public void Days_are_a_part_of_the_period(int days, int ofDays) => Assert.Throws<ArgumentOutOfRangeException>(() =>
        new Commitment("Minimum", Money.Of(1, Eur)).TrueUp(Money.Zero(Eur), days, ofDays));

    [Fact]
    public void A_true_up_explains_what_was_agreed_and_spent()
    {
        var whole = new Commitment("Minimum", Money.Of(30, Eur)).TrueUp(Money.Of(10, Eur), 30, 30)!;
        Assert.Equal([new PriceStep("Minimum", 1, 30), new PriceStep("Spent already", 1, -10)], whole.Steps);
        Assert.Equal("30 was agreed, 10 was spent: 20 is missing, so 20.00 EUR is due.", whole.InWords);

        var part = new ChargeMinimum(30, Eur, D("0.5")).TrueUp(10, 15, 30)!;
        Assert.Equal(
            [new PriceStep("Minimum spend, 15 of 30 days", 15, 30, 30), new PriceStep("Spent already", 1, -10)], part.Steps);
        Assert.Equal("15 was agreed, 10 was spent: 5 is missing, at 0.50 EUR each, so 2.50 EUR is due.", part.InWords);
    }

    [Fact]
    public void Nothing_is_missing_while_the_first_period_runs()
    {
        var grid = new BillingGrid(Core.Catalog.BillingInterval.Monthly, BillingTiming.Calendar, Day("2026-03-10"));

        Assert.Null(Commitment.EndedBefore(grid, Day("2026-03-10"), Day("2026-03-31")));
        Assert.Equal(
            new BillingPeriod(Days("2026-03-10", "2026-03-31"), Days("2026-03-01", "2026-03-31")),
            Commitment.EndedBefore(grid, Day("2026-03-10"), Day("2026-04-01")));
    }

    private static Period Month(int month)
    {
        var first = new LocalDate(2026, month, 1);
        return new Period(first, first.PlusMonths(1));
    }
}
