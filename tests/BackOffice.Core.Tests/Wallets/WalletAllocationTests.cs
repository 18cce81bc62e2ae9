using BackOffice.Core.Wallets;

namespace BackOffice.Core.Tests.Wallets;

public sealed class WalletAllocationTests
{
    private static readonly WalletScope[] Scopes =
        [WalletScope.Everything, WalletScope.Of([PaidFor.BaseFee], []), WalletScope.Of([], ["api"]), WalletScope.Of([PaidFor.FixedCharge],
            ["sms"])];

    private static readonly Gen<WalletInHand[]> Wallets = Gen.Select(Gen.Int[1, 3], Gen.Long[0, 5_000], Gen.Int[0, 3], Gen.Bool)
        .Select((priority, minor, scope, isEuro) => new WalletInHand("w", priority, Money.OfMinor(minor, isEuro
            ? Eur : Usd), Scopes[scope])).Array[0, 5];

    private static readonly Gen<PayableLine[]> Lines = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 400_000])
        .Select((kind, metric, fine) => new PayableLine((PaidFor)kind, fine / 100m, kind == 1
            ? new[] { "api", "sms", "seats" }[metric] : null)).Array[0, 8];

    [Fact]
    public void The_payment_of_the_page_is_true()
    {
        var rows = DomainPage.Table("wallets.md", "Who pays what");
        WalletInHand[] wallets =
        [
            new("general", 50, Money.Of(100, Usd), WalletScope.Everything),
            new("api", 10, Money.Of(30, Usd), WalletScope.Of([], ["api"])),
        ];
        PayableLine[] lines = [new(PaidFor.BaseFee, 5950), new(PaidFor.Usage, 4760, "api"), new(PaidFor.Usage, 1190, "sms")];

        var paid = WalletAllocation.OfInvoice(wallets, lines, Money.Of(119, Usd));

        Assert.Equal(
            rows.SkipLast(1).Select(row => (row["Wallet"], row["Line"], Money.Of(row.Amount("Amount"), Usd))),
            paid.Parts.Select(part => (wallets[part.Wallet].Code, part.MetricCode ?? "base fee", part.Amount)));
        Assert.Equal(Money.Of(rows[^1].Amount("Amount"), Usd), paid.Total);
    }

    [Fact]
    public void A_cent_that_rounding_lost_goes_to_the_largest_sum()
    {
        WalletInHand[] wallets = [new("w", 1, Money.Of(10, Usd), WalletScope.Everything)];
        PayableLine[] lines = [new(PaidFor.BaseFee, 100.4m), new(PaidFor.Usage, 50.4m, "api"), new(PaidFor.Usage, 25.2m, "sms")];

        var paid = WalletAllocation.OfInvoice(wallets, lines, Money.OfMinor(176, Usd));

        Assert.Equal([101L, 50, 25], paid.Parts.Select(part => part.Amount.MinorUnits));
    }

    [Fact]
    public void A_line_that_names_its_wallet_is_paid_by_no_other()
    {
        WalletInHand[] wallets = [new("a", 1, Money.Of(10, Usd), WalletScope.Everything), new("b", 2, Money.Of(1, Usd),
            WalletScope.Everything)];

        var paid = WalletAllocation.OfInvoice(wallets, [new(PaidFor.Usage, 500, "api", TargetWallet: "b")], Money.Of(5, Usd));

        Assert.Equal((0L, 100L), (paid.UsedOf(0).MinorUnits, paid.UsedOf(1).MinorUnits));
    }

    [Fact]
    public void A_wallet_that_refills_itself_takes_all_usage_and_may_fall_below_zero()
    {
        WalletInHand[] wallets =
            [new("a", 1, Money.Of(10, Usd), WalletScope.Everything, RefillsItself: true), new("b", 2, Money.Of(100, Usd),
                WalletScope.Everything)];

        var used = WalletAllocation.OfUsage(wallets, [new(PaidFor.Usage, 4_000, "api")], Money.Of(5, Usd));

        Assert.Equal(Money.Of(35, Usd), used.UsedOf(0));
        Assert.Equal(Money.Of(-25, Usd), new OngoingBalance(wallets[0].Balance, used.UsedOf(0)).Ongoing);
    }

    [Fact]
    public void No_wallet_pays_more_than_it_holds_and_no_more_than_is_due_is_paid() =>
        Gen.Select(Wallets, Lines, Gen.Int[0, 1_000]).Sample((wallets, lines, credit) =>
        {
            var due = Money.Rounded(Math.Max(0, lines.Sum(line => line.ExactMinor) - credit) / 100, Usd);
            var paid = WalletAllocation.OfInvoice(wallets, lines, due);
            return paid.Total.MinorUnits <= due.MinorUnits
                && wallets.Select((wallet, i) => paid.UsedOf(i).MinorUnits <= (wallet.Balance.Currency == Usd
                    ? wallet.Balance.MinorUnits : 0)).All(holds => holds)
                && paid.Parts.All(part => wallets[part.Wallet].Scope.Covers(part.Kind, part.MetricCode) && part.Amount.MinorUnits > 0)
                && paid.Parts.Select(part => part.Amount).Sum(Usd) == paid.Total;
        }, iter: 5_000);

    [Fact]
    public void An_ongoing_balance_counts_usage_with_tax_and_drafts_and_not_what_is_billed() =>
        Assert.Equal(
            Money.Of(D("68.10"), Usd),
            OngoingBalance.Of(Money.Of(100, Usd), [new(Money.Of(10, Usd), 19), new(Money.Of(20, Usd))], [Money.Of(5, Usd)], Money.Of(5,
                Usd)).Ongoing);
}
