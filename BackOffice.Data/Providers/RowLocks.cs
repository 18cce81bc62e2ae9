using BackOffice.Core.Customers;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data.Providers;

/// <summary>Locks that make a decision and the writing of it one step.</summary>
public static class RowLocks
{
    private const long ImportLock = 7_301_946_523;

    /// <summary>
    /// One import at a time, until the caller's transaction ends. An import locks its customers as they come in the file;
    /// two imports that meet the same customers in another order would wait for each other for ever.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no transaction that could hold the lock.</exception>
    public static async Task LockImports(this BackOfficeDb db, CancellationToken cancel)
    {
        RequireTransaction(db);
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ImportLock})", cancel);
        }
    }

    /// <summary>
    /// Whoever bills a customer, imports his usage or issues his invoice takes this first, so that an event is either
    /// on the invoice or known to be late. On SQLite the transaction itself is the lock: it is the only writer.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no transaction that could hold the lock.</exception>
    public static async Task LockCustomer(this BackOfficeDb db, CustomerId customer, CancellationToken cancel)
    {
        RequireTransaction(db);
        if (db.Database.IsNpgsql())
        {
            await db.Database.SqlQuery<Guid>($"""SELECT id AS "Value" FROM customers WHERE id = {customer.Value} FOR UPDATE""")
                .ToListAsync(cancel);
        }
    }

    private static void RequireTransaction(BackOfficeDb db)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A lock lasts as long as a transaction; begin one first.");
        }
    }
}
