using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data;

/// <summary>The last number given in a series and year. Year 0 for series that never start again.</summary>
public sealed class NumberCounter
{
    public required string Series { get; init; }

    public int Year { get; init; }

    public long Last { get; init; }
}

/// <summary>Numbers without gaps.</summary>
public static class Numbering
{
    public const string Invoices = "invoice";
    public const string Runs = "run";
    public const string Imports = "import";

    /// <summary>The next number of a series. Its row stays locked until the caller commits, so a rollback leaves no gap.</summary>
    /// <exception cref="InvalidOperationException">There is no transaction that the number could be part of.</exception>
    public static async Task<long> NextNumber(this BackOfficeDb db, string series, int year, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A number is taken inside the transaction that uses it.");
        }

        var taken = await db.Database.SqlQuery<long>($"""
            INSERT INTO number_counters (series, year, last) VALUES ({series}, {year}, 1)
            ON CONFLICT (series, year) DO UPDATE SET last = number_counters.last + 1
            RETURNING last AS "Value"
            """).ToListAsync(cancel);
        return taken.Single();
    }
}
