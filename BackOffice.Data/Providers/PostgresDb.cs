using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace BackOffice.Data.Providers;

/// <summary>The model on PostgreSQL, with its own migrations.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : BackOfficeDb(options);

/// <summary>Used by `dotnet ef` only.</summary>
public sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDb>().UseBackOffice(DatabaseProvider.PostgreSql, "Host=localhost").Options);
}
