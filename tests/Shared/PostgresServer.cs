using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace BackOffice.Testing;

/// <summary>A throwaway PostgreSQL on a loopback port, started by the first test that needs a database, one per test program.</summary>
/// <remarks>
/// The server belongs to a small shell that waits on a pipe this process holds. When the pipe closes, because the tests are done
/// or because the test program died, the shell stops the server it started and removes its directory. Nothing outlives a run.
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Keeper = """
        directory=$1 bin=$2 port=$3
        as_server() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
        stop() {
          [ ! -f "$directory/data/postmaster.pid" ] || as_server "$bin/pg_ctl" -D "$directory/data" -m immediate -w stop
          rm -rf "$directory"
        }
        start() {
          if [ "$(id -u)" -eq 0 ]; then chown postgres "$directory"; fi &&
          as_server "$bin/initdb" -D "$directory/data" -U postgres -A trust -E UTF8 --locale=C --no-sync &&
          as_server "$bin/pg_ctl" -D "$directory/data" -w -t 60 -l "$directory/server.log" start -o \
            "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300 -c fsync=off -c full_page_writes=off"
        }
        cd /
        trap 'stop >/dev/null 2>&1' EXIT
        trap 'exit 1' INT TERM HUP
        start >"$directory/start.log" 2>&1 </dev/null || { cat "$directory/start.log" "$directory/server.log" 2>&1; exit 1; }
        echo started
        read -r _
        """;

    private readonly SemaphoreSlim _starting = new(1);
    private readonly SemaphoreSlim _creating = new(1);
    private readonly Dictionary<string, string> _templates = [];
    private Process? _keeper;
    private string? _server;

    /// <summary>A new, empty database of its own.</summary>
    public Task<string> CreateDatabaseAsync() => CreateFrom("template0");

    /// <summary>A copy of a database that <paramref name="fill"/> prepared once: cheaper than preparing each.</summary>
    public async Task<string> CreateDatabaseAsync(string template, Func<string, Task> fill)
    {
        await _creating.WaitAsync();
        try
        {
            if (!_templates.ContainsKey(template))
            {
                var empty = await CreateFrom("template0");
                // EF pools in a data source of its own, which nobody can clear; a template with a connection cannot be copied.
                await fill(empty + ";Pooling=false");
                _templates[template] = new NpgsqlConnectionStringBuilder(empty).Database!;
            }
        }
        finally
        {
            _creating.Release();
        }

        return await CreateFrom(_templates[template]);
    }

    public Task DropDatabaseAsync(string connectionString) =>
        Execute($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null)
        {
            NpgsqlConnection.ClearAllPools();
            _keeper.StandardInput.Close();
            await _keeper.WaitForExitAsync();
            _keeper.Dispose();
        }

        _starting.Dispose();
        _creating.Dispose();
    }

    private async Task<string> CreateFrom(string template)
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        await Execute($"CREATE DATABASE {name} TEMPLATE {template}");
        return new NpgsqlConnectionStringBuilder(_server) { Database = name }.ConnectionString;
    }

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(await Started());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> Started()
    {
        await _starting.WaitAsync();
        try
        {
            return _server ??= await Start(attempts: 3);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<string> Start(int attempts)
    {
        var bin = FindBinaries();
        var port = FreePort();
        var directory = Directory.CreateTempSubdirectory("backoffice-pg-").FullName;
        var info = new ProcessStartInfo("setsid") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "-w", "sh", "-c", Keeper, "sh", directory, bin, port.ToString(CultureInfo.InvariantCulture) })
        {
            info.ArgumentList.Add(argument);
        }

        _keeper = Process.Start(info)!;
        var answer = await _keeper.StandardOutput.ReadLineAsync();
        if (answer == "started")
        {
            return $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Maximum Pool Size=50";
        }

        var log = answer + "\n" + await _keeper.StandardOutput.ReadToEndAsync();
        // Somebody else may have taken the free port in between.
        return attempts > 1
            ? await Start(attempts - 1)
            : throw new InvalidOperationException($"PostgreSQL from {bin} did not start; its log says:\n{log}");
    }

    private static string FindBinaries()
    {
        const string installed = "/usr/lib/postgresql";
        var versions = Directory.Exists(installed) ? Directory.GetDirectories(installed) : [];
        return versions.OrderByDescending(v => int.TryParse(Path.GetFileName(v), CultureInfo.InvariantCulture, out var n) ? n : 0)
                .Select(v => Path.Combine(v, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            ?? throw new InvalidOperationException(
                $"These tests need PostgreSQL's server programs and there are none under {installed}: "
                + "run ./test.sh, or apt-get install postgresql.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
