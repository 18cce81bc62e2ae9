using System.Data.Common;
using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Taxes;
using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Data.Tests;

/// <summary>An issued credit note is a document: only what is left of its credit may move, and only within bounds.</summary>
public class CreditNoteConstraintTests(PostgresServer server)
{
    private static readonly Currency Usd = Currency.Of("USD");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseProvider, string, string> Attempts()
    {
        (string Sql, string Why)[] attempts =
        [
            ("UPDATE credit_notes SET net_minor = net_minor + 1, tax_minor = tax_minor - 1", "an amount"),
            ("UPDATE credit_notes SET status = 'Approved', number = NULL", "taking the number back"),
            ("UPDATE credit_notes SET description = 'Other'", "what it says"),
            ("DELETE FROM credit_notes", "an issued note"),
            ("UPDATE credit_note_lines SET amount_minor = 1", "what it takes back"),
            ("DELETE FROM credit_note_lines", "all lines"),
            ("UPDATE credit_note_taxes SET tax_minor = 1", "the tax"),
            ("DELETE FROM credit_note_taxes", "all taxes"),
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
        await Store(db, issued: true);

        var refused = await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(sql, Cancel));

        Assert.True(refused.Message.Contains("never", StringComparison.Ordinal), $"{why}: {refused.Message}");
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Its_credit_is_used_but_never_more_than_there_is(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var note = await Store(db, issued: true);

        note.Use(Money.Of(20, Usd));
        await db.SaveChangesAsync(Cancel);

        await Assert.ThrowsAnyAsync<DbException>(() =>
            db.Database.ExecuteSqlRawAsync("UPDATE credit_notes SET balance_minor = -1", Cancel));
        await Assert.ThrowsAnyAsync<DbException>(() =>
            db.Database.ExecuteSqlRawAsync("UPDATE credit_notes SET balance_minor = credit_minor + 1", Cancel));
        await using var again = test.Open();
        Assert.Equal("98.81 USD", (await again.CreditNotes.SingleAsync(Cancel)).Balance.ToString());
    }

    [Theory, ClassData<BothDatabases>]
    public async Task One_that_is_not_issued_can_be_thrown_away(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var note = await Store(db, issued: false);

        db.Remove(note);
        await db.SaveChangesAsync(Cancel);

        Assert.Equal(0, await db.Set<CreditNoteLine>().CountAsync(Cancel));
    }

    // 99.84 before tax with 19 %: 118.81.
    private static async Task<CreditNote> Store(BackOfficeDb db, bool issued)
    {
        var books = await Books.Store(db, issued: true);
        var sheet = TaxSheet.Of([new TaxableLine(Money.Of(99.84m, Usd), [new LineTax("vat", "VAT", 19)])], Money.Zero(Usd));
        var content = CreditableInvoice.Of(sheet).Estimate([CreditRequest.Whole(0)]);
        var note = CreditNote.Prepare(
            books.Invoice.Id, books.Customer.Id, content, CreditNoteSplit.AllCredit(content.Total), (CreditNoteReason.Other, "As agreed"));
        note.Submit(Books.Clara, Books.Now);
        db.Add(note);
        await db.SaveChangesAsync(Cancel);
        if (issued)
        {
            note.Approve(Books.Ann, Books.Now);
            note.Issue("INV-000001", 1, new LocalDate(2026, 3, 2));
            await db.SaveChangesAsync(Cancel);
        }

        return note;
    }
}
