using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Usage;
using BackOffice.Core.Wallets;
using static BackOffice.Core.Tests.Billing.Lives;

namespace BackOffice.Core.Tests.Billing;

public sealed class CreditPurchaseTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 0, 0);

    [Theory]
    [InlineData("1", "100", "100.00", "a credit for a euro")]
    [InlineData("3", "33.3333333", "100.00", "credits are cut to five decimals, their worth is rounded once")]
    [InlineData("0.00001", "1000", "0.01", "a credit worth next to nothing")]
    [InlineData("1000000", "0.00001", "10.00", "a credit worth a million")]
    [InlineData("3333.33333", "0.00007", "0.23", "a worth that does not divide")]
    public void A_purchase_costs_what_its_credits_are_worth(string worth, string credits, string price, string why)
    {
        var wallet = Wallet(D(worth));
        var grant = wallet.Add(new(GrantKind.Purchased, D(credits)), Now);

        var content = CreditPurchase.Of(wallet, grant, AccountTaxes.None, Day("2026-01-01"));

        Assert.True(content.Total == Money.Of(D(price), Eur) && content.Due == content.Total, why);
        Assert.Equal(grant.Amount, Money.Rounded(content.Lines[0].ExactAmount, Eur));
        Assert.Equal((LineKind.Credits, CreditPurchase.TaxedLater), (content.Lines[0].Kind, content.TaxNote));
    }

    [Fact]
    public void A_gift_has_no_invoice()
    {
        var wallet = Wallet(1);
        Assert.Throws<RuleBroken>(() =>
            CreditPurchase.Of(wallet, wallet.Add(new(GrantKind.Granted, 1), Now), AccountTaxes.None, Day("2026-01-01")));
    }

    [Theory]
    [InlineData("60", "60.00", "39.00", "46.41", "0.00", "the rest is taxed and asked for")]
    [InlineData("150", "99.00", "0.00", "0.00", "51.00", "all of it was taxed before")]
    public void Taxed_credits_pay_before_tax_and_the_next_document_has_what_is_left(
        string taxed, string discount, string net, string due, string left, string why)
    {
        var balance = Money.Of(D(taxed), Eur);
        var account = AccountOf(Start(Plan("99"), "2026-01-01T00:00:00Z")).Taxed(19) with
        {
            Wallets = [new("prepaid", 1, balance, WalletScope.Everything) { Taxed = balance }],
        };

        var document = Assert.Single(BillingEngine.Due(account, UsageLog.Empty, At("2026-02-01T00:00:00Z")));

        Assert.True(document.Totals.DiscountBy(DiscountKind.TaxedCredits) == Money.Of(D(discount), Eur), why);
        Assert.Equal((Money.Of(D(net), Eur), Money.Of(D(due), Eur)), (document.Totals.Net, document.Content.Due));
        Assert.Equal((Money.Of(D(left), Eur), Money.Of(D(left), Eur)),
            (account.After(document).Wallets[0].Balance, account.After(document).Wallets[0].Taxed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_ways_to_tax_credits_come_to_the_same(bool taxed)
    {
        var row = DomainPage.Table("wallets.md", "Buying credits, and their tax")[taxed ? 1 : 0];
        var wallet = Core.Wallets.Wallet.Create(
            CustomerId.New(), "prepaid", new CreditRate(1, Eur), new("Prepaid", 50, WalletScope.Everything, TopUpLimits.None, taxed), Now);
        var account = AccountOf(Start(Plan("99"), "2026-01-01T00:00:00Z")).Taxed(19);
        var grant = wallet.Add(new(GrantKind.Purchased, 60), Now);
        var purchase = CreditPurchase.Of(wallet, grant, account.Taxes, Day("2026-01-01"));
        wallet.Paid(grant.Id, Now);

        var fee = Assert.Single(BillingEngine.Due(
            account with { Wallets = [wallet.InHand(Now)] }, UsageLog.Empty, At("2026-02-01T00:00:00Z")));

        Assert.Equal(
            (row.Amount("The purchase asks for"), row.Amount("The fee after credits"), row.Amount("Its tax"),
                row.Amount("The customer still pays")),
            (purchase.Due.Amount, fee.Totals.Net.Amount, fee.Content.Tax.Amount, fee.Content.Due.Amount));
        Assert.Equal(D("117.81"), purchase.Due.Amount + fee.Content.Due.Amount);
    }

    [Fact]
    public void What_is_used_so_far_counts_before_it_is_due_and_not_after_it_was_billed()
    {
        var calls = Metric.Create("calls", "Calls", Aggregation.Sum, "units", "calls");
        var life = Start(Plan("99", charges: [Charge.Of("Calls", calls.Id, new PerUnitPrice(2))]), "2026-01-01T00:00:00Z");
        var (account, usage) = (AccountOf(life, calls).Taxed(19), UsageLog.Empty.With(life.Subscription,
            [Event(1, "2026-01-10T00:00:00Z", 30), Event(2, "2026-02-03T00:00:00Z", 5)]));
        var now = At("2026-02-04T12:00:00Z");

        var before = Assert.Single(BillingEngine.Forecast(account, usage, now));
        var billed = account.After(Assert.Single(BillingEngine.Due(account, usage, now)));
        var after = Assert.Single(BillingEngine.Forecast(billed, usage, now));

        Assert.Equal(["Base fee 99.00 EUR", "Calls 60.00 EUR", "Calls 10.00 EUR"], Lines(before));
        Assert.Equal(["Calls 10.00 EUR"], Lines(after));
        Assert.Equal((Money.Of(D("11.90"), Eur), At("2026-03-01T00:00:00Z")), (after.Content.Total, BillingEngine.Horizon(life, now)));
    }

    private static IEnumerable<string> Lines(BillingDocument document) => document.Lines.Select(line => $"{line.Name} {line.Amount}");

    private static Wallet Wallet(decimal worth) => Core.Wallets.Wallet.Create(
        CustomerId.New(), "prepaid", new CreditRate(worth, Eur), new("Prepaid", 50, WalletScope.Everything, TopUpLimits.None), Now);
}
