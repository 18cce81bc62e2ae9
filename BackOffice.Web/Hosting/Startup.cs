using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Usage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BackOffice.Web.Hosting;

/// <summary>Brings the database to this version before anybody is served.</summary>
internal static class Startup
{
    private const long MigrationLock = 7_301_946_522;

    public static async Task PrepareDatabase(this IServiceProvider services, CancellationToken cancel = default)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync(cancel);

        // EF guards its own migrations, but two nodes starting together would still race each other's roles.
        await using var alone = db.Database.IsNpgsql() ? await Lock(db, cancel) : null;
        await db.Database.MigrateAsync(cancel);
        await UsageUpgrade.Run(db, cancel);
        await AddMissingRoles(db, cancel);
    }

    private static async Task AddMissingRoles(BackOfficeDb db, CancellationToken cancel)
    {
        var present = await db.Roles.Select(r => r.Name!).ToListAsync(cancel);
        db.Roles.AddRange(Roles.All.Except(present).Select(name => new IdentityRole<Guid>
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            NormalizedName = name.ToUpperInvariant(),
            ConcurrencyStamp = Guid.CreateVersion7().ToString(),
        }));
        await db.SaveChangesAsync(cancel);
    }

    private static async Task<NpgsqlConnection> Lock(BackOfficeDb db, CancellationToken cancel)
    {
        var settings = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection);
        command.Parameters.Add(new() { Value = MigrationLock });
        await command.ExecuteNonQueryAsync(cancel);
        return connection; // Closing the session releases the lock.
    }
}
