using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Data.Mapping;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Period = BackOffice.Core.Common.Period;

namespace BackOffice.Data.Tests;

/// <summary>Exactly once is a matter of the database, not of luck.</summary>
public class ConstraintTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothDatabases>]
    public async Task A_period_is_billed_once(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var books = await Books.Store(db, issued: false);

        db.Add(BilledPeriod.Of(books.Subscription.Id, new Period(new LocalDate(2023, 11, 1), new LocalDate(2023, 12, 1)), null));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Parts_of_a_period_are_billed_side_by_side_and_each_of_them_once(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var books = await Books.Store(db, issued: false);
        var life = books.Subscription.Life(Zone.Of("Europe/Berlin"), (_, version) => books.Plan.Terms(version));
        var item = DueItems.Of(life, Books.Now).First(due => due.Kind == DueKind.Usage);
        db.AddRange(new string?[] { null, "1", "2" }.Select(part => BilledPeriod.Of(item with { Part = part }, null)));
        await db.SaveChangesAsync(Cancel);

        await using var again = test.Open();
        var stored = await again.BilledPeriods.Where(b => b.Kind.StartsWith("usage.1")).ToListAsync(Cancel);
        Assert.Equal(
            ["usage.1", "usage.1:1", "usage.1:2"],
            stored.SelectMany(period => period.Items([])).Select(billed => billed.Key.Kind).Order(StringComparer.Ordinal));
        Assert.All(stored, period => Assert.True(period.ClosesUsage));
        again.Add(BilledPeriod.Of(item with { Part = "2" }, null));
        await Assert.ThrowsAsync<DbUpdateException>(() => again.SaveChangesAsync(Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_customer_is_in_a_run_once(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var books = await Books.Store(db, issued: false);
        var run = BillingRun.Start(1, new LocalDate(2023, 11, 30), Books.Clara, Books.Now);

        db.AddRange(run, RunItem.Waiting(run.Id, books.Customer.Id), RunItem.Waiting(run.Id, books.Customer.Id));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_planned_time_has_one_run(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        db.Add(BillingRun.Start(1, new LocalDate(2023, 11, 30), Books.Clara, Books.Now, scheduledFor: Books.Now));
        db.Add(BillingRun.Start(2, new LocalDate(2023, 11, 30), Books.Clara, Books.Now, scheduledFor: Books.Now));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task The_same_event_is_a_duplicate_and_the_same_id_with_other_content_a_conflict(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var books = await Books.Store(db, issued: false);

        Assert.Equal(AppendOutcome.Duplicate, await Books.Append(db, books.Event("first")));
        Assert.Equal(AppendOutcome.Conflict, await Books.Append(db, books.Event("first", """{"tokens":1}""")));
        Assert.Equal(AppendOutcome.Accepted, await Books.Append(db, books.Event("second")));
        Assert.Equal(2, await db.CountUsage(new EventQuery(), Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task An_invoice_whose_total_is_not_subtotal_and_tax_is_refused(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        await Books.Store(db, issued: false);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
            () => db.Database.ExecuteSqlRawAsync("UPDATE invoices SET total_minor = total_minor + 1", Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Numbers_taken_by_many_at_once_have_no_gap_although_some_roll_back(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        var kept = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Take(test, commit: i % 4 != 0)));

        Assert.Equal(Enumerable.Range(1, 30).Select(n => (long)n), kept.OfType<long>().Order());
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_number_is_never_taken_without_a_transaction(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.NextNumber(Numbering.Invoices, 2026, Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_stale_copy_cannot_overwrite_a_newer_one(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var books = await Books.Store(db, issued: false);
        await using var other = test.Open();
        var stale = await other.Invoices.SingleAsync(Cancel);

        books.Invoice.Return("Look again");
        await db.SaveChangesAsync(Cancel);
        stale.Approve(Books.Ann, Books.Now);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => other.SaveChangesAsync(Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task What_is_stored_is_read_back_to_the_last_digit(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var books = await Books.Store(db, issued: true);
        await using var again = test.Open();

        var invoice = await again.Invoices.SingleAsync(Cancel);
        Assert.Equal(books.Invoice.Total, invoice.Total);
        Assert.Equal(books.Invoice.Buyer, invoice.Buyer);
        Assert.Equal(books.Invoice.Preparers, invoice.Preparers);
        Assert.Equal(books.Invoice.Lines[0].Steps, invoice.Lines[0].Steps);
        Assert.Equal(books.Invoice.PreparedAt, invoice.PreparedAt);
        var plan = await again.Plans.SingleAsync(Cancel);
        Assert.Equal(books.Plan.Latest!.Charges[0].Price, plan.Latest!.Charges[0].Price);
        Assert.Equal(0, again.RevisionOf(plan));
    }

    private static async Task<long?> Take(TestDatabase test, bool commit)
    {
        await using var db = test.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        var number = await db.NextNumber(Numbering.Invoices, 2026, Cancel);
        if (!commit)
        {
            return null;
        }

        await transaction.CommitAsync(Cancel);
        return number;
    }
}
