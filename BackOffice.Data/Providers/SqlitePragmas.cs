using System.Data.Common;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BackOffice.Data.Providers;

/// <summary>Sets what SQLite forgets between connections. A pooled connection keeps it, a new one must be told.</summary>
/// <remarks>synchronous=FULL: an acknowledged commit survives a power cut, which is what money deserves.</remarks>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        AttachUsage(connection);
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
        AttachUsage(connection);
    }

    private static void AttachUsage(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM pragma_database_list WHERE name = 'usage'";
        if ((long)command.ExecuteScalar()! > 0)
        {
            return;
        }

        var file = UsageFile.Beside(connection.DataSource);
        UsageFile.Create(file);
        command.CommandText = "ATTACH DATABASE @file AS usage";
        command.Add("file", UsageFile.Uri(file));
        command.ExecuteNonQuery();
    }
}
