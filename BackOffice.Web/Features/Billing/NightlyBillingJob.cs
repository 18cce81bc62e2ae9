using BackOffice.Web.Shared;
using Quartz;

namespace BackOffice.Web.Features.Billing;

/// <summary>Asks each minute whether the schedule is due. Safe to run twice, on two servers, or late.</summary>
[DisallowConcurrentExecution]
public sealed class NightlyBillingJob(ActorSource actors, RunDueSchedule schedule, RunWorker worker) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        actors.ActAs(Actor.Schedule);
        if (await schedule.Run(cancellationToken) is { } run)
        {
            await worker.Enqueue(run, cancellationToken);
        }
    }
}
