using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
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
/// Stores the usage of an uploaded file with its report: both, or neither. What was stored before is skipped, never billed twice.
/// </summary>
/// <remarks>
/// Which periods are closed is read first and asked again under lock at the end, so that nobody who issues invoices waits for a long
/// import. If one was closed meanwhile, the file is read again; the last time everybody waits.
/// </remarks>
public sealed partial class ImportUsage(
    IDbContextFactory<BackOfficeDb> dbs, Gate gate, UploadStore uploads, IClock clock, ILogger<ImportUsage> logger)
{
    private const int Attempts = 3;

    /// <summary>Can be run again after a refusal or a crash: an import that is not finished has stored nothing.</summary>
    /// <param name="rows">Told now and then how many rows have been read.</param>
    /// <returns>The import with its report. A refusal because of the content is an answer, not an exception.</returns>
    /// <exception cref="RuleBroken">He may not, the mapping is incomplete, or the import is done already.</exception>
    public async Task<Import> Run(
        ImportId id, UsageMapping mapping, ImportMode mode, IProgress<long>? rows = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ImportUsage, cancel);
        MappingRules.RequireComplete(mapping);
        await uploads.Open(id).DisposeAsync(); // Refuses before anything is said to be running.
        await Begin(id, mapping, cancel);
        return await Store(id, mapping, mode, rows, actor, cancel);
    }

    /// <summary>A transaction of its own, so that people see that it is running.</summary>
    private async Task Begin(ImportId id, UsageMapping mapping, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await db.RecoverImports(cancel);
        var import = await db.FindImport(id, cancel);
        import.Begin(mapping.ToJson());
        await db.SaveChangesAsync(cancel);
        LogStarted(import.Number);
    }

    private async Task<Import> Store(
        ImportId id, UsageMapping mapping, ImportMode mode, IProgress<long>? rows, Actor actor, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var file = uploads.Open(id);
            await using var db = await dbs.CreateDbContextAsync(cancel);
            await using var writer = await db.Writer(id, cancel);
            var alone = attempt == Attempts;
            if (alone)
            {
                await writer.Settle(cancel);
                await SubscriptionBook.LockAll(db, cancel);
            }

            var pass = new ImportPass(db, writer, mapping, clock.GetCurrentInstant());
            await pass.Read(file, rows, cancel);
            await ImportRejects.Keep(uploads, id, mapping, pass.Tally, cancel);
            if (pass.Tally.FileIsBroken || (pass.Tally.HasErrors && mode == ImportMode.AllOrNothing))
            {
                await writer.DisposeAsync();
                return await Refuse(id, pass.Tally, actor, cancel);
            }

            await writer.Settle(cancel);
            if (alone || await pass.IsStillRight(cancel))
            {
                return await Keep(db, writer, (id, mapping), pass.Tally, actor, cancel);
            }
        }
    }

    private async Task<Import> Keep(
        BackOfficeDb db, UsageWriter writer, (ImportId Id, UsageMapping Mapping) what, ImportTally tally, Actor actor,
        CancellationToken cancel)
    {
        // Read again inside the transaction: whoever ran the same import meanwhile has finished it.
        var import = await db.FindImport(what.Id, cancel);
        import.Begin(what.Mapping.ToJson());
        import.Finish(tally.Report, clock.GetCurrentInstant());
        await db.SaveOutcome(import, tally.Problems(import.Id), actor.AsPerson(), "Imported", cancel);
        var problems = tally.Errors.Select(e => e.AsProblem(import.Id)).Select(p => new KeptProblem(
            p.Line, p.Column, p.Value, p.Code, p.Message));
        var outcome = new ImportOutcome(tally.Report, [.. problems], actor.AsPerson(), Micros.Of(import.FinishedAt!.Value));
        await writer.Commit(outcome.ToJson(), cancel);
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
        await db.SaveOutcome(import, tally.Problems(import.Id), actor.AsPerson(), "Refused", cancel);
        await transaction.CommitAsync(cancel);
        LogRefused(import.Number, tally.Groups[0].Code);
        return import;
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
