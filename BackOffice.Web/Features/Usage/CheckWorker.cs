using System.Collections.Concurrent;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Usage;

/// <summary>How far somebody has come with a file that is not imported yet.</summary>
/// <param name="Mapping">What the columns mean by now; something may be missing.</param>
/// <param name="Rows">How many rows the check has read; null when none runs.</param>
/// <param name="Result">What it found; null before, and when the mapping was changed since.</param>
/// <param name="Refusal">Why it could not be checked, as a sentence.</param>
public sealed record FormState(UsageMapping Mapping, long? Rows, CheckResult? Result, string? Refusal);

/// <summary>
/// Checks files in the background and remembers the form of each, so that a page that is reloaded or has lost its connection comes back
/// as it was.
/// </summary>
/// <remarks>In memory of this server only: a restart costs a mapping that was never tried, and no usage.</remarks>
public sealed partial class CheckWorker(IServiceScopeFactory scopes, IHostApplicationLifetime host, ILogger<CheckWorker> logger)
{
    private const int Remembered = 100;

    private readonly ConcurrentDictionary<ImportId, Work> _forms = [];

    /// <summary>Null when nobody has changed anything yet.</summary>
    public FormState? State(ImportId id) => _forms.GetValueOrDefault(id)?.State;

    /// <summary>The mapping was changed: what a check said before holds no longer.</summary>
    public void Keep(ImportId id, UsageMapping mapping)
    {
        if (_forms.GetValueOrDefault(id) is not { } work || work.State.Mapping.ToJson() != mapping.ToJson())
        {
            Replace(id, new Work(mapping));
        }
    }

    /// <summary>The file is imported or given up.</summary>
    public void Forget(ImportId id)
    {
        if (_forms.TryRemove(id, out var work))
        {
            work.Stop();
        }
    }

    /// <summary>Starts a check in the name of a person who asked for it; one that runs already is stopped.</summary>
    public void Start(ImportId id, UsageMapping mapping, Actor actor)
    {
        var work = new Work(mapping) { IsRunning = true };
        Replace(id, work);
        _ = Task.Run(() => Watch(id, work, actor));
    }

    private void Replace(ImportId id, Work work)
    {
        Forget(id);
        _forms[id] = work;
        foreach (var (old, _) in _forms.Where(form => !form.Value.IsRunning).OrderBy(form => form.Value.Since).SkipLast(Remembered))
        {
            Forget(old);
        }
    }

    private async Task Watch(ImportId id, Work work, Actor actor)
    {
        var check = Check(id, work, actor);
        await check.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        work.Refusal = check.Exception?.InnerException switch
        {
            null => null,
            RuleBroken refusal => refusal.Message,
            OperationCanceledException => null,
            _ => "The check stopped because something went wrong. Try again; the log has the details.",
        };
        if (check.Exception?.InnerException is { } trouble and not (RuleBroken or OperationCanceledException))
        {
            LogStopped(trouble, id.Value);
        }

        work.IsRunning = false;
    }

    private async Task Check(ImportId id, Work work, Actor actor)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(actor);
        var check = scope.ServiceProvider.GetRequiredService<CheckUpload>();
        work.Result = await check.Run(id, work.State.Mapping, work, host.ApplicationStopping);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The check of import {Id} stopped")]
    private partial void LogStopped(Exception trouble, Guid id);

    private sealed class Work(UsageMapping mapping) : IProgress<long>
    {
        private long _rows;
        private volatile bool _stopped;
        private volatile CheckResult? _result;
        private volatile string? _refusal;
        private volatile bool _running;

        public long Since { get; } = Environment.TickCount64;

        public bool IsRunning
        {
            get => _running;
            set => _running = value;
        }

        public CheckResult? Result
        {
            set => _result = value;
        }

        public string? Refusal
        {
            set => _refusal = value;
        }

        public FormState State => new(mapping, _running ? Volatile.Read(ref _rows) : null, _result, _refusal);

        /// <exception cref="OperationCanceledException">Nobody waits for it any more; it is told every thousand rows.</exception>
        public void Report(long value)
        {
            Volatile.Write(ref _rows, value);
            if (_stopped)
            {
                throw new OperationCanceledException("The check was stopped.");
            }
        }

        public void Stop() => _stopped = true;
    }
}
