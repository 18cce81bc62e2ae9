using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

public enum ImportMode
{
    /// <summary>One bad row, and nothing is stored.</summary>
    AllOrNothing,

    /// <summary>Bad rows are listed, the others are stored.</summary>
    GoodRowsOnly,
}

/// <summary>
/// Stores the usage of an uploaded file, with its report, in one transaction. What was stored before is skipped, never billed twice.
/// </summary>
public sealed partial class ImportUsage(
    IDbContextFactory<BackOfficeDb> dbs, Gate gate, UploadStore uploads, IClock clock, ILogger<ImportUsage> logger)
{
    /// <summary>Can be run again after a refusal or a crash: an import that is not finished has stored nothing.</summary>
    /// <param name="rows">Told now and then how many rows have been read.</param>
    /// <returns>The import with its report. A refusal because of the content is an answer, not an exception.</returns>
    /// <exception cref="RuleBroken">He may not, the mapping is incomplete, or the import is done already.</exception>
    public async Task<Import> Run(
        ImportId id, UsageMapping mapping, ImportMode mode, IProgress<long>? rows = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ImportUsage, cancel);
        MappingRules.RequireComplete(mapping);
        await using var file = uploads.Open(id);
        await Begin(id, mapping, cancel);
        return await Store(id, mapping, mode, file, rows, actor, cancel);
    }

    /// <summary>A transaction of its own, so that people see that it is running.</summary>
    private async Task Begin(ImportId id, UsageMapping mapping, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var import = await db.FindImport(id, cancel);
        import.Begin(mapping.ToJson());
        await db.SaveChangesAsync(cancel);
        LogStarted(import.Number);
    }

    private async Task<Import> Store(
        ImportId id, UsageMapping mapping, ImportMode mode, Stream file, IProgress<long>? rows, Actor actor, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var pass = new ImportPass(db, id, mapping, clock.GetCurrentInstant());
        await pass.Read(file, rows, cancel);
        var tally = pass.Tally;
        await ImportRejects.Keep(uploads, id, mapping, tally, cancel);
        if (tally.FileIsBroken || (tally.HasErrors && mode == ImportMode.AllOrNothing))
        {
            await transaction.RollbackAsync(cancel);
            return await Refuse(id, tally, actor, cancel);
        }

        // Read again inside the transaction: whoever ran the same import meanwhile has finished it.
        var import = await db.FindImport(id, cancel);
        import.Begin(mapping.ToJson());
        import.Finish(tally.Report, clock.GetCurrentInstant());
        await Save(db, import, tally, actor, "Imported", cancel);
        await transaction.CommitAsync(cancel);
        LogFinished(import.Number, tally.Report.Accepted, tally.Report.Duplicates, tally.Report.Rejected);
        return import;
    }

    private async Task<Import> Refuse(ImportId id, ImportTally tally, Actor actor, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var import = await db.FindImport(id, cancel);
        import.Begin(import.Mapping!);
        import.Refuse(tally.Refusal, clock.GetCurrentInstant());
        await Save(db, import, tally, actor, "Refused", cancel);
        await transaction.CommitAsync(cancel);
        LogRefused(import.Number, tally.Groups[0].Code);
        return import;
    }

    private async Task Save(BackOfficeDb db, Import import, ImportTally tally, Actor actor, string action, CancellationToken cancel)
    {
        await db.ImportProblems.Where(p => p.ImportId == import.Id).ExecuteDeleteAsync(cancel); // Of an earlier attempt.
        db.ImportProblems.AddRange(tally.Errors.Select(error => error.AsProblem(import.Id)));
        var detail = $"Import {import.Number}, {import.FileName}: {ImportWords.Counts(import.Report!)}";
        db.Record(actor.AsPerson(), import.FinishedAt!.Value, action, "Import", import.Id.Value, detail);
        await db.SaveChangesAsync(cancel);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Started import {Number}")]
    private partial void LogStarted(long number);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Finished import {Number}: {Accepted} accepted, {Duplicates} duplicates, {Rejected} rejected")]
    private partial void LogFinished(long number, long accepted, long duplicates, long rejected);

    [LoggerMessage(Level = LogLevel.Information, Message = "Refused import {Number}, mostly because of {Code}")]
    private partial void LogRefused(long number, string code);
}
