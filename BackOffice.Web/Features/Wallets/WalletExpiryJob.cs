using BackOffice.Web.Shared;
using Quartz;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Books what has expired. Safe to run twice or late: an entry says when the credits expired, not when somebody looked.</summary>
[DisallowConcurrentExecution]
public sealed class WalletExpiryJob(ActorSource actors, ExpireCredits expire) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        actors.ActAs(Actor.Schedule);
        await expire.Run(cancellationToken);
    }
}
