using BackOffice.Data;
using BackOffice.Data.Providers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BackOffice.Testing;

/// <summary>A database of its own for one test, registered exactly as the application registers it, deleted afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<byte[]>> SqliteTemplate = new(MakeSqliteTemplate);

    private readonly ServiceProvider _services;
    private readonly Func<Task> _delete;

    private TestDatabase(DatabaseProvider provider, string connectionString, string directory, Func<Task> delete)
    {
        (Provider, ConnectionString, DataDirectory, _delete) = (provider, connectionString, directory, delete);
        _services = Register(provider, connectionString);
        Dbs = _services.GetRequiredService<IDbContextFactory<BackOfficeDb>>();
    }

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    /// <summary>An empty directory of this test's own, on PostgreSQL too; the SQLite file lies in it.</summary>
    public string DataDirectory { get; }

    /// <summary>On SQLite: the main file.</summary>
    public string MainFile => SqliteFile(DataDirectory);

    public IDbContextFactory<BackOfficeDb> Dbs { get; }

    /// <summary>For a test that runs on both engines: the schema is there, the tables are as the migrations leave them.</summary>
    public static async Task<TestDatabase> Create(DatabaseProvider provider, PostgresServer server)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            return await Sqlite();
        }

        var connectionString = await server.CreateDatabaseAsync("schema", filled => Prepare(provider, filled));
        return new(provider, connectionString, NewDirectory(), () => server.DropDatabaseAsync(connectionString));
    }

    /// <summary>For a test of something else than the mapping, which needs a real database and not both.</summary>
    public static async Task<TestDatabase> Sqlite()
    {
        var directory = NewDirectory();
        var connectionString = SqliteIn(directory);
        await File.WriteAllBytesAsync(SqliteFile(directory), await SqliteTemplate.Value);
        return new(DatabaseProvider.Sqlite, connectionString, directory, () => Forget(connectionString));
    }

    /// <summary>A database without any table, for the tests of the migrations themselves.</summary>
    public static async Task<TestDatabase> Empty(DatabaseProvider provider, PostgresServer server)
    {
        var directory = NewDirectory();
        if (provider == DatabaseProvider.Sqlite)
        {
            return new(provider, SqliteIn(directory), directory, () => Forget(SqliteIn(directory)));
        }

        var connectionString = await server.CreateDatabaseAsync();
        return new(provider, connectionString, directory, () => server.DropDatabaseAsync(connectionString));
    }

    public BackOfficeDb Open() => Dbs.CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _delete();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private static ServiceProvider Register(DatabaseProvider provider, string connectionString) =>
        new ServiceCollection().AddBackOfficeDb(provider, connectionString).BuildServiceProvider();

    private static string NewDirectory() => Directory.CreateTempSubdirectory("backoffice-test-").FullName;

    private static string SqliteFile(string directory) => Path.Combine(directory, "backoffice.db");

    private static string SqliteIn(string directory) => $"Data Source={SqliteFile(directory)}";

    private static async Task<byte[]> MakeSqliteTemplate()
    {
        var directory = NewDirectory();
        await Prepare(DatabaseProvider.Sqlite, SqliteIn(directory));
        // The last connection to close writes the log back into the file, which is then all there is.
        await Forget(SqliteIn(directory));
        var bytes = await File.ReadAllBytesAsync(SqliteFile(directory));
        Directory.Delete(directory, recursive: true);
        return bytes;
    }

    private static async Task Prepare(DatabaseProvider provider, string connectionString)
    {
        await using var services = Register(provider, connectionString);
        await using var db = await services.GetRequiredService<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync();
        if (db.Database.GetMigrations().Any())
        {
            await db.Database.MigrateAsync();
        }
        else
        {
            await db.Database.EnsureCreatedAsync();
        }
    }

    private static async Task Forget(string connectionString)
    {
        await using var pooled = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(pooled);
    }
}
