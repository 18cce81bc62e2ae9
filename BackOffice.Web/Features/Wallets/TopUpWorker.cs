using System.Data.Common;
using System.Threading.Channels;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Applies the wallets' rules as soon as usage came in. Should it miss a call, the job looks every ten minutes.</summary>
public sealed partial class TopUpWorker(IServiceScopeFactory scopes, ILogger<TopUpWorker> logger) : BackgroundService
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite, // One look sees everything that came in before it.
    });

    /// <summary>Says that usage was stored.</summary>
    public void Call() => _calls.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _calls.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(Actor.Schedule);
                await scope.ServiceProvider.GetRequiredService<ApplyTopUpRules>().Run(stoppingToken);
            }
            catch (Exception outage) when (outage is DbException or DbUpdateException or TimeoutException)
            {
                LogOutage(outage); // The job looks again when the database is back.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The wallets could not be looked after: the database did not answer")]
    private partial void LogOutage(Exception outage);
}
