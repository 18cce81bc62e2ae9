using System.Diagnostics;
using System.Text.Json;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Providers;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Hosting;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime.Testing;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>
/// An import that waits in a database of its own, for a process of its own to work on: this test program, started again. It does
/// nothing but the import and dies at a point.
/// </summary>
internal sealed record KilledImport(
    DatabaseProvider Provider, string ConnectionString, string Directory, Guid Import, long Rows, KillPoint Point)
{
    private const string Variable = "BACKOFFICE_KILLED_IMPORT";
    private const string Test =
        $"{nameof(BackOffice)}.{nameof(Web)}.{nameof(Tests)}.{nameof(Features)}.{nameof(Usage)}.{nameof(KilledImportTests)}."
        + nameof(KilledImportTests.Where_nobody_kills_it_an_import_comes_to_its_end);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs it in another process.</summary>
    /// <returns>How the process ended: 0 if it came to an end, 137 if it was killed.</returns>
    public async Task<int> RunApart()
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "BackOffice.Web.Tests.dll"), "-method", Test])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        info.Environment[Variable] = JsonSerializer.Serialize(this);
        using var process = Process.Start(info)!;
        using var patience = new CancellationTokenSource(Patience);
        await using var ends = patience.Token.Register(process.Kill);
        var said = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.False(patience.IsCancellationRequested, "It hung.");
        return process.ExitCode is 0 or 137 ? process.ExitCode : throw new InvalidOperationException(said);
    }

    /// <summary>Runs it here, as whoever starts the program again would: what a crash left open first.</summary>
    public async Task RunAgain()
    {
        var office = Services();
        await using var services = office.ConfigureAwait(false);
        var dbs = office.GetRequiredService<IDbContextFactory<BackOfficeDb>>();
        await using var db = await dbs.CreateDbContextAsync();
        await UsageUpgrade.Run(db, default);
        if (await db.Imports.AnyAsync(i => i.Id == new ImportId(Import) && i.Status != ImportStatus.ImportedWithRejects))
        {
            await Run(dbs, null);
        }
    }

    /// <summary>Every row of usage, of imports, their problems and the audit trail, as text.</summary>
    public async Task<string> Everything()
    {
        string[] tables =
        [
            "usage_subscriptions", "usage_names", "usage_sets", "usage_imports", "usage_events", "usage_segments", "usage_rollups",
            "usage_undone", "imports", "import_problems", "audit_entries",
        ];
        var office = Services();
        await using var services = office.ConfigureAwait(false);
        await using var db = await office.GetRequiredService<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        var lines = new List<string>();
        foreach (var table in tables)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                var cells = Enumerable.Range(0, row.FieldCount).Where(i => !IsOfTries(table, row.GetName(i)))
                    .Select(i => row.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : $"{row.GetValue(i)}");
                lines.Add($"{table} {string.Join('|', cells)}");
            }
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    // How often a record was saved, and numbers of a sequence that a transaction took before it was rolled back: tries leave traces there.
    private static bool IsOfTries(string table, string column) =>
        column == "revision" || (column == "id" && table is ("import_problems" or "audit_entries"));

    /// <summary>What whoever started this process wants; null when somebody runs the tests.</summary>
    public static KilledImport? Asked() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } asked
        ? JsonSerializer.Deserialize<KilledImport>(asked)
        : null;

    /// <summary>Runs it here, up to its point.</summary>
    public async Task RunUpTo()
    {
        var executioner = new Executioner(Point, Rows);
        var office = Services(executioner);
        await using var services = office.ConfigureAwait(false);
        await Run(office.GetRequiredService<IDbContextFactory<BackOfficeDb>>(), executioner);
    }

    private async Task Run(IDbContextFactory<BackOfficeDb> dbs, IProgress<long>? progress)
    {
        var source = new ActorSource(new ServiceCollection().BuildServiceProvider(), new HttpContextAccessor());
        source.ActAs(Actor.CommandLine);
        var uploads = new UploadStore(new DataPlace(Directory, Provider, ConnectionString), new ConfigurationBuilder().Build());
        var use = new ImportUsage(
            dbs, new Gate(dbs, source, NullLogger<Gate>.Instance), uploads, new FakeClock(UsageFiles.Now),
            NullLogger<ImportUsage>.Instance);
        await use.Run(new ImportId(Import), UsageFiles.Calls, ImportMode.GoodRowsOnly, progress);
    }

    private ServiceProvider Services(IInterceptor? interceptor = null)
    {
        var services = new ServiceCollection().AddBackOfficeDb(Provider, ConnectionString);
        if (interceptor is not null)
        {
            services.AddSingleton(interceptor);
            services.ConfigureDbContext<SqliteDb>(options => options.AddInterceptors(interceptor))
                .ConfigureDbContext<PostgresDb>(options => options.AddInterceptors(interceptor));
        }

        return services.BuildServiceProvider();
    }
}
