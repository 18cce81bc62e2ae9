using System.Diagnostics;
using Npgsql;

namespace BackOffice.Benchmarks.Usage;

/// <summary>What a database's own loader needs for the same file and the same unique key, as an engineer would type it.</summary>
internal static class Yardsticks
{
    public static TimeSpan SqliteImport(string file)
    {
        var folder = Directory.CreateTempSubdirectory("backoffice-yardstick-").FullName;
        var (database, script) = (Path.Combine(folder, "usage.db"), Path.Combine(folder, "load.sql"));
        File.WriteAllText(script, $"""
            PRAGMA journal_mode=WAL;
            PRAGMA synchronous=NORMAL;
            CREATE TABLE usage (id TEXT, time TEXT, subscription TEXT, model TEXT, input_tokens INTEGER, output_tokens INTEGER,
                UNIQUE (subscription, id));
            .mode csv
            .import --skip 1 {file} usage
            """);
        var time = Run("sqlite3", database, $".read {script}");
        Directory.Delete(folder, recursive: true);
        return time;
    }

    public static async Task<TimeSpan> PostgresCopy(string file, string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand(
            """
            DROP TABLE IF EXISTS yardstick;
            CREATE TABLE yardstick (id uuid, time timestamptz, subscription text, model text, input_tokens bigint, output_tokens bigint,
                UNIQUE (subscription, id))
            """, connection);
        await create.ExecuteNonQueryAsync();
        var time = Run(
            "psql", "-q", "-h", settings.Host!, "-p", $"{settings.Port}", "-U", settings.Username!, "-d", settings.Database!,
            "-c", $"\\copy yardstick FROM '{file}' WITH (FORMAT csv, HEADER true)");
        create.CommandText = "DROP TABLE yardstick";
        await create.ExecuteNonQueryAsync();
        return time;
    }

    private static TimeSpan Run(string program, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? clock.Elapsed : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
