using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Forgets a saved mapping. Imports that were made with it keep what they were made with.</summary>
public sealed class DeleteMapping(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, or the mapping is gone already.</exception>
    public async Task Run(SavedMappingId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ImportUsage, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var saved = await db.FindMapping(id, cancel);
        db.SavedMappings.Remove(saved);
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Deleted", "SavedMapping", id.Value, $"Mapping “{saved.Name}”");
        await db.SaveChangesAsync(cancel);
    }
}
