using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Keeps a mapping under a name; one that has this name means the new thing from now on.</summary>
public sealed class SaveMapping(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, the name is missing, or the mapping is incomplete.</exception>
    public async Task<SavedMappingId> Run(string name, UsageMapping mapping, CancellationToken cancel = default)
    {
        var by = (await gate.Require(Permission.ImportUsage, cancel)).AsPerson();
        MappingRules.RequireComplete(mapping);
        var (found, now) = (SavedMapping.NameOf(name), clock.GetCurrentInstant());
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var saved = await db.SavedMappings.SingleOrDefaultAsync(m => m.Name == found, cancel);
        db.Record(by, now, saved is null ? "Created" : "Changed", "SavedMapping", saved?.Id.Value, $"Mapping “{found}”");
        if (saved is null)
        {
            saved = SavedMapping.Save(found, mapping.ToJson(), by, now);
            db.SavedMappings.Add(saved);
        }
        else
        {
            saved.Replace(mapping.ToJson(), by, now);
        }

        await db.SaveChangesAsync(cancel);
        return saved.Id;
    }
}
