using BackOffice.Core.Billing;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Tries the parked customers of a run again, after their cause has been put right.</summary>
public sealed class RetryParked(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock, WorkRun work)
{
    public async Task Run(BillingRunId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.RunBilling, cancel);
        await using (var db = await dbs.CreateDbContextAsync(cancel))
        {
            var run = await db.Runs.SingleAsync(r => r.Id == id, cancel);
            var parked = await db.RunItems.Where(i => i.RunId == id && i.Status == RunItemStatus.Parked).ToListAsync(cancel);
            parked.ForEach(item => item.Retry());
            db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Retried", "Run", id.Value, $"Run {run.Number}: {parked.Count} parked customers");
            await db.SaveChangesAsync(cancel);
        }

        await work.Run(id, null, cancel);
    }
}
