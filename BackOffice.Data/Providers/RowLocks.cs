using BackOffice.Core.Customers;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data.Providers;

/// <summary>Locks that make a decision and the writing of it one step.</summary>
public static class RowLocks
{
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

    /// <summary>The same for many, always in one order, so that two who lock several never wait for each other.</summary>
    /// <exception cref="InvalidOperationException">There is no transaction that could hold the lock.</exception>
    public static async Task LockCustomers(this BackOfficeDb db, IEnumerable<CustomerId> customers, CancellationToken cancel)
    {
        RequireTransaction(db);
        if (db.Database.IsNpgsql())
        {
            var ids = customers.Select(customer => customer.Value).ToArray();
            await db.Database.SqlQuery<Guid>(
                $"""SELECT id AS "Value" FROM customers WHERE id = ANY({ids}) ORDER BY id FOR UPDATE""").ToListAsync(cancel);
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
