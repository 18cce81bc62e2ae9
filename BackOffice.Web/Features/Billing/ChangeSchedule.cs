using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>When drafts are to be made by themselves, as the form says it.</summary>
/// <param name="Revision">The revision the form was filled from; null when there was no schedule yet.</param>
public sealed record ScheduleInput(LocalTime At, string ZoneId, bool IsPaused, int? Revision);

/// <summary>Plans the nightly run anew from now on, or pauses it.</summary>
public sealed class ChangeSchedule(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, or the zone is not known.</exception>
    public async Task Run(ScheduleInput input, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageSchedules, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetCurrentInstant();
        var schedule = await db.Schedules.SingleOrDefaultAsync(cancel);
        if (schedule is null)
        {
            schedule = BillingSchedule.Nightly(input.At, input.ZoneId, now);
            db.Schedules.Add(schedule);
        }
        else if (input.Revision is { } seen)
        {
            db.Expect(schedule, seen);
        }

        schedule.Change(input.At, input.ZoneId, input.IsPaused, now);
        db.Record(actor.AsPerson(), now, input.IsPaused ? "Paused" : "Changed", "Schedule", null,
            ScheduleWords.Plan(input.At, input.ZoneId));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
