using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Api;
using BackOffice.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>The record in the books of what a key sends on a day: one import, however many requests it takes.</summary>
internal static class ApiImports
{
    /// <summary>
    /// Today's record of a key, and how many rows it has; opened, in a transaction of its own, if there is none or the last was undone.
    /// </summary>
    public static async Task<(ImportId Id, long Rows)> Today(
        IDbContextFactory<BackOfficeDb> dbs, ApiCaller caller, IClock clock, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var day = await db.Today(clock, cancel);
        if (await Last(db, caller, day, cancel) is { Status: not ImportStatus.Undone } open)
        {
            return (open.Id, open.Report!.Rows);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var last = await Last(db, caller, day, cancel);
        var (now, number) = (clock.GetCurrentInstant(), await db.NextNumber(Numbering.Imports, 0, cancel));
        var import = Import.Open(number, caller.Key, caller.Name, (day, (last?.Part ?? -1) + 1), caller.AsPerson(), now);
        db.Imports.Add(import);
        var detail = $"Import {number}: what {caller.Name} sends on {day:uuuu-MM-dd}";
        db.Record(caller.AsPerson(), now, "Opened", "Import", import.Id.Value, detail);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return (import.Id, 0);
    }

    /// <summary>
    /// Brings the records to what is stored: on SQLite the process may have died after the usage file was committed and before the main
    /// one.
    /// </summary>
    public static async Task Recover(BackOfficeDb db, CancellationToken cancel)
    {
        var imports = await db.Imports.Where(i => i.ApiKeyId != null && i.Status != ImportStatus.Undone).ToListAsync(cancel);
        foreach (var import in imports)
        {
            if (await db.OutcomeOf(import.Id, cancel) is { } kept && ImportOutcome.FromJson(kept) is { } outcome
                && outcome.FinishedAt > import.FinishedAt)
            {
                import.Receive(outcome.Report, outcome.FinishedAt);
            }
        }

        await db.SaveChangesAsync(cancel);
    }

    private static Task<Import?> Last(BackOfficeDb db, ApiCaller caller, LocalDate day, CancellationToken cancel) =>
        db.Imports.AsNoTracking().Where(i => i.ApiKeyId == caller.Key && i.ReceivedOn == day)
            .OrderByDescending(i => i.Part).FirstOrDefaultAsync(cancel);
}
