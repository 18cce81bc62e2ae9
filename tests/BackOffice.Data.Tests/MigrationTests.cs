using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data.Tests;

public class MigrationTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothDatabases>]
    public async Task The_migrations_say_what_the_model_says(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();

        Assert.False(
            db.Database.HasPendingModelChanges(),
            $"The model has changed: add a migration for {provider}, and one for the other engine.");
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_test_database_is_made_by_the_migrations(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();

        Assert.NotEmpty(await db.Database.GetAppliedMigrationsAsync(Cancel));
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Migrating_twice_changes_nothing(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Empty(provider, server);
        await using var db = test.Open();
        await db.Database.MigrateAsync(Cancel);
        var applied = (await db.Database.GetAppliedMigrationsAsync(Cancel)).ToList();

        await db.Database.MigrateAsync(Cancel);

        Assert.Equal(applied, await db.Database.GetAppliedMigrationsAsync(Cancel));
    }

    [Fact]
    public async Task Both_engines_have_the_same_migrations()
    {
        await using var sqlite = await TestDatabase.Create(DatabaseProvider.Sqlite, server);
        await using var postgres = await TestDatabase.Create(DatabaseProvider.PostgreSql, server);
        await using var one = sqlite.Open();
        await using var other = postgres.Open();

        Assert.Equal(Names(one), Names(other));
    }

    /// <summary>Without the moment they were made at, which differs by a second or so.</summary>
    private static IEnumerable<string> Names(BackOfficeDb db) =>
        db.Database.GetMigrations().Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..]);
}
