using BackOffice.Core.Billing;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>How far a run is.</summary>
public sealed record RunProgress(int Done, int All);

/// <summary>Bills the waiting customers of a run, some at a time. Goes on where an earlier attempt stopped.</summary>
/// <remarks>Started by <see cref="StartRun"/>, which asked for permission; works in the name of whoever started the run.</remarks>
public sealed partial class WorkRun(IDbContextFactory<BackOfficeDb> dbs, BillCustomers bill, IClock clock, ILogger<WorkRun> logger)
{
    /// <summary>Enough that reading and storing together pays; so few that whoever saves something meanwhile does not notice.</summary>
    private const int MostAtOnce = 50;

    /// <summary>Somebody may be watching: a short run has steps, too.</summary>
    private const int Steps = 20;

    public async Task Run(BillingRunId id, IProgress<RunProgress>? progress = null, CancellationToken cancel = default)
    {
        var (run, items) = await Load(id, cancel);
        var done = 0;
        foreach (var some in items.Chunk(Math.Clamp(items.Count / Steps, 1, MostAtOnce)))
        {
            await bill.Run(run, some, cancel);
            progress?.Report(new RunProgress(done += some.Length, items.Count));
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        (await db.Runs.SingleAsync(r => r.Id == id, cancel)).Finish(clock.GetCurrentInstant());
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        var parked = await db.RunItems.CountAsync(i => i.RunId == id && i.Status == RunItemStatus.Parked, cancel);
        LogFinished(run.Number, parked);
    }

    /// <summary>Runs that a stop of the server left unfinished, and finished ones whose parked customers wait again.</summary>
    public async Task<IReadOnlyList<BillingRunId>> Unfinished(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Runs.Where(r => r.FinishedAt == null || db.RunItems.Any(i => i.RunId == r.Id && i.Status == RunItemStatus.Waiting))
            .OrderBy(r => r.Number).Select(r => r.Id).ToListAsync(cancel);
    }

    private async Task<(BillingRun Run, List<Guid> Items)> Load(BillingRunId id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var run = await db.Runs.AsNoTracking().SingleAsync(r => r.Id == id, cancel);
        var items = await db.RunItems.Where(i => i.RunId == id && i.Status == RunItemStatus.Waiting)
            .Join(db.Customers, i => i.CustomerId, c => c.Id, (i, c) => new { i.Id, c.Code })
            .OrderBy(pair => pair.Code).Select(pair => pair.Id).ToListAsync(cancel);
        return (run, items);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Finished run {Number}; {Parked} customers are parked")]
    private partial void LogFinished(long number, int parked);
}
