using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
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
        await using var db = await dbs.CreateDbContextAsync(cancel);
        (await db.FindImport(id, cancel)).Begin(mapping.ToJson()); // Refuses what is done; never saved.
        var details = new CheckDetails();
        var (tally, with) = await Try(db, id, mapping, details, rows, cancel);
        await using var asItIs = await dbs.CreateDbContextAsync(cancel);
        var money = MoneyPreviews.Compare(with, await MoneyPreviews.Totals(asItIs, details.Subscriptions, clock.GetCurrentInstant(), cancel));
        var comparisons = await UsageComparisons.Make(asItIs, details, tally.Report.First, cancel);
        return new CheckResult(tally.Report, tally.Groups, tally.FileIsBroken, details.Canary, comparisons, money);
    }

    /// <summary>Reads the file into a writer that is never committed, and computes what invoices would be if it were.</summary>
    private async Task<(ImportTally Tally, IReadOnlyList<(Invoice Invoice, Money Total)> With)> Try(
        BackOfficeDb db, ImportId id, UsageMapping mapping, CheckDetails details, IProgress<long>? rows, CancellationToken cancel)
    {
        await using var file = uploads.Open(id);
        await using var writer = await db.Writer(id, cancel);
        var pass = new ImportPass(db, writer, mapping, clock.GetCurrentInstant());
        pass.Tally.Details = details;
        await pass.Read(file, rows, cancel);
        if (pass.Tally.FileIsBroken)
        {
            return (pass.Tally, []);
        }

        writer.ReadThrough();
        return (pass.Tally, await MoneyPreviews.Totals(db, details.Subscriptions, clock.GetCurrentInstant(), cancel));
    }
}
