using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Web.Features.Usage.Files;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Usage;

/// <summary>A mapping for a file with the same columns.</summary>
/// <param name="Number">The import it worked for; null when it was saved under a name.</param>
internal sealed record RememberedMapping(long? Number, string? Name, MappingSuggestion Suggestion);

/// <summary>
/// Finds the mapping that was saved for the columns this file has, or else that of the last import with these columns, so that nobody maps
/// the same export twice.
/// </summary>
internal static class MappingMemory
{
    private const int LookedAt = 50;

    public static async Task<RememberedMapping?> Find(BackOfficeDb db, FileShape shape, CancellationToken cancel)
    {
        var saved = (await db.SavedMappings.AsNoTracking().ToListAsync(cancel)).OrderByDescending(m => m.SavedAt)
            .Select(m => (m.Name, Mapping: UsageMapping.FromJson(m.Mapping))).FirstOrDefault(m => Fits(m.Mapping, shape));
        if (saved.Name is { } name)
        {
            return new RememberedMapping(null, name, Suggest($"the mapping “{name}”", saved.Mapping, shape));
        }

        var imports = await db.Imports.AsNoTracking()
            .Where(i => i.Mapping != null && (i.Status == ImportStatus.Imported || i.Status == ImportStatus.ImportedWithRejects))
            .OrderByDescending(i => i.Number).Take(LookedAt).Select(i => new { i.Number, i.Mapping }).ToListAsync(cancel);
        return imports.Select(i => (i.Number, Mapping: UsageMapping.FromJson(i.Mapping!)))
            .Where(i => Fits(i.Mapping, shape))
            .Select(i => new RememberedMapping(i.Number, null, Suggest($"import {i.Number}", i.Mapping, shape)))
            .FirstOrDefault();
    }

    private static bool Fits(UsageMapping mapping, FileShape shape) =>
        shape.HasHeader.Value && (mapping.HasHeader || RejectsFile.Is(shape.Columns))
        && mapping.Delimiter == shape.Delimiter.Value
        && MappingCheck.Check(mapping, shape.Columns).Count == 0
        && shape.TimestampFormats.Contains(mapping.TimestampFormat!.Value);

    /// <summary>Whose usage it is may change from file to file, so that is asked again.</summary>
    private static MappingSuggestion Suggest(string origin, UsageMapping mapping, FileShape shape)
    {
        var asked = mapping.SubscriptionCode is { } code
            ? [new TextFault(
                "confirm_subscription",
                $"All rows belong to {code}, as in {origin}. Choose another subscription if this file is of another.")]
            : Array.Empty<TextFault>();
        return new MappingSuggestion(mapping with { Encoding = shape.Encoding.Value, HasHeader = true }, asked);
    }
}
