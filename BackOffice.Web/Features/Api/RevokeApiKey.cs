using BackOffice.Core.Access;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Api;

/// <summary>Locks a program out. What it has sent stays.</summary>
public sealed class RevokeApiKey(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, there is no such key, or it is revoked already.</exception>
    public async Task Run(ApiKeyId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageApiKeys, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var key = await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id, cancel) ?? throw new RuleBroken("There is no such key.");
        var now = clock.GetCurrentInstant();
        key.Revoke(now);
        db.Record(actor.AsPerson(), now, "Revoked", "API key", id.Value, $"{key.Name} ({key.Prefix}…)");
        await db.SaveChangesAsync(cancel);
    }
}
