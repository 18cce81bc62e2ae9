using System.Data.Common;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data.Tests;

/// <summary>What is history cannot be changed, not even by SQL in a shell.</summary>
public class FrozenHistoryTests(PostgresServer server)
{
    public static TheoryData<DatabaseProvider, string, string> Attempts()
    {
        (string Sql, string Why)[] attempts =
        [
            ("UPDATE invoices SET total_minor = total_minor + 1, tax_minor = tax_minor + 1", "an amount of an issued invoice"),
            ("UPDATE invoices SET status = 'Draft', number = NULL", "taking a number back"),
            ("DELETE FROM invoices", "an issued invoice"),
            ("UPDATE invoice_lines SET name = 'Other'", "a line of an issued invoice"),
            ("DELETE FROM invoice_lines", "all lines of an issued invoice"),
            ("UPDATE invoice_taxes SET percent = 7", "the tax of an issued invoice"),
            ("DELETE FROM invoice_taxes", "all taxes of an issued invoice"),
            ("UPDATE plan_versions SET base_fee_minor = 1", "a published price"),
            ("DELETE FROM plan_versions", "a published version"),
            ("UPDATE charges SET price = '[]'", "a published charge"),
            ("DELETE FROM charges", "all published charges"),
            ("UPDATE tax_percentages SET percent = 7", "a percentage that may have been used"),
            ("DELETE FROM tax_percentages", "all percentages"),
            ("UPDATE billed_periods SET kind = 'Other'", "the proof of billing"),
            ("DELETE FROM billed_periods", "all proofs of billing"),
            ("UPDATE audit_entries SET action = 'Nothing'", "the audit trail"),
            ("DELETE FROM audit_entries", "all of the audit trail"),
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
        await Books.Store(db, issued: true);

        var refused = await Assert.ThrowsAnyAsync<DbException>(() =>
            db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken)
        );

        Assert.True(refused.Message.Contains("never", StringComparison.Ordinal), $"{why}: {refused.Message}");
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "UPDATE usage_events SET line = 1", "readonly", "the main connection only reads usage")]
    [InlineData(DatabaseProvider.Sqlite, "DELETE FROM usage_events", "readonly", "the main connection only reads usage")]
    [InlineData(DatabaseProvider.PostgreSql, "UPDATE usage_events SET line = 1", "never", "what an event says")]
    [InlineData(DatabaseProvider.PostgreSql, "DELETE FROM usage_events", "never", "all usage")]
    [InlineData(DatabaseProvider.PostgreSql, "TRUNCATE usage_events", "never", "all usage at once")]
    public async Task Usage_is_history(DatabaseProvider provider, string sql, string says, string why)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        await Books.Store(db, issued: true);

        var refused = await Assert.ThrowsAnyAsync<DbException>(() =>
            db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken)
        );

        Assert.True(refused.Message.Contains(says, StringComparison.Ordinal), $"{why}: {refused.Message}");
    }

    [Theory]
    [InlineData("UPDATE usage_events SET packed = x''")]
    [InlineData("DELETE FROM usage_events")]
    public async Task The_usage_file_is_history_to_a_shell_too(string sql)
    {
        await using var test = await TestDatabase.Sqlite();
        await using (var db = test.Open())
        {
            await Books.Store(db, issued: true);
        }

        await using var shell = new SqliteConnection($"Data Source={UsageFile.Beside(test.MainFile)};Pooling=false");
        await shell.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = shell.CreateCommand();
        command.CommandText = sql;

        var refused = await Assert.ThrowsAsync<SqliteException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Contains("never changes", refused.Message);
    }

    [Fact]
    public async Task A_usage_file_from_before_imports_could_be_undone_gets_what_it_needs()
    {
        await using var test = await TestDatabase.Sqlite();
        var file = UsageFile.Beside(test.MainFile);
        UsageFile.Create(file);
        using var shell = UsageFile.Open(file);
        UsageFile.Execute(shell, "DROP TABLE usage_undone; DROP TABLE usage_corrections; PRAGMA user_version = 1");

        UsageFile.Create(file);
        UsageFile.Create(file);

        UsageFile.Execute(shell, "SELECT first_event, next_event, undoing FROM usage_undone");
        UsageFile.Execute(shell, "SELECT event, origin, position FROM usage_corrections");
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Nobody_adds_a_line_to_an_issued_invoice(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        await Books.Store(db, issued: true);
        const string copy = """
            INSERT INTO invoice_taxes (id, invoice_id, position, code, name, percent, currency, base_minor, tax_minor)
            SELECT customer_id, id, 2, 'x', 'X', '1', 'USD', 0, 0 FROM invoices
            """;
        var sql = provider == DatabaseProvider.Sqlite ? copy : copy.Replace("'1'", "1", StringComparison.Ordinal);

        var refused = await Assert.ThrowsAnyAsync<DbException>(() =>
            db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken)
        );

        Assert.Contains("never change", refused.Message);
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_draft_may_still_change(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        await Books.Store(db, issued: false);

        Assert.Equal(
            1,
            await db.Database.ExecuteSqlRawAsync("UPDATE invoices SET return_comment = 'x'", TestContext.Current.CancellationToken)
        );
        Assert.Equal(1, await db.Database.ExecuteSqlRawAsync("DELETE FROM invoice_taxes", TestContext.Current.CancellationToken));
    }
}
