using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Puts parked customers of a run back in its queue, after their cause has been put right.</summary>
/// <remarks><see cref="WorkRun"/> does the work.</remarks>
public sealed class RetryParked(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="item">One of the run's items; null for all that are parked.</param>
    /// <exception cref="RuleBroken">He may not, or nobody is parked.</exception>
    public async Task Run(BillingRunId id, Guid? item = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.RunBilling, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var run = await db.Runs.SingleOrDefaultAsync(r => r.Id == id, cancel) ?? throw new RuleBroken("This run does not exist.");
        var parked = await db.RunItems
            .Where(i => i.RunId == id && i.Status == RunItemStatus.Parked && (item == null || i.Id == item)).ToListAsync(cancel);
        if (parked.Count == 0)
        {
            throw new RuleBroken("Nobody is parked any more. Reload the page.");
        }

        parked.ForEach(one => one.Retry());
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Retried", "Run", id.Value,
            $"Run {run.Number}, parked customers: {parked.Count}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
