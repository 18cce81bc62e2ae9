using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Users;
using BackOffice.Web.Hosting;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Testing;

namespace BackOffice.Web.Tests;

/// <summary>The application's own services over a SQLite file of their own, without a server. One per test.</summary>
public sealed class TestOffice : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("backoffice-").FullName;
    private WebApplication _app = null!;

    private TestOffice()
    {
    }

    public static Instant Now { get; } = Instant.FromUtc(2026, 3, 2, 9, 0);

    public IServiceProvider Services => _app.Services;

    /// <summary>An empty database with its roles.</summary>
    /// <param name="more">Replaces services, for example the clock.</param>
    public static async Task<TestOffice> Create(Action<IServiceCollection>? more = null)
    {
        var test = new TestOffice();
        var builder = WebApplication.CreateBuilder(["--DataDirectory=" + test._directory]);
        builder.AddBackOffice();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IClock>(new FakeClock(Now));
        more?.Invoke(builder.Services);
        test._app = builder.Build();
        await test.Services.PrepareDatabase();
        return test;
    }

    public Task<BackOfficeDb> Open() => Services.GetRequiredService<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync();

    /// <summary>A person with these roles. The name is the part of the e-mail before the at sign.</summary>
    public async Task<AppUser> AddPerson(string name, params string[] roles)
    {
        var accounts = Services.GetRequiredService<IServiceScopeFactory>();
        return await new Accounts(accounts).InTransaction((users, _) =>
            Accounts.Create(users, new(name, $"{name}@example.test", Accounts.NewPassword(), roles, PasswordIsTemporary: false)));
    }

    /// <summary>Runs <paramref name="work"/> with a use case, as this person.</summary>
    public async Task As<T>(AppUser person, Func<T, Task> work)
        where T : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(new Actor(person.Id, person.DisplayName));
        await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}
