using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Alerts;

/// <summary>Notes that somebody has taken note of what an alert told.</summary>
public sealed class SeeAlert(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, there is no such entry, or somebody has taken note of it before.</exception>
    public async Task Run(Guid id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var entry = await db.AlertEntries.SingleOrDefaultAsync(e => e.Id == id, cancel) ?? throw new RuleBroken("There is no such entry.");
        var alert = await db.Alerts.AsNoTracking().SingleAsync(a => a.Id == entry.AlertId, cancel);
        var now = clock.GetCurrentInstant();
        entry.See(actor.AsPerson(), now);
        db.Record(actor.AsPerson(), now, "Seen", "Alert", alert.Id.Value,
            $"{alert.Name} {AlertWords.Crossed(alert, entry.Level, entry.Value)}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
