using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Files;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>An import in the list.</summary>
/// <param name="ReceivedOn">The day on which it came by the API; null for a file.</param>
public sealed record ImportRow(
    ImportId Id, long Number, string FileName, long Bytes, string Sha256, string By, Instant At,
    ImportStatus Status, ImportReport? Report, Instant? FinishedAt, LocalDate? ReceivedOn = null);

/// <summary>A page of imports, newest first.</summary>
/// <param name="Older">Where the next page begins; null on the last one.</param>
public sealed record ImportList(IReadOnlyList<ImportRow> Rows, long? Older, DateTimeZone Zone);

public sealed record ProblemRow(long? Line, string? Column, string? Value, string Message);

/// <summary>An import with everything its page shows.</summary>
/// <param name="Mapping">What it was started with last; null when it never was.</param>
/// <param name="Zone">The company's.</param>
public sealed record ImportView(ImportRow Import, UsageMapping? Mapping, IReadOnlyList<ProblemRow> Problems, DateTimeZone Zone);

/// <summary>What the form of an import offers to choose from.</summary>
public sealed record UsageNames(IReadOnlyList<string> Subscriptions, IReadOnlyList<MetricTarget> Metrics)
{
    /// <summary>The properties that metrics read.</summary>
    public IReadOnlyList<string> Properties { get; } = [.. Metrics.Select(m => m.Property).OfType<string>().Distinct().Order()];
}

/// <summary>Reads imports.</summary>
public sealed class UsageQueries(IDbContextFactory<BackOfficeDb> dbs)
{
    private const int PageSize = 50;

    /// <param name="before">Only imports with lower numbers.</param>
    public async Task<ImportList> Imports(long? before = null, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var imports = await db.Imports.AsNoTracking().Where(i => before == null || i.Number < before)
            .OrderByDescending(i => i.Number).Take(PageSize + 1).ToListAsync(cancel);
        var shown = imports.Take(PageSize).Select(Row).ToList();
        return new ImportList(shown, imports.Count > PageSize ? shown[^1].Number : null, await CompanyZone(db, cancel));
    }

    /// <returns>Null when there is no such import.</returns>
    public async Task<ImportView?> View(ImportId id, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancel) is not { } import)
        {
            return null;
        }

        var problems = await db.ImportProblems.AsNoTracking().Where(p => p.ImportId == id).OrderBy(p => p.Id)
            .Select(p => new ProblemRow(p.Line, p.Column, p.Value, p.Message)).ToListAsync(cancel);
        var mapping = import.Mapping is null ? null : UsageMapping.FromJson(import.Mapping);
        return new ImportView(Row(import), mapping, problems, await CompanyZone(db, cancel));
    }

    public async Task<UsageNames> Names(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return new UsageNames(
            await db.Subscriptions.OrderBy(s => s.Code).Select(s => s.Code).ToListAsync(cancel),
            (await db.Metrics.AsNoTracking().OrderBy(m => m.Code).ToListAsync(cancel)).ConvertAll(MetricTarget.Of));
    }

    /// <summary>UTC until the company is set up.</summary>
    internal static async Task<DateTimeZone> CompanyZone(BackOfficeDb db, CancellationToken cancel) =>
        Core.Common.Zone.Of(await db.Companies.Select(c => c.ZoneId).SingleOrDefaultAsync(cancel) ?? "UTC");

    private static ImportRow Row(Import i) => new(
        i.Id, i.Number, i.FileName, i.Bytes, i.Sha256, i.UploadedBy.Name, i.UploadedAt, i.Status, i.Report, i.FinishedAt, i.ReceivedOn);
}
