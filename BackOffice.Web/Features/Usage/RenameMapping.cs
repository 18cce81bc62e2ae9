using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Gives a saved mapping another name.</summary>
public sealed class RenameMapping(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, the name is missing or taken, or the mapping is gone.</exception>
    public async Task Run(SavedMappingId id, string name, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ImportUsage, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var saved = await db.FindMapping(id, cancel);
        var (before, now) = (saved.Name, SavedMapping.NameOf(name));
        if (await db.SavedMappings.AnyAsync(m => m.Name == now && m.Id != id, cancel))
        {
            throw new RuleBroken($"There is a mapping named “{now}” already. Choose another name.");
        }

        saved.Rename(now);
        db.Record(
            actor.AsPerson(), clock.GetCurrentInstant(), "Changed", "SavedMapping", id.Value, $"Mapping “{before}” is now “{now}”");
        await db.SaveChangesAsync(cancel);
    }
}
