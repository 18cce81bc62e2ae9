using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace BackOffice.Data.Providers;

/// <summary>The model on SQLite, with its own migrations.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : BackOfficeDb(options);

/// <summary>Used by `dotnet ef` only.</summary>
public sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDb>().UseBackOffice(DatabaseProvider.Sqlite, "Data Source=design.db").Options);
}
