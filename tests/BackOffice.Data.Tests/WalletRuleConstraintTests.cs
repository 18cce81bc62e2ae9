using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Data.Tests;

/// <summary>A rule tops up once for an occasion and credits are sold once, whoever tries.</summary>
public class WalletRuleConstraintTests(PostgresServer server)
{
    private static readonly Currency Usd = Currency.Of("USD");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseProvider, TopUpTrigger, TopUpMethod> Rules()
    {
        var rows = new TheoryData<DatabaseProvider, TopUpTrigger, TopUpMethod>();
        foreach (var provider in new[] { DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql })
        {
            rows.Add(provider, new BelowThreshold(10.5m), new FixedTopUp(20, 0.25m));
            rows.Add(provider, new EveryInterval(BillingInterval.Quarterly, new LocalDate(2024, 2, 29)), new TargetTopUp(100, true));
        }

        return rows;
    }

    [Theory, MemberData(nameof(Rules))]
    public async Task A_rule_reads_back_as_it_was_written(DatabaseProvider provider, TopUpTrigger trigger, TopUpMethod method)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var written = new TopUpRule(trigger, method, IgnoresLimits: true);
        var (wallet, rule) = await Store(db, written);
        rule.Fire("2024-05-29", -3.125m, null, wallet.Grants[0].Id, Books.Now);
        await db.SaveChangesAsync(Cancel);
        await using var again = test.Open();

        var read = await again.WalletRules.SingleAsync(Cancel);

        Assert.Equal((written, 30), (read.Rule, read.LastsDays!.Value));
        var firing = Assert.Single(read.Firings);
        Assert.Equal(("2024-05-29", -3.125m), (firing.Occasion, firing.OngoingCredits));
        Assert.Equal((wallet.Grants[0].Id, Books.Now), (firing.Granted!.Value, firing.At));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Two_servers_that_see_one_crossing_top_up_once(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        await Store(db, new(new BelowThreshold(10), new FixedTopUp(0, 5)));
        await using var other = test.Open();
        var (here, there) = (await db.WalletRules.SingleAsync(Cancel), await other.WalletRules.SingleAsync(Cancel));

        here.Fire(here.NextCrossing, 0, null, null, Books.Now);
        there.Fire(there.NextCrossing, 0, null, null, Books.Now);
        await db.SaveChangesAsync(Cancel);

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => other.SaveChangesAsync(Cancel));
    }

    private static async Task<(Wallet Wallet, WalletRule Rule)> Store(BackOfficeDb db, TopUpRule terms)
    {
        var books = await Books.Store(db, issued: false);
        var wallet = Wallet.Create(
            books.Customer.Id, "prepaid", new CreditRate(1, Usd), new("Prepaid", 3, WalletScope.Everything, TopUpLimits.None), Books.Now);
        wallet.Add(new TopUp(GrantKind.Granted, 40), Books.Now);
        var rule = WalletRule.Create(wallet, terms, 30, Books.Now);
        db.Add(wallet);
        await db.SaveChangesAsync(Cancel);
        db.Add(rule);
        await db.SaveChangesAsync(Cancel);
        return (wallet, rule);
    }
}
