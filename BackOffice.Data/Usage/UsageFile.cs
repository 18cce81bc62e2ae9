using BackOffice.Core.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BackOffice.Data.Usage;

/// <summary>
/// On SQLite, usage lies in a file of its own beside the main one. Every connection to the main file reads it, attached as "usage" and
/// read-only: a transaction that writes the main file therefore never waits for an import, and sees the usage of one moment.
/// </summary>
public static class UsageFile
{
    private const int UriOption = 17; // SQLITE_CONFIG_URI; SQLitePCLRaw has no name for it.

    // What each version added; the number of a version is its place here, from 1.
    private static readonly string[] Steps =
    [
        UsageTables.Sqlite, UsageTables.Undone, UsageTables.SqliteRanges, UsageTables.SqliteCorrections,
    ];

    private static readonly Lazy<int> Uris = new(() =>
    {
        Batteries_V2.Init();
        return raw.sqlite3_config(UriOption, 1);
    });

    /// <summary>Where the usage of a main file is: backoffice.db has backoffice.usage.db.</summary>
    public static string Beside(string mainFile) => Path.ChangeExtension(Path.GetFullPath(mainFile), ".usage.db");

    /// <summary>Before the first connection of the process: only then does SQLite learn to attach a file read-only.</summary>
    internal static void Prepare()
    {
        if (Uris.Value != raw.SQLITE_OK)
        {
            throw new InvalidOperationException("SQLite was used before BackOffice's database was registered.");
        }
    }

    /// <summary>Makes the file if it is not there.</summary>
    internal static void Create(string file)
    {
        using var connection = Open(file);
        if (VersionOf(connection) == Steps.Length)
        {
            return;
        }

        Execute(connection, "BEGIN IMMEDIATE");
        for (var version = VersionOf(connection); version < Steps.Length; version++)
        {
            Execute(connection, $"{Steps[version]} PRAGMA user_version = {version + 1};");
        }

        Execute(connection, "COMMIT");
        if (VersionOf(connection) != Steps.Length)
        {
            throw new RuleBroken($"{file} was made by a newer version of BackOffice. Start that version, or restore a backup.");
        }
    }

    /// <summary>Opens it for writing. The log is written back when nobody waits, see <see cref="WriteBack"/>.</summary>
    internal static SqliteConnection Open(string file)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false };
        var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        return connection;
    }

    /// <summary>
    /// The same for a writer: no writing back while the main file is locked, and no more memory than needed however large an import is.
    /// </summary>
    internal static SqliteConnection OpenToWrite(string file)
    {
        var connection = Open(file);
        Execute(connection, "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-32768; PRAGMA busy_timeout=0;");
        return connection;
    }

    /// <summary>How a connection to the main file gets to read it.</summary>
    internal static string Uri(string file) =>
        "file:" + file.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3f", StringComparison.Ordinal)
            .Replace("#", "%23", StringComparison.Ordinal) + "?mode=ro";

    /// <summary>Moves what was committed from the log into the file and empties the log, as far as readers allow.</summary>
    internal static void WriteBack(SqliteConnection connection) => Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long VersionOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }
}
