using System.Globalization;
using System.Text;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>
/// The process is killed (SIGKILL) at the points of an import and started again, once in every run and at all of them as often as
/// BACKOFFICE_KILLS says: afterwards every byte is what an undisturbed import leaves.
/// </summary>
public sealed class KilledImportTests(PostgresServer server)
{
    private const int Rows = 3_000;

    private static readonly int? Asked =
        int.TryParse(Environment.GetEnvironmentVariable("BACKOFFICE_KILLS"), CultureInfo.InvariantCulture, out var asked) ? asked : null;

    // Within one transaction, as on PostgreSQL, the others say the same again; a process each costs seconds.
    private static readonly KillPoint[] Telling =
        [KillPoint.Begun, KillPoint.HalfTheRows, KillPoint.Recorded, KillPoint.BetweenCommits, KillPoint.Committed];

    [Theory, ClassData<BothDatabases>]
    public async Task Wherever_an_import_is_killed_the_store_is_byte_for_byte_that_of_an_undisturbed_one(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.ImportText("id,at,customer,calls\nbefore,2026-01-01,SUB-1,7\nrow-5,2026-01-06,SUB-1,5\n");
        var id = await office.Upload(File());
        var copies = new Copies(office, id.Value, provider);

        var (undisturbed, ended) = await Try(copies, KillPoint.Never);
        Assert.Equal(0, ended);
        Assert.Equal(Rows, undisturbed.Split('\n').Count(line => line.StartsWith("usage_events ", StringComparison.Ordinal)));
        Assert.Contains("ImportedWithRejects", undisturbed, StringComparison.Ordinal);

        var points = Asked is null && provider == DatabaseProvider.PostgreSql ? Telling : Enum.GetValues<KillPoint>()[1..];
        var repeats = Asked ?? 1;
        foreach (var point in points)
        {
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                var (left, exitCode) = await Try(copies, point);
                Assert.True(exitCode == 137, $"{point} was never reached.");
                Assert.True(left == undisturbed, $"Killed at {point}, repeat {repeat + 1}: {FirstDifference(undisturbed, left)}");
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{provider} {point}: {repeats} of {repeats} equal");
        }
    }

    [Fact]
    public async Task Where_nobody_kills_it_an_import_comes_to_its_end()
    {
        if (KilledImport.Asked() is { } asked)
        {
            await asked.RunUpTo(); // Somebody does: this process was started for it.
            return;
        }

        await using var office = await UsageOffice.Open();
        var id = await office.Upload(File());
        var import = await new Copies(office, id.Value, DatabaseProvider.Sqlite).Next(Rows, KillPoint.Never);
        await import.RunUpTo();
        Assert.Contains("ImportedWithRejects", await import.Everything(), StringComparison.Ordinal);
        Directory.Delete(import.Directory, recursive: true);
    }

    private static async Task<(string Left, int ExitCode)> Try(Copies copies, KillPoint point)
    {
        var import = await copies.Next(Rows, point);
        try
        {
            var exitCode = await import.RunApart();
            await import.RunAgain();
            return (await import.Everything(), exitCode);
        }
        finally
        {
            await copies.Forget(import);
        }
    }

    // One row is there already and one is wrong, so that duplicates and problems are part of what is compared.
    private static string File()
    {
        var text = new StringBuilder("id,at,customer,calls\n");
        for (var row = 1; row < Rows; row++)
        {
            var (day, hour) = ((row % 28) + 1, row == 5 ? "" : $"T{row % 24:00}:00:00");
            text.Append(CultureInfo.InvariantCulture, $"row-{row},2026-01-{day:00}{hour},SUB-1,{row % 97}\n");
        }

        return text.Append("wrong,2026-01-01,SUB-1,x\n").ToString();
    }

    private static string FirstDifference(string expected, string found)
    {
        var pair = expected.Split('\n').Zip(found.Split('\n')).FirstOrDefault(pair => pair.First != pair.Second);
        return $"expected {pair.First}, found {pair.Second}, {expected.Length} and {found.Length} characters";
    }

    /// <summary>Copies of an installation in which an import waits to be started.</summary>
    private sealed class Copies(UsageOffice office, Guid import, DatabaseProvider provider)
    {
        public async Task<KilledImport> Next(long rows, KillPoint point)
        {
            var directory = Directory.CreateTempSubdirectory("backoffice-killed-").FullName;
            Directory.CreateDirectory(Path.Combine(directory, "uploads"));
            foreach (var file in Directory.GetFiles(office.UploadFolder))
            {
                System.IO.File.Copy(file, Path.Combine(directory, "uploads", Path.GetFileName(file)));
            }

            var place = provider == DatabaseProvider.Sqlite ? CopyFiles(directory) : await CopyDatabase();
            return new KilledImport(provider, place, directory, import, rows, point);
        }

        public async Task Forget(KilledImport import)
        {
            if (provider == DatabaseProvider.Sqlite)
            {
                await using var pooled = new SqliteConnection(import.ConnectionString);
                SqliteConnection.ClearPool(pooled);
            }
            else
            {
                await Execute($"DROP DATABASE {new NpgsqlConnectionStringBuilder(import.ConnectionString).Database} WITH (FORCE)");
            }

            Directory.Delete(import.Directory, recursive: true);
        }

        private string CopyFiles(string directory)
        {
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(office.UploadFolder)!))
            {
                System.IO.File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
            }

            return $"Data Source={Path.Combine(directory, "backoffice.db")}";
        }

        private async Task<string> CopyDatabase()
        {
            var copy = new NpgsqlConnectionStringBuilder(office.ConnectionString) { Pooling = false };
            var (template, name) = (copy.Database, "k" + Guid.NewGuid().ToString("N"));
            await Execute($"""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}';
                CREATE DATABASE {name} TEMPLATE {template}
                """);
            copy.Database = name;
            return copy.ConnectionString;
        }

        private async Task Execute(string sql)
        {
            var main = new NpgsqlConnectionStringBuilder(office.ConnectionString) { Database = "postgres", Pooling = false };
            await using var connection = new NpgsqlConnection(main.ConnectionString);
            await connection.OpenAsync();
            foreach (var statement in sql.Split(';'))
            {
                await using var command = new NpgsqlCommand(statement, connection);
                await command.ExecuteNonQueryAsync();
            }
        }
    }
}
