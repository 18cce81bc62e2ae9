using System.Data.Common;
using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data.Tests;

/// <summary>An issued invoice changes once at most, on both engines: it is voided, and nothing of it but that.</summary>
public class VoidedInvoiceTests(PostgresServer server)
{
    private const string Why = """{"by":{"id":null,"name":"Ann"},"at":"2026-03-02T09:00:00Z","comment":"Wrong address"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothDatabases>]
    public async Task An_issued_invoice_is_voided_and_reads_the_same(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using (var db = test.Open())
        {
            var books = await Books.Store(db, issued: true);
            books.Invoice.Void("Wrong address", billAgain: true, Books.Ann, Books.Now);
            await db.SaveChangesAsync(Cancel);
        }

        await using var again = test.Open();
        var invoice = await again.Invoices.SingleAsync(Cancel);
        Assert.Equal(
            (InvoiceStatus.Voided, new Withdrawal(Books.Ann, Books.Now, "Wrong address"), true, "INV-000001"),
            (invoice.Status, invoice.Voided, invoice.IsBilledAgain, invoice.Number));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Voiding_may_change_nothing_else(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        await Books.Store(db, issued: true);
        string[] moving = ["status", "voided", "is_billed_again", "revision"];
        var columns = db.Model.FindEntityType(typeof(Invoice))!.GetProperties().Select(p => p.GetColumnName()).Except(moving).ToList();
        var text = columns.ToDictionary(column => column, column => Other(provider, db, column));

        foreach (var (column, value) in text)
        {
            var sql = string.Concat("UPDATE invoices SET status = 'Voided', voided = {0}, ", column, " = ", value);
            var refused = await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(sql, [Why], Cancel));
            Assert.True(refused.Message.Contains("never", StringComparison.Ordinal), $"{column}: {refused.Message}");
        }

        Assert.True(columns.Count > 25, "the columns of the model");
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_voided_invoice_is_history_like_an_issued_one(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        await Books.Store(db, issued: true);
        await db.Database.ExecuteSqlRawAsync("UPDATE invoices SET status = 'Voided', voided = {0}", [Why], Cancel);
        string[] attempts =
        [
            "UPDATE invoices SET status = 'Issued', voided = NULL", "UPDATE invoices SET is_billed_again = (1 = 1)",
            "UPDATE invoices SET voided = 'other'", "DELETE FROM invoices", "UPDATE invoice_lines SET name = 'Other'",
            "DELETE FROM invoice_lines", "UPDATE invoice_taxes SET percent = 7", "DELETE FROM invoice_taxes",
        ];
        foreach (var sql in attempts)
        {
            var refused = await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(sql, Cancel));
            Assert.True(refused.Message.Contains("never", StringComparison.Ordinal), $"{sql}: {refused.Message}");
        }
    }

    [Theory]
    [InlineData("UPDATE invoices SET status = 'Voided', number = 'INV-1'", "ck_invoices_voided", "nobody says why")]
    [InlineData("UPDATE invoices SET voided = 'x'", "ck_invoices_voided", "a draft is not withdrawn")]
    [InlineData("UPDATE invoices SET is_billed_again = (1 = 1)", "ck_invoices_again", "only what is voided is billed again")]
    [InlineData("UPDATE invoices SET number = 'INV-1'", "ck_invoices_number", "a draft has no number")]
    public async Task A_row_that_cannot_be_right_is_refused(string sql, string rule, string why)
    {
        foreach (var provider in new[] { DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql })
        {
            await using var test = await TestDatabase.Create(provider, server);
            await using var db = test.Open();
            await Books.Store(db, issued: false);

            var refused = await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(sql, Cancel));
            Assert.True(refused.Message.Contains(rule, StringComparison.Ordinal), $"{why}: {refused.Message}");
        }
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_period_is_billed_once_in_each_generation(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var books = await Books.Store(db, issued: true);
        var life = books.Subscription.Life(Zone.Of("Europe/Berlin"), (_, version) => books.Plan.Terms(version));
        var item = DueItems.Of(life, Books.Now).First(due => due.Kind == DueKind.Usage);
        db.AddRange(BilledPeriod.Of(item, null, 7), BilledPeriod.Of(item with { Generation = 1 }, null, 9));
        await db.SaveChangesAsync(Cancel);
        Assert.Equal(
            [7L, 9L],
            await db.BilledPeriods.Where(b => b.Kind == "usage.1").OrderBy(b => b.Generation).Select(b => b.UsageThrough!.Value)
                .ToListAsync(Cancel));

        db.ChangeTracker.Clear();
        db.Add(BilledPeriod.Of(item with { Generation = 1 }, null, 9));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel));
    }

    // Another value than the stored one: a number grows, text gets longer, what is null gets a value.
    private static string Other(DatabaseProvider provider, BackOfficeDb db, string column)
    {
        var property = db.Model.FindEntityType(typeof(Invoice))!.GetProperties().Single(p => p.GetColumnName() == column);
        var type = property.GetRelationalTypeMapping().StoreType;
        return (provider, type) switch
        {
            _ when column == "currency" => "'EUR'",
            (_, "uuid") => "'01900000-0000-7000-8000-0000000000ff'",
            (_, "boolean") => "NOT " + column,
            (_, "date") => $"COALESCE({column}, DATE '2026-01-01') + 1",
            (_, var moment) when moment.StartsWith("timestamp", StringComparison.Ordinal) =>
                $"COALESCE({column}, TIMESTAMPTZ '2026-01-01') + INTERVAL '1 day'",
            (_, "INTEGER" or "bigint" or "integer") => $"COALESCE({column}, 0) + 1",
            _ => $"COALESCE({column}, '') || 'x'",
        };
    }
}
