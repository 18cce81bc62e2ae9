using BackOffice.Core.Access;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Api;

/// <summary>Makes a key for a program. Its secret is told once; only its hash is stored.</summary>
public sealed class CreateApiKey(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="LastDay">The last day on which it works, on the company's calendar; null for no end.</param>
    public sealed record Input(string Name, ApiScopes Scopes, LocalDate? LastDay = null);

    /// <returns>The key, which nobody can look up again.</returns>
    /// <exception cref="RuleBroken">He may not, a key of that name works, or a field is wrong.</exception>
    public async Task<string> Run(Input input, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageApiKeys, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var (now, zone) = (clock.GetCurrentInstant(), await db.ZoneOfCompany(cancel));
        var end = input.LastDay is { } last ? (Instant?)new Period(last, last.PlusDays(1)).In(zone).End : null;
        var secret = ApiSecret.New();
        var key = ApiKey.Create(
            input.Name, (ApiSecret.PrefixOf(secret)!, ApiSecret.Hash(secret)), input.Scopes, end, actor.AsPerson(), now);
        if (await db.ApiKeys.AnyAsync(k => k.Name == key.Name && k.RevokedAt == null, cancel))
        {
            throw new RuleBroken($"There is a key “{key.Name}” already. Choose another name, or revoke that one first.");
        }

        db.ApiKeys.Add(key);
        var until = input.LastDay is { } day ? $"until {day:uuuu-MM-dd}" : "without end";
        db.Record(actor.AsPerson(), now, "Created", "API key", key.Id.Value,
            $"{key.Name} ({key.Prefix}…): {ApiScopeWords.Of(key.Scopes)}, {until}");
        await db.SaveChangesAsync(cancel);
        return secret;
    }
}
