using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Starts the run that the schedule is due for, if it is. Nights slept through are made up for by one run.</summary>
/// <remarks>
/// The run is stored before the night is ticked off: a crash between the two repeats the night, and the run's unique planned time
/// turns the repetition into nothing.
/// </remarks>
public sealed partial class RunDueSchedule(
    IDbContextFactory<BackOfficeDb> dbs, Gate gate, StartRun start, IClock clock, ILogger<RunDueSchedule> logger)
{
    /// <summary>When drafts are made as long as nobody has said otherwise, in the company's zone.</summary>
    public static LocalTime DefaultTime { get; } = new(2, 30);

    /// <returns>The run that was started; null when nothing is due, the schedule is paused or the company is not set up.</returns>
    public async Task<BillingRunId?> Run(CancellationToken cancel = default)
    {
        await gate.Require(Permission.RunBilling, cancel);
        if (await Due(cancel) is not (var planned, var through))
        {
            return null;
        }

        var run = await Start(through, planned, cancel);
        await TickOff(planned, cancel);
        return run;
    }

    private async Task<(Instant Planned, LocalDate Through)?> Due(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.Companies.AsNoTracking().SingleOrDefaultAsync(cancel) is not { } company)
        {
            return null;
        }

        var now = clock.GetCurrentInstant();
        var schedule = await db.Schedules.AsNoTracking().SingleOrDefaultAsync(cancel) ?? await AddDefault(db, company.ZoneId, now, cancel);
        return schedule.DueAt(now) is { } planned ? (planned, now.InZone(company.Zone).Date.PlusDays(-1)) : null;
    }

    private static async Task<BillingSchedule> AddDefault(BackOfficeDb db, string zoneId, Instant now, CancellationToken cancel)
    {
        var schedule = BillingSchedule.Nightly(DefaultTime, zoneId, now);
        db.Schedules.Add(schedule);
        await db.SaveChangesAsync(cancel);
        return schedule;
    }

    private async Task<BillingRunId?> Start(LocalDate through, Instant planned, CancellationToken cancel)
    {
        try
        {
            return await start.Run(through, planned, cancel);
        }
        catch (DbUpdateException)
        {
            await using var db = await dbs.CreateDbContextAsync(cancel);
            if (!await db.Runs.AnyAsync(r => r.ScheduledFor == planned, cancel))
            {
                throw;
            }

            LogQuicker(planned); // The other server started the run between our look and our insert.
            return null;
        }
    }

    private async Task TickOff(Instant planned, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        (await db.Schedules.SingleAsync(cancel)).Handled(planned);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Another server has started the run planned for {Planned}")]
    private partial void LogQuicker(Instant planned);
}
