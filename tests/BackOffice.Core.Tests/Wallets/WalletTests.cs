using BackOffice.Core.Customers;
using BackOffice.Core.Wallets;

namespace BackOffice.Core.Tests.Wallets;

public sealed class WalletTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    [Fact]
    public void The_ledger_of_the_page_is_true()
    {
        var wallet = New();
        var bought = wallet.Add(new(GrantKind.Purchased, 50), At("2026-01-01"));
        wallet.Paid(bought.Id, At("2026-01-01"));
        wallet.Add(new(GrantKind.Granted, 20, ExpiresAt: At("2026-03-01")), At("2026-01-10"));
        wallet.Add(new(GrantKind.Granted, 10, Priority: 10), At("2026-02-01"));
        wallet.Spend(Money.Of(25, Usd), "INV-1", At("2026-02-10"));
        wallet.Spend(Money.Of(D("12.34"), Usd), "INV-2", At("2026-03-05"));
        wallet.GiveBack("INV-2", At("2026-03-06"));
        wallet.Terminate(At("2026-04-01"));

        var rows = DomainPage.Table("wallets.md", "An example");
        Assert.Equal(
            rows.Select(row => (row["Day"], row["Movement"], Money.Of(row.Amount("Amount"), Usd), Money.Of(row.Amount("Holds"), Usd),
                row["Grants"])),
            wallet.Entries.Select(entry => (
                $"{entry.At.InUtc().Date:uuuu-MM-dd}", $"{entry.Kind}", entry.Amount, entry.Balance,
                string.Join(", ", entry.Parts.Select(part => $"{part.GrantInWords[0]}: {part.AmountMinor / 100m:0.00}")))));
        Assert.Equal(Money.Zero(Usd), wallet.Held);
        Assert.Equal(
            "Spent 25.00 USD = 25 credits (INV-1): 10.00 USD of grant 3 (granted), 15.00 USD of grant 2 (granted). "
                + "The wallet holds 55.00 USD.",
            wallet.Entries[3].InWords());
    }

    [Fact]
    public void Bought_credits_are_there_when_they_are_paid()
    {
        var wallet = New();
        var grant = wallet.Add(new(GrantKind.Purchased, 15, AwaitsPayment: true), Start);
        Assert.Equal((GrantStatus.Pending, false, 0L), (grant.Status, grant.IsInvoiceIssued, wallet.BalanceAt(Start).MinorUnits));
        Assert.Equal(Money.Of(15, Usd), wallet.Pending);

        wallet.Paid(grant.Id, Start);

        Assert.Equal((GrantStatus.Settled, true, 1500L), (grant.Status, grant.IsInvoiceIssued, wallet.BalanceAt(Start).MinorUnits));
        Assert.Throws<RuleBroken>(() => wallet.Paid(grant.Id, Start));
    }

    [Fact]
    public void A_failed_payment_brings_nothing()
    {
        var wallet = New();
        var grant = wallet.Add(new(GrantKind.Purchased, 15), Start);
        Assert.True(grant.IsInvoiceIssued, "the invoice does not wait for the payment unless asked to");
        wallet.PaymentFailed(grant.Id);

        Assert.Equal((GrantStatus.Failed, 0L), (grant.Status, wallet.Held.MinorUnits));
        Assert.Throws<RuleBroken>(() => wallet.Paid(grant.Id, Start));
    }

    [Fact]
    public void Each_grant_remembers_how_it_was_taxed()
    {
        var wallet = New(taxesPurchases: true);
        var taxed = wallet.Add(new(GrantKind.Purchased, 1), Start);
        var gift = wallet.Add(new(GrantKind.Granted, 1), Start);
        wallet.Edit(Details(taxesPurchases: false));
        var untaxed = wallet.Add(new(GrantKind.Purchased, 1), Start);

        Assert.Equal((true, false, false), (taxed.IsTaxed, gift.IsTaxed, untaxed.IsTaxed));
    }

    [Fact]
    public void Nothing_is_taken_that_is_not_there()
    {
        var wallet = New();
        wallet.Add(new(GrantKind.Granted, 10), Start);
        wallet.Add(new(GrantKind.Granted, 10, EffectiveAt: At("2026-02-01")), Start);

        Assert.Equal(Money.Of(20, Usd), wallet.Held);
        Assert.Throws<RuleBroken>(() => wallet.Spend(Money.OfMinor(1001, Usd), "INV-1", Start));
        Assert.Throws<RuleBroken>(() => wallet.Void(D("10.01"), null, Start));
        Assert.Throws<RuleBroken>(() => wallet.Spend(Money.Of(1, Eur), "INV-1", Start));
        Assert.Equal(2, wallet.Entries.Count);
        wallet.Spend(Money.Of(15, Usd), "INV-1", At("2026-02-01"));
        Assert.Equal(Money.Of(5, Usd), wallet.Held);
    }

    [Fact]
    public void A_grant_is_there_from_its_first_moment_and_gone_at_its_expiry_though_nothing_is_booked_yet()
    {
        var wallet = New();
        wallet.Add(new(GrantKind.Granted, 10, EffectiveAt: At("2026-02-01"), ExpiresAt: At("2026-03-01")), Start);

        Assert.Equal(
            [0L, 1000, 1000, 0],
            new[] { At("2026-02-01") - Duration.Epsilon, At("2026-02-01"), At("2026-03-01") - Duration.Epsilon, At("2026-03-01") }
                .Select(moment => wallet.BalanceAt(moment).MinorUnits));
        Assert.Equal(Money.Of(10, Usd), wallet.Held);
    }

    [Fact]
    public void A_refund_takes_from_the_purchase_itself()
    {
        var wallet = New();
        var bought = wallet.Add(new(GrantKind.Purchased, 15), Start);
        var gift = wallet.Add(new(GrantKind.Granted, 5), Start);
        wallet.Paid(bought.Id, Start);

        var entry = wallet.Refund(bought.Id, Money.Of(5, Usd), "CN-1", Start);

        Assert.Equal((WalletEntryKind.Refunded, -500L, 1000L, 500L), (entry.Kind, entry.AmountMinor, bought.LeftMinor, gift.LeftMinor));
        Assert.Throws<RuleBroken>(() => wallet.Refund(bought.Id, Money.Of(11, Usd), "CN-2", Start));
        Assert.Throws<RuleBroken>(() => wallet.Refund(gift.Id, Money.Of(1, Usd), "CN-2", Start));
    }

    [Fact]
    public void A_voided_invoice_is_given_back_once_and_what_expired_since_is_breakage()
    {
        var wallet = New();
        wallet.Add(new(GrantKind.Granted, 10, ExpiresAt: At("2026-02-01")), Start);
        wallet.Spend(Money.Of(4, Usd), "INV-1", Start);
        wallet.ExpireThrough(At("2026-02-01"));
        wallet.ExpireThrough(At("2026-02-02"));
        wallet.GiveBack("INV-1", At("2026-03-01"));

        Assert.Equal(
            [WalletEntryKind.Granted, WalletEntryKind.Spent, WalletEntryKind.Expired, WalletEntryKind.GivenBack, WalletEntryKind.Expired],
            wallet.Entries.Select(entry => entry.Kind));
        Assert.Equal([false, false, true, false, true], wallet.Entries.Select(entry => entry.IsBreakage));
        Assert.Equal(0, wallet.Held.MinorUnits);
        Assert.Throws<RuleBroken>(() => wallet.GiveBack("INV-1", At("2026-03-01")));
        Assert.Throws<RuleBroken>(() => wallet.GiveBack("INV-2", At("2026-03-01")));
    }

    [Fact]
    public void A_wallet_that_has_ended_takes_nothing_back()
    {
        var wallet = New();
        wallet.Add(new(GrantKind.Granted, 10), Start);
        wallet.Spend(Money.Of(4, Usd), "INV-1", Start);
        var pending = wallet.Add(new(GrantKind.Purchased, 5), Start);
        wallet.Terminate(Start);

        Assert.Equal((false, GrantStatus.Failed, 0L), (wallet.TakesBack, pending.Status, wallet.Held.MinorUnits));
        Assert.Equal((WalletEntryKind.Lost, -600L), (wallet.Entries[^1].Kind, wallet.Entries[^1].AmountMinor));
        Assert.Throws<RuleBroken>(() => wallet.GiveBack("INV-1", Start));
        Assert.Throws<RuleBroken>(() => wallet.Add(new(GrantKind.Granted, 1), Start));
        Assert.Throws<RuleBroken>(() => wallet.Terminate(Start));
    }

    [Fact]
    public void Purchases_keep_to_the_limits_and_gifts_need_not()
    {
        var wallet = New(limits: new(Money.Of(5, Usd), Money.Of(100, Usd)));

        Assert.Throws<RuleBroken>(() => wallet.Add(new(GrantKind.Purchased, D("4.99")), Start));
        Assert.Throws<RuleBroken>(() => wallet.Add(new(GrantKind.Purchased, D("100.01")), Start));
        wallet.Add(new(GrantKind.Purchased, 5), Start);
        wallet.Add(new(GrantKind.Purchased, 100), Start);
        wallet.Add(new(GrantKind.Purchased, 1, IgnoresLimits: true), Start);
        wallet.Add(new(GrantKind.Granted, 1), Start);
        Assert.Equal(4, wallet.Grants.Count);
    }

    [Fact]
    public void Refuses_what_a_wallet_cannot_be()
    {
        Assert.Throws<RuleBroken>(() => New(priority: 0));
        Assert.Throws<RuleBroken>(() => New(priority: 51));
        Assert.Throws<RuleBroken>(() => New(limits: new(Money.Of(5, Eur), null)));
        Assert.Throws<RuleBroken>(() => new TopUpLimits(Money.Of(6, Usd), Money.Of(5, Usd)));
        Assert.Throws<RuleBroken>(() => New().Add(new(GrantKind.Granted, 0), Start));
        Assert.Throws<RuleBroken>(() => New().Add(new(GrantKind.Granted, 1, Priority: 256), Start));
        Assert.Throws<RuleBroken>(() => New().Add(new(GrantKind.Granted, 1, ExpiresAt: Start), Start));
    }

    [Fact]
    public void No_grant_falls_below_zero_and_the_entries_add_up_to_what_is_held() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 3_000], Gen.Int[0, 30]).Array[1, 20].Sample(steps =>
        {
            var (wallet, now, invoice) = (New(), Start, 0);
            foreach (var (what, cents, days) in steps)
            {
                now += Duration.FromDays(days);
                Attempt(wallet, what, cents, days, now, ref invoice);
                if (wallet.Grants.Any(grant => grant.LeftMinor < 0 || grant.LeftMinor > grant.AmountMinor)
                    || wallet.Entries.Sum(entry => entry.AmountMinor) != wallet.Held.MinorUnits
                    || wallet.BalanceAt(now).MinorUnits < 0
                    || wallet.Entries.Any(entry => entry.Parts.Sum(part => part.AmountMinor) != Math.Abs(entry.AmountMinor)))
                {
                    return false;
                }
            }

            wallet.Terminate(now);
            return wallet.Held.MinorUnits == 0 && wallet.Entries.Sum(entry => entry.AmountMinor) == 0;
        }, iter: 2_000);

    [Fact]
    public void Spending_in_parts_leaves_each_grant_as_spending_at_once() =>
        Gen.Select(Gen.Int[1, 2_000].Array[1, 6], Gen.Int[0, 3], Gen.Int[1, 500].Array[1, 8]).Sample((grants, salt, parts) =>
        {
            var (whole, split) = (New(), New());
            foreach (var (cents, i) in grants.Select((cents, i) => (cents, i)))
            {
                var topUp = new TopUp(GrantKind.Granted, cents / 100m, Priority: (i * 7 + salt) % 3,
                    ExpiresAt: i % 2 == 0 ? null : Start + Duration.FromDays(100 - i));
                whole.Add(topUp, Start);
                split.Add(topUp, Start);
            }

            if (parts.Sum() > grants.Sum())
            {
                return true;
            }

            whole.Spend(Money.OfMinor(parts.Sum(), Usd), "INV", Start);
            Array.ForEach(parts, cents => split.Spend(Money.OfMinor(cents, Usd), "INV", Start));
            return whole.Grants.Select(grant => grant.LeftMinor).SequenceEqual(split.Grants.Select(grant => grant.LeftMinor));
        }, iter: 2_000);

    // Refusals are part of the law: they must change nothing.
    private static void Attempt(Wallet wallet, int what, int cents, int days, Instant now, ref int invoice)
    {
        try
        {
            switch (what)
            {
                case 0 or 1:
                    wallet.Add(new(GrantKind.Granted, cents / 100m, Priority: cents % 3, ExpiresAt: now + Duration.FromDays(days + 1)),
                        now);
                    break;
                case 2:
                    wallet.Paid(wallet.Add(new(GrantKind.Purchased, cents / 100m), now).Id, now);
                    break;
                case 3:
                    wallet.Spend(Money.OfMinor(cents, Usd), $"INV-{++invoice}", now);
                    break;
                case 4:
                    wallet.GiveBack($"INV-{invoice}", now);
                    break;
                default:
                    wallet.Void(cents / 100m, null, now);
                    break;
            }
        }
        catch (RuleBroken)
        {
            // Checked by the caller: the ledger still adds up.
        }
    }

    private static Instant At(string day) => Day(day).AtMidnight().InUtc().ToInstant();

    private static WalletDetails Details(int priority = 50, TopUpLimits? limits = null, bool taxesPurchases = false) =>
        new("Wallet", priority, WalletScope.Everything, limits ?? TopUpLimits.None, taxesPurchases);

    private static Wallet New(int priority = 50, TopUpLimits? limits = null, bool taxesPurchases = false) =>
        Wallet.Create(CustomerId.New(), "w", new(1, Usd), Details(priority, limits, taxesPurchases), Start);
}
