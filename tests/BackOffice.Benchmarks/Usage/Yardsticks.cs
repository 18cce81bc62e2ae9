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

    /// <summary>What the database takes to add the same events up, as numbers in a table without anything else; best of three.</summary>
    public static TimeSpan SqliteGroupBy(string file)
    {
        var folder = Directory.CreateTempSubdirectory("backoffice-yardstick-").FullName;
        var (database, script) = (Path.Combine(folder, "usage.db"), Path.Combine(folder, "load.sql"));
        File.WriteAllText(script, $"""
            PRAGMA journal_mode=OFF;
            CREATE TABLE text (id TEXT, time TEXT, subscription TEXT, model TEXT, input_tokens INTEGER, output_tokens INTEGER);
            .mode csv
            .import --skip 1 {file} text
            CREATE TABLE events AS SELECT CAST(substr(subscription, 5) AS INTEGER) subscription, input_tokens, output_tokens FROM text;
            DROP TABLE text;
            """);
        Run("sqlite3", database, $".read {script}");
        const string query = """
            SELECT COUNT(*) FROM (
                SELECT subscription, SUM(input_tokens), SUM(output_tokens), COUNT(*) FROM events GROUP BY subscription)
            """;
        var best = Enumerable.Range(0, 3).Min(_ => Run("sqlite3", database, query));
        Directory.Delete(folder, recursive: true);
        return best;
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
