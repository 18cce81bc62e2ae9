using System.Globalization;
using BackOffice.Data.Identity;
using BackOffice.Data.Providers;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data.Tests;

public class ProviderTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothDatabases>]
    public async Task A_test_gets_a_database_of_its_own_engine(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();

        Assert.Equal(provider == DatabaseProvider.Sqlite, db.Database.IsSqlite());
        Assert.Equal(provider == DatabaseProvider.PostgreSql, db.Database.IsNpgsql());
        Assert.Empty(await db.Users.ToListAsync(Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_user_comes_back_as_he_was_stored(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        var lockedUntil = new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero);
        var stored = new AppUser { NormalizedUserName = "ADA", DisplayName = "Ada Čapková 🧾", LockoutEnd = lockedUntil };
        await using (var db = test.Open())
        {
            db.Users.Add(stored);
            await db.SaveChangesAsync(Cancel);
        }

        await using var later = test.Open();
        var found = await later.Users.SingleAsync(Cancel);

        Assert.Equal(
            (stored.Id, "Ada Čapková 🧾", lockedUntil, false),
            (found.Id, found.DisplayName, found.LockoutEnd!.Value.ToUniversalTime(), found.IsDisabled));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Passkeys_have_a_table(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();

        Assert.Empty(await db.Set<IdentityUserPasskey<Guid>>().ToListAsync(Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_row_that_points_nowhere_is_refused(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = Guid.CreateVersion7(), RoleId = Guid.CreateVersion7() });

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Two_users_of_one_name_are_refused(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        db.Users.AddRange(new AppUser { NormalizedUserName = "ADA" }, new AppUser { NormalizedUserName = "ADA" });

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Writers_at_the_same_time_all_get_through(DatabaseProvider provider)
    {
        const int writers = 8, rounds = 10;
        await using var test = await TestDatabase.Create(provider, server);

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => Write(test, writer, rounds), Cancel)));

        await using var db = test.Open();
        Assert.Equal(writers * rounds, await db.Users.CountAsync(Cancel));
    }

    [Theory]
    [InlineData("foreign_keys", 1, "a row that points nowhere is refused")]
    [InlineData("synchronous", 2, "FULL: an acknowledged commit survives a power cut")]
    [InlineData("busy_timeout", 10_000, "a second writer waits instead of failing")]
    public async Task Sqlite_is_told_what_it_forgets_between_connections(string pragma, int value, string why)
    {
        await using var test = await TestDatabase.Sqlite();
        await using var db = test.Open();

        Assert.True(value == await Pragma<int>(db, pragma), why);
    }

    [Fact]
    public async Task Sqlite_keeps_a_write_ahead_log()
    {
        await using var test = await TestDatabase.Sqlite();
        await using var db = test.Open();

        Assert.Equal("wal", await Pragma<string>(db, "journal_mode"));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_finished_test_leaves_nothing_behind(DatabaseProvider provider)
    {
        var test = await TestDatabase.Create(provider, server);
        await using (var db = test.Open())
        {
            db.Users.Add(new AppUser { UserName = "ada" });
            await db.SaveChangesAsync(Cancel);
        }

        await test.DisposeAsync();

        Assert.False(Directory.Exists(test.DataDirectory));
        await using var again = await TestDatabase.Create(provider, server);
        await using var empty = again.Open();
        Assert.Empty(await empty.Users.ToListAsync(Cancel));
    }

    private static async Task Write(TestDatabase test, int writer, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await using var db = test.Open();
            db.Users.Add(new AppUser { UserName = $"{writer}-{round}", NormalizedUserName = $"{writer}-{round}" });
            await db.SaveChangesAsync(Cancel);
        }
    }

    private static async Task<T> Pragma<T>(BackOfficeDb db, string name)
    {
        // Not through EF's SqlQuery: a pragma cannot stand in the sub-select it writes.
        await db.Database.OpenConnectionAsync(Cancel);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync(Cancel))!, typeof(T), CultureInfo.InvariantCulture);
    }
}
