using BackOffice.Web.Shared;
using Quartz;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Books what has expired, then tops up what the rules say. Safe to run twice or late: both know their moments.</summary>
[DisallowConcurrentExecution]
public sealed class WalletJob(ActorSource actors, ExpireCredits expire, ApplyTopUpRules rules) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        actors.ActAs(Actor.Schedule);
        await expire.Run(cancellationToken);
        await rules.Run(cancellationToken);
    }
}
