using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>What an import would say.</summary>
/// <param name="Groups">What is wrong, grouped by what has to be repaired, the most frequent first.</param>
/// <param name="FileIsBroken">No row can be stored, not even the good ones.</param>
public sealed record CheckResult(ImportReport Report, IReadOnlyList<ProblemGroup> Groups, bool FileIsBroken);

/// <summary>Tries an import and takes it back: every row is read, compared and counted as the import would, and nothing stays.</summary>
public sealed class CheckUpload(IDbContextFactory<BackOfficeDb> dbs, Gate gate, UploadStore uploads, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, the mapping is incomplete, or the import is done already.</exception>
    public async Task<CheckResult> Run(
        ImportId id, UsageMapping mapping, IProgress<long>? rows = null, CancellationToken cancel = default)
    {
        await gate.Require(Permission.ImportUsage, cancel);
        MappingRules.RequireComplete(mapping);
        await using var file = uploads.Open(id);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        (await db.FindImport(id, cancel)).Begin(mapping.ToJson()); // Refuses what is done; never saved.
        await using var writer = await db.Writer(id, cancel); // Never committed.
        var pass = new ImportPass(db, writer, mapping, clock.GetCurrentInstant());
        await pass.Read(file, rows, cancel);
        return new CheckResult(pass.Tally.Report, pass.Tally.Groups, pass.Tally.FileIsBroken);
    }
}
