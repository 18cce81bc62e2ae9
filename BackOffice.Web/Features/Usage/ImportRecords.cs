using BackOffice.Core.Invoices;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Usage;

/// <summary>The record of an import in the main database.</summary>
internal static class ImportRecords
{
    /// <summary>Saves what an import came to, its problems and the entry of the audit trail.</summary>
    public static async Task SaveOutcome(
        this BackOfficeDb db, Import import, IEnumerable<ImportProblem> problems, Person actor, string action, CancellationToken cancel)
    {
        await db.ImportProblems.Where(p => p.ImportId == import.Id).ExecuteDeleteAsync(cancel); // Of an earlier attempt.
        db.ImportProblems.AddRange(problems);
        var detail = $"Import {import.Number}, {import.FileName}: {ImportWords.Counts(import.Report!)}";
        db.Record(actor, import.FinishedAt!.Value, action, "Import", import.Id.Value, detail);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Finishes the records of imports whose events are stored: on SQLite the process may have died after the one file was committed
    /// and before the other.
    /// </summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> RecoverImports(this BackOfficeDb db, CancellationToken cancel)
    {
        var ids = await db.Imports.Where(i => i.Status == ImportStatus.Importing).Select(i => i.Id).ToListAsync(cancel);
        var recovered = 0;
        foreach (var id in ids)
        {
            recovered += await Recover(db, id, cancel) ? 1 : 0;
        }

        return recovered;
    }

    private static async Task<bool> Recover(BackOfficeDb db, ImportId id, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var import = await db.Imports.SingleAsync(i => i.Id == id, cancel);
        await db.Entry(import).ReloadAsync(cancel); // Whoever was just committing is done now.
        if (import.Status != ImportStatus.Importing || await db.OutcomeOf(id, cancel) is not { } kept
            || ImportOutcome.FromJson(kept) is not { } outcome)
        {
            return false;
        }

        import.Finish(outcome.Report, outcome.FinishedAt);
        var problems = outcome.Problems.Select(p => ImportProblem.Of(id, p.Line, p.Column, p.Value, p.Code, p.Message));
        await db.SaveOutcome(import, problems, outcome.Actor, "Imported", cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
