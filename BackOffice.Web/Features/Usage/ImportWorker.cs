using System.Collections.Concurrent;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Alerts;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Features.Wallets;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Usage;

/// <summary>An import that this server is working on.</summary>
/// <param name="Rows">How many rows have been read.</param>
public sealed record ImportProgress(long Rows);

/// <summary>Runs imports in the background, one of each, so that leaving the page or losing the connection stops nothing.</summary>
/// <remarks>A stop of the server does stop them; nothing of an unfinished import is stored, and it can be started again.</remarks>
public sealed partial class ImportWorker(
    IServiceScopeFactory scopes, IHostApplicationLifetime host, TopUpWorker wallets, ILogger<ImportWorker> logger)
{
    private readonly ConcurrentDictionary<ImportId, RowCount> _running = [];
    private readonly ConcurrentDictionary<ImportId, string> _refusals = [];

    /// <summary>Starts an import in the name of a person who asked for it; whether he may is asked again where it runs.</summary>
    /// <exception cref="RuleBroken">It is running already.</exception>
    public void Start(ImportId id, UsageMapping mapping, ImportMode mode, Actor actor)
    {
        var rows = new RowCount();
        if (!_running.TryAdd(id, rows))
        {
            throw new RuleBroken("This import is running already.");
        }

        _refusals.TryRemove(id, out _);
        _ = Task.Run(() => Watch(id, Work(id, mapping, mode, actor, rows), actor));
    }

    /// <summary>Null when this server is not working on it.</summary>
    public ImportProgress? Progress(ImportId id) => _running.TryGetValue(id, out var rows) ? new ImportProgress(rows.Value) : null;

    /// <summary>Why it could not even be tried, as a sentence; null when it could.</summary>
    public string? Refusal(ImportId id) => _refusals.GetValueOrDefault(id);

    private async Task Work(ImportId id, UsageMapping mapping, ImportMode mode, Actor actor, RowCount rows)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(actor);
        await scope.ServiceProvider.GetRequiredService<ImportUsage>().Run(id, mapping, mode, rows, host.ApplicationStopping);
        wallets.Call();
    }

    private async Task Watch(ImportId id, Task work, Actor actor)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.Exception?.InnerException is { } trouble)
        {
            _refusals[id] = trouble switch
            {
                RuleBroken refusal => refusal.Message,
                DbUpdateConcurrencyException => Act.Stale,
                _ => "The import stopped because something went wrong. Nothing was stored. Try again; the log has the details.",
            };
            LogStopped(trouble, id.Value);
        }

        _running.TryRemove(id, out _);
        if (work.IsCompletedSuccessfully)
        {
            await CheckAlerts(id, actor);
        }
    }

    // The import is done, whatever becomes of the alerts; they look again within the hour.
    private async Task CheckAlerts(ImportId id, Actor actor)
    {
        var check = Check();
        await check.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (check.Exception?.InnerException is { } trouble)
        {
            LogUnchecked(trouble, id.Value);
        }

        async Task Check()
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(actor);
            await scope.ServiceProvider.GetRequiredService<CheckAlerts>().Run(id, host.ApplicationStopping);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Import {Id} stopped")]
    private partial void LogStopped(Exception trouble, Guid id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The alerts could not look after import {Id}")]
    private partial void LogUnchecked(Exception trouble, Guid id);

    private sealed class RowCount : IProgress<long>
    {
        private long _value;

        public long Value => Volatile.Read(ref _value);

        public void Report(long value) => Volatile.Write(ref _value, value);
    }
}
