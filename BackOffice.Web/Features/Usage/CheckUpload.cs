using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>What an import would say.</summary>
/// <param name="Groups">What is wrong, grouped by what has to be repaired, the most frequent first.</param>
/// <param name="FileIsBroken">No row can be stored, not even the good ones.</param>
/// <param name="Canary">The first three rows that would be stored, exactly as they would be.</param>
/// <param name="Comparisons">The largest totals beside those of the month before.</param>
public sealed record CheckResult(
    ImportReport Report, IReadOnlyList<ProblemGroup> Groups, bool FileIsBroken, IReadOnlyList<UsageRow> Canary,
    IReadOnlyList<UsageComparison> Comparisons, MoneyPreview Money);

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
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        (await db.FindImport(id, cancel)).Begin(mapping.ToJson()); // Refuses what is done; never saved.
        var pass = new ImportPass(db, id, mapping, clock.GetCurrentInstant());
        var details = pass.Tally.Details = new CheckDetails();
        await pass.Read(file, rows, cancel);
        var report = pass.Tally.Report;
        var codes = details.Totals.Keys.Select(key => key.Subscription).Distinct().ToList();
        var with = await MoneyPreviews.Totals(db, codes, cancel);
        await transaction.RollbackAsync(cancel);
        await using var asItIs = await dbs.CreateDbContextAsync(cancel);
        var money = MoneyPreviews.Compare(with, await MoneyPreviews.Totals(asItIs, codes, cancel));
        var comparisons = await UsageComparisons.Make(asItIs, details, report.First, cancel);
        return new CheckResult(report, pass.Tally.Groups, pass.Tally.FileIsBroken, details.Canary, comparisons, money);
    }
}
