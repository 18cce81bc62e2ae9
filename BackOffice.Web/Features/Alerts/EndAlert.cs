using BackOffice.Core.Common;
using BackOffice.Core.Thresholds;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Alerts;

/// <summary>Ends an alert. What it told stays.</summary>
public sealed class EndAlert(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, there is no such alert, or it was ended before.</exception>
    public async Task Run(AlertId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var alert = await db.Alerts.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new RuleBroken("There is no such alert.");
        var now = clock.GetCurrentInstant();
        alert.End(now);
        db.Record(actor.AsPerson(), now, "Ended", "Alert", id.Value, alert.Name);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
