using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Web.Features.Usage.Files;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>A saved mapping in the list.</summary>
/// <param name="Columns">The columns it reads, in words.</param>
public sealed record MappingRow(SavedMappingId Id, string Name, string Columns, string By, Instant At);

/// <summary>All saved mappings, by name.</summary>
public sealed record MappingList(IReadOnlyList<MappingRow> Rows, DateTimeZone Zone);

/// <summary>Reads saved mappings.</summary>
public sealed class MappingQueries(IDbContextFactory<BackOfficeDb> dbs)
{
    public async Task<MappingList> List(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var saved = await db.SavedMappings.AsNoTracking().OrderBy(m => m.Name).ToListAsync(cancel);
        return new MappingList(
            saved.ConvertAll(m => new MappingRow(
                m.Id, m.Name, string.Join(", ", MappingCheck.UsedColumns(UsageMapping.FromJson(m.Mapping)).Select(CellText.Show)),
                m.SavedBy.Name, m.SavedAt)),
            await UsageQueries.CompanyZone(db, cancel));
    }

    /// <summary>What the columns mean, for a script that names it.</summary>
    /// <exception cref="RuleBroken">There is no mapping of that name.</exception>
    public async Task<UsageMapping> Named(string name, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.SavedMappings.AsNoTracking().SingleOrDefaultAsync(m => m.Name == name, cancel) is { } saved
            ? UsageMapping.FromJson(saved.Mapping)
            : throw new RuleBroken($"There is neither a file nor a saved mapping named “{name}”.");
    }
}

/// <summary>What the use cases of saved mappings share.</summary>
internal static class MappingLoading
{
    /// <exception cref="RuleBroken">It is gone.</exception>
    public static async Task<SavedMapping> FindMapping(this BackOfficeDb db, SavedMappingId id, CancellationToken cancel) =>
        await db.SavedMappings.SingleOrDefaultAsync(m => m.Id == id, cancel)
        ?? throw new RuleBroken("This mapping is gone: somebody has deleted it.");
}
