using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>An import of the very same bytes.</summary>
public sealed record EarlierImport(ImportId Id, long Number, string By, Instant At);

/// <summary>What a look at an uploaded file tells.</summary>
/// <param name="Suggestion">A mapping to start from and what has to be asked; null when the file is no usage file.</param>
/// <param name="MappedAs">The number of the import whose mapping is proposed again; null when the names of the columns decide.</param>
/// <param name="SavedAs">The name under which the proposed mapping was saved; null when it was not.</param>
/// <param name="SameFile">The last import that stored the same file; null when none did.</param>
public sealed record Inspection(Sniffed Sniffed, MappingSuggestion? Suggestion, long? MappedAs, string? SavedAs, EarlierImport? SameFile);

/// <summary>Looks at the start of an uploaded file and proposes how to read it. Stores nothing.</summary>
public sealed class InspectUpload(IDbContextFactory<BackOfficeDb> dbs, Gate gate, UploadStore uploads, IClock clock)
{
    /// <param name="choices">What a person has decided already.</param>
    /// <exception cref="RuleBroken">He may not, or the file is gone.</exception>
    public async Task<Inspection> Run(ImportId id, ShapeChoices? choices = null, CancellationToken cancel = default)
    {
        await gate.Require(Permission.ImportUsage, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var import = await db.FindImport(id, cancel);
        var sniffed = await Sniff(import, choices, cancel);
        var sameFile = await SameFile(db, import, cancel);
        if (sniffed.Shape is not { } shape)
        {
            return new Inspection(sniffed, null, null, null, sameFile);
        }

        var zone = await db.Companies.Select(c => c.ZoneId).SingleOrDefaultAsync(cancel) ?? "UTC";
        var metrics = (await db.Metrics.AsNoTracking().OrderBy(m => m.Code).ToListAsync(cancel)).ConvertAll(MetricTarget.Of);
        var properties = metrics.Select(m => m.Property).OfType<string>().Distinct().ToList();
        var suggestion = MappingSuggester.Suggest(shape, properties, zone, metrics);
        var remembered = await MappingMemory.Find(db, shape, cancel);
        return new Inspection(sniffed, remembered?.Suggestion ?? suggestion, remembered?.Number, remembered?.Name, sameFile);
    }

    private async Task<Sniffed> Sniff(Import import, ShapeChoices? choices, CancellationToken cancel)
    {
        await using var file = uploads.Open(import.Id);
        var head = new byte[UsageFileLimits.SniffBytes];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        return FileSniffer.Sniff(head.AsSpan(0, length), complete: length < head.Length, clock.GetCurrentInstant(), choices);
    }

    private static async Task<EarlierImport?> SameFile(BackOfficeDb db, Import import, CancellationToken cancel)
    {
        var same = await db.Imports.AsNoTracking()
            .Where(i => i.Sha256 == import.Sha256 && i.Id != import.Id)
            .Where(i => i.Status == ImportStatus.Imported || i.Status == ImportStatus.ImportedWithRejects)
            .OrderByDescending(i => i.Number).FirstOrDefaultAsync(cancel);
        return same is null ? null : new EarlierImport(same.Id, same.Number, same.UploadedBy.Name, same.FinishedAt ?? same.UploadedAt);
    }
}
