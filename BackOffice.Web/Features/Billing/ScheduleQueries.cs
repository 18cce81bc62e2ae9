using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>A night on which the run is planned.</summary>
/// <param name="ClocksChanged">The zone's difference from UTC is another one than on the planned night before.</param>
public sealed record PlannedRun(ZonedDateTime At, bool ClocksChanged);

/// <summary>The schedule as its page shows it.</summary>
/// <param name="Revision">Null while the schedule has not been stored yet.</param>
/// <param name="Next">The next planned times, none while it is paused.</param>
public sealed record ScheduleView(LocalTime At, string ZoneId, bool IsPaused, int? Revision, IReadOnlyList<PlannedRun> Next);

/// <summary>Reads the schedule.</summary>
public sealed class ScheduleQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    private const int Ahead = 5;

    /// <returns>Null while the company is not set up.</returns>
    public async Task<ScheduleView?> View(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = clock.GetCurrentInstant();
        if (await db.Schedules.AsNoTracking().SingleOrDefaultAsync(cancel) is { } stored)
        {
            var revision = await db.Schedules.Select(s => EF.Property<int>(s, "Revision")).SingleAsync(cancel);
            return new ScheduleView(stored.At, stored.ZoneId, stored.IsPaused, revision, stored.IsPaused ? [] : Next(stored, now));
        }

        return await db.Companies.Select(c => c.ZoneId).SingleOrDefaultAsync(cancel) is { } zone
            ? new ScheduleView(RunDueSchedule.DefaultTime, zone, false, null,
                Next(BillingSchedule.Nightly(RunDueSchedule.DefaultTime, zone, now), now))
            : null;
    }

    private static IReadOnlyList<PlannedRun> Next(BillingSchedule schedule, Instant now)
    {
        var zone = Zone.Of(schedule.ZoneId);
        var before = now.InZone(zone).Offset;
        var next = new List<PlannedRun>();
        foreach (var planned in schedule.PlannedAfter(now).Take(Ahead).Select(at => at.InZone(zone)))
        {
            next.Add(new PlannedRun(planned, planned.Offset != before));
            before = planned.Offset;
        }

        return next;
    }
}
