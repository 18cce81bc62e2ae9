using BackOffice.Core.Wallets;

namespace BackOffice.Core.Tests.Wallets;

public sealed class TaxedCreditsTests
{
    private static readonly WalletScope Usage = WalletScope.Of([PaidFor.Usage], []);

    [Fact]
    public void The_largest_line_is_paid_first_and_shares_add_up()
    {
        var credit = Assert.Single(TaxedCredits.Of(
            [Wallet(60)], [Line(PaidFor.BaseFee, 1_000), Line(PaidFor.Usage, 5_500), Line(PaidFor.Usage, 0)], Eur));

        Assert.Equal(Money.Of(60, Eur), credit.Amount);
        Assert.Equal([5m, 55m, 0m], credit.Shares);
    }

    [Fact]
    public void Wallets_pay_by_priority_and_only_what_they_cover()
    {
        var credits = TaxedCredits.Of(
            [Wallet(100, 50), Wallet(30, 10, Usage), Wallet(7, 20, currency: Usd)],
            [Line(PaidFor.BaseFee, 2_000), Line(PaidFor.Usage, 4_000)], Eur);

        Assert.Equal([(1, Money.Of(30, Eur)), (0, Money.Of(30, Eur))], credits.Select(credit => (credit.Wallet, credit.Amount)));
        Assert.Equal([20m, 10m], credits[1].Shares);
    }

    [Fact]
    public void Fractions_that_coupons_left_are_paid_when_together_they_are_whole()
    {
        var third = 100 - (100m / 3);
        var credit = Assert.Single(TaxedCredits.Of(
            [Wallet(100)], [Line(PaidFor.Usage, third), Line(PaidFor.Usage, third), Line(PaidFor.Usage, third)], Eur));

        Assert.Equal(Money.Of(2, Eur), credit.Amount);
        Assert.All(credit.Shares, share => Assert.InRange(share, 0.66666m, 0.66667m));
    }

    [Fact]
    public void Nothing_is_taken_off_lines_that_take_off_themselves() =>
        Assert.Empty(TaxedCredits.Of([Wallet(100)], [Line(PaidFor.Usage, -500), Line(PaidFor.Usage, 0.4m)], Eur));

    [Fact]
    public void No_line_falls_below_zero_and_no_wallet_gives_more_than_it_has() => Gen.Select(
            Gen.Int[0, 5_000].Array[0, 6], Gen.Int[0, 9_000].Array[0, 4])
        .Sample((lines, wallets) =>
        {
            var credits = TaxedCredits.Of(
                [.. wallets.Select((cents, i) => Wallet(cents / 100m, 1 + (i % 3), i % 2 == 0 ? null : Usage))],
                [.. lines.Select((cents, i) => Line(i % 2 == 0 ? PaidFor.Usage : PaidFor.BaseFee, cents))], Eur);
            Assert.All(credits, credit => Assert.Equal(credit.Amount.Amount, credit.Shares.Sum()));
            Assert.All(credits, credit => Assert.InRange(credit.Amount.MinorUnits, 1, wallets[credit.Wallet]));
            Assert.All(lines.Index(), line => Assert.InRange(credits.Sum(credit => credit.Shares[line.Index]) * 100, 0, line.Item));
        });

    private static WalletInHand Wallet(decimal taxed, int priority = 50, WalletScope? scope = null, Currency? currency = null)
    {
        var balance = Money.Of(taxed, currency ?? Eur);
        return new("w", priority, balance, scope ?? WalletScope.Everything) { Taxed = balance };
    }

    private static PayableLine Line(PaidFor kind, decimal minor) => new(kind, minor);
}
