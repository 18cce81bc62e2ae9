using System.Data.Common;
using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Data.Tests;

/// <summary>The ledger of a wallet is written once, and no grant gives more than it holds, not even by SQL in a shell.</summary>
public class WalletConstraintTests(PostgresServer server)
{
    private static readonly Currency Usd = Currency.Of("USD");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseProvider, string, string> Attempts()
    {
        (string Sql, string Why)[] attempts =
        [
            ("UPDATE wallet_entries SET amount_minor = 0", "what moved"),
            ("DELETE FROM wallet_entries", "all movements"),
            ("UPDATE wallet_entry_parts SET amount_minor = 1", "which credits moved"),
            ("DELETE FROM wallet_entry_parts", "the parts of all movements"),
            ("UPDATE wallet_grants SET amount_minor = amount_minor + 1", "how much was granted"),
            ("UPDATE wallet_grants SET is_taxed = NOT is_taxed", "whether tax was charged"),
            ("DELETE FROM wallet_grants", "all grants"),
        ];
        var rows = new TheoryData<DatabaseProvider, string, string>();
        foreach (var (sql, why) in attempts)
        {
            rows.Add(DatabaseProvider.Sqlite, sql, why);
            rows.Add(DatabaseProvider.PostgreSql, sql, why);
        }

        return rows;
    }

    [Theory, MemberData(nameof(Attempts))]
    public async Task The_database_refuses_to_change(DatabaseProvider provider, string sql, string why)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        await Store(db);

        var refused = await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(sql, Cancel));

        Assert.True(refused.Message.Contains("never", StringComparison.Ordinal), $"{why}: {refused.Message}");
    }

    [Theory, ClassData<BothDatabases>]
    public async Task No_grant_holds_less_than_nothing_or_more_than_came_in(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        await Store(db);

        await Assert.ThrowsAnyAsync<DbException>(() =>
            db.Database.ExecuteSqlRawAsync("UPDATE wallet_grants SET left_minor = -1", Cancel));
        await Assert.ThrowsAnyAsync<DbException>(() =>
            db.Database.ExecuteSqlRawAsync("UPDATE wallet_grants SET left_minor = amount_minor + 1", Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Two_movements_at_once_cannot_both_be_the_next_one(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        await Store(db);
        await using var other = test.Open();
        var here = await db.Wallets.SingleAsync(Cancel);
        var there = await other.Wallets.SingleAsync(Cancel);

        here.Spend(Money.Of(10, Usd), "INV-2", Books.Now);
        there.Spend(Money.Of(10, Usd), "INV-3", Books.Now);
        await db.SaveChangesAsync(Cancel);

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => other.SaveChangesAsync(Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_wallet_is_read_back_with_its_ledger_in_order(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var stored = await Store(db);
        await using var again = test.Open();

        var read = await again.Wallets.SingleAsync(Cancel);

        Assert.Equal(
            stored.Entries.Select(entry => (entry.InWords(), entry.At)), read.Entries.Select(entry => (entry.InWords(), entry.At)));
        Assert.Equal(stored.Grants.Select(grant => (grant.Key, grant.Left)), read.Grants.Select(grant => (grant.Key, grant.Left)));
        Assert.Equal((stored.Scope, stored.Limits, stored.Rate), (read.Scope, read.Limits, read.Rate));
        Assert.Equal("32.50 USD", read.BalanceAt(Books.Now).ToString());
    }

    // 50.00 bought, 10.00 granted that go first, 27.50 spent of both.
    private static async Task<Wallet> Store(BackOfficeDb db)
    {
        var books = await Books.Store(db, issued: false);
        var scope = WalletScope.Of([PaidFor.Usage], ["requests"]);
        var wallet = Wallet.Create(
            books.Customer.Id, "prepaid", new CreditRate(0.25m, Usd),
            new WalletDetails("Prepaid", 3, scope, new TopUpLimits(Money.Of(5, Usd), null), true), Books.Now);
        var bought = wallet.Add(new TopUp(GrantKind.Purchased, 200), Books.Now);
        wallet.Paid(bought.Id, Books.Now);
        wallet.Add(new TopUp(GrantKind.Granted, 40, "Welcome", 10, ExpiresAt: Books.Now + Duration.FromDays(30)), Books.Now);
        wallet.Spend(Money.Of(27.50m, Usd), "INV-1", Books.Now);
        db.Add(wallet);
        await db.SaveChangesAsync(Cancel);
        return wallet;
    }
}
