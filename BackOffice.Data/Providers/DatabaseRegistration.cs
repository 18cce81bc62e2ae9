using BackOffice.Data.Usage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace BackOffice.Data.Providers;

/// <summary>The one way to register the database: provider, factory and the Identity schema version belong together.</summary>
public static class DatabaseRegistration
{
    // An aggregate is read in one statement, as of one moment; its collections are short.
    private const QuerySplittingBehavior OneQuery = QuerySplittingBehavior.SingleQuery;

    private static readonly Lazy<IServiceProvider> IdentityDefaults = new(() =>
        new ServiceCollection().Configure<IdentityOptions>(UsePasskeySchema).BuildServiceProvider());

    public static IServiceCollection AddBackOfficeDb(this IServiceCollection services, DatabaseProvider provider, string connectionString)
    {
        services.Configure<IdentityOptions>(UsePasskeySchema);
        return provider switch
        {
            DatabaseProvider.Sqlite => services.AddProvider<SqliteDb>(provider, connectionString),
            DatabaseProvider.PostgreSql => services.AddProvider<PostgresDb>(provider, connectionString),
            _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "Database:Provider must be Sqlite or PostgreSql."),
        };
    }

    /// <summary>The options of a context, as the application, the migrations tool and the tests use them.</summary>
    public static DbContextOptionsBuilder<TContext> UseBackOffice<TContext>(
        this DbContextOptionsBuilder<TContext> builder, DatabaseProvider provider, string connectionString)
        where TContext : BackOfficeDb
    {
        ((DbContextOptionsBuilder)builder).UseBackOffice(provider, connectionString);
        return builder;
    }

    private static void UseBackOffice(this DbContextOptionsBuilder builder, DatabaseProvider provider, string connectionString)
    {
        // Identity picks its tables by IdentityOptions.Stores.SchemaVersion out of the application's services
        // and falls back to version 1 (no passkeys) where there are none, as at design time and in tests.
        if (builder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is null)
        {
            builder.UseApplicationServiceProvider(IdentityDefaults.Value);
        }

        if (provider == DatabaseProvider.Sqlite)
        {
            UsageFile.Prepare();
            builder.UseSqlite(connectionString, sqlite => sqlite.UseQuerySplittingBehavior(OneQuery))
                .AddInterceptors(new SqlitePragmas(), new WriteTurns());
        }
        else
        {
            builder.UseNpgsql(connectionString, npgsql => npgsql.UseNodaTime().UseQuerySplittingBehavior(OneQuery));
        }
    }

    private static IServiceCollection AddProvider<TContext>(
        this IServiceCollection services, DatabaseProvider provider, string connectionString)
        where TContext : BackOfficeDb =>
        services
            .AddDbContextFactory<TContext>(options => options.UseBackOffice(provider, connectionString))
            .AddSingleton<IDbContextFactory<BackOfficeDb>, Factory<TContext>>()
            .AddScoped<BackOfficeDb>(scope => scope.GetRequiredService<TContext>());

    private static void UsePasskeySchema(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    private sealed class Factory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<BackOfficeDb>
        where TContext : BackOfficeDb
    {
        public BackOfficeDb CreateDbContext() => inner.CreateDbContext();
    }
}
