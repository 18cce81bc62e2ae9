using BackOffice.Web.Shared;
using Quartz;

namespace BackOffice.Web.Features.Alerts;

/// <summary>Lets all alerts look each hour. Safe to run twice or late: an alert remembers what it saw.</summary>
[DisallowConcurrentExecution]
public sealed class AlertJob(ActorSource actors, CheckAlerts check) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        actors.ActAs(Actor.Schedule);
        await check.Run(cancel: cancellationToken);
    }
}
