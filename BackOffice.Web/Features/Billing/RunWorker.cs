using System.Data.Common;
using System.Threading.Channels;
using BackOffice.Core.Billing;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Billing;

/// <summary>Works billing runs in the background, one at a time. At start it goes on with what a stopped server left unfinished.</summary>
/// <remarks>The queue is only a hint to look now; which runs and customers still wait stands in the database.</remarks>
public sealed partial class RunWorker(IServiceScopeFactory scopes, ILogger<RunWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private readonly Channel<BillingRunId> _queue = Channel.CreateBounded<BillingRunId>(100);

    public ValueTask Enqueue(BillingRunId run, CancellationToken cancel = default) => _queue.Writer.WriteAsync(run, cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Persist(GoOn, stoppingToken);
        await foreach (var run in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            await Persist(cancel => Work(run, cancel), stoppingToken);
        }
    }

    private async Task GoOn(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var run in await scope.ServiceProvider.GetRequiredService<WorkRun>().Unfinished(cancel))
        {
            await Work(run, cancel);
        }
    }

    private async Task Work(BillingRunId run, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WorkRun>().Run(run, null, cancel);
    }

    /// <summary>A database that is away for a while must not end the worker: it tries again until it is back.</summary>
    private async Task Persist(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await work(cancel);
                return;
            }
            catch (Exception outage) when (outage is DbException or DbUpdateException or TimeoutException)
            {
                LogOutage(outage, Pause);
                await Task.Delay(Pause, cancel);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A billing run was interrupted; it goes on in {Pause}")]
    private partial void LogOutage(Exception outage, TimeSpan pause);
}
