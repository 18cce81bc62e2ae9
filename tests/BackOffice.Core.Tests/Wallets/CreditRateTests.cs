using BackOffice.Core.Customers;
using BackOffice.Core.Wallets;

namespace BackOffice.Core.Tests.Wallets;

public sealed class CreditRateTests
{
    [Theory]
    //          rate     credits        bought     cents  why
    [InlineData("1",     "17.969999",   "17.97",   1797,
        "cut to five decimals, 17.96999, then rounded to cents; the credits follow the cents")]
    [InlineData("0.001", "1034",        "1030",    103,   "103.4 cents are 103, which is 1,030 credits")]
    [InlineData("0.3",   "1",           "1",       30,    "a rate below one")]
    [InlineData("0.3",   "0.35",        "0.36667", 11,
        "10.5 cents go away from zero; credits of a periodic quotient have five decimals")]
    [InlineData("250",   "0.00001",     null,      0,     "a quarter of a cent is refused")]
    public void Bought_credits_are_what_the_rounded_money_is_worth(string rate, string credits, string? bought, long cents, string why)
    {
        var creditRate = new CreditRate(D(rate), Usd);
        if (bought is null)
        {
            Assert.Throws<RuleBroken>(() => creditRate.Bought(D(credits)));
            return;
        }

        Assert.True(new Conversion(D(bought), Money.OfMinor(cents, Usd)) == creditRate.Bought(D(credits)), why);
    }

    [Fact]
    public void Voiding_moves_money_and_credits_alike_so_that_they_do_not_drift_apart()
    {
        // Lago leaves 85.71556 credits beside 85.72 of money here (voiding_wallet_credits_spec). With money as the truth both are 85.72.
        var wallet = Wallet.Create(
            CustomerId.New(), "w", new(1, Eur), new("Wallet", 50, WalletScope.Everything, TopUpLimits.None), Now);
        wallet.Add(new(GrantKind.Granted, 100), Now);

        var entry = wallet.Void(D("14.28444999"), "correction", Now);

        Assert.Equal((D("14.28444"), -1428L), (entry.Credits, entry.AmountMinor));
        Assert.Equal((Money.OfMinor(8572, Eur), D("85.72")), (wallet.BalanceAt(Now), wallet.CreditsAt(Now)));
    }

    [Fact]
    public void Money_is_rounded_before_it_becomes_credits() =>
        Assert.Equal(new Conversion(1030, Money.OfMinor(103, Eur)), new CreditRate(D("0.001"), Eur).For(D("1.034589")));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.000001")]
    [InlineData("1000001")]
    public void Refuses_rates_that_cannot_be(string rate) => Assert.Throws<RuleBroken>(() => new CreditRate(D(rate), Usd));

    [Fact]
    public void Credits_and_their_money_never_drift_apart() =>
        Gen.Select(Gen.Int[1, 10_000_000], Gen.Int[1, 1_000_000_000]).Sample((rate, credits) =>
        {
            var creditRate = new CreditRate(rate / 100_000m, Kwd);
            var money = creditRate.MoneyFor(credits / 1_000m);
            return decimal.Abs((creditRate.CreditsFor(money) * creditRate.MoneyPerCredit) - money.Amount)
                <= 0.000005m * creditRate.MoneyPerCredit;
        });
}
