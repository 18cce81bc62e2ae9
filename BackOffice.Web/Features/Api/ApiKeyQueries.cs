using BackOffice.Core.Access;
using BackOffice.Data;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Api;

/// <summary>A key in the list.</summary>
public sealed record ApiKeyRow(
    ApiKeyId Id, string Name, string Prefix, ApiScopes Scopes, string By, Instant CreatedAt, Instant? ExpiresAt, Instant? LastUsedAt,
    ApiKeyState State);

/// <summary>All keys; those that work first, then the newest first.</summary>
public sealed record ApiKeyList(IReadOnlyList<ApiKeyRow> Rows, DateTimeZone Zone, LocalDate Today);

/// <summary>Reads keys.</summary>
public sealed class ApiKeyQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    public async Task<ApiKeyList> List(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var (now, zone) = (clock.GetCurrentInstant(), await db.ZoneOfCompany(cancel));
        var keys = await db.ApiKeys.AsNoTracking().ToListAsync(cancel);
        var rows = keys.Select(k => new ApiKeyRow(
            k.Id, k.Name, k.Prefix, k.Scopes, k.CreatedBy.Name, k.CreatedAt, k.ExpiresAt, k.LastUsedAt, k.StateAt(now)));
        return new ApiKeyList([.. rows.OrderBy(row => row.State).ThenByDescending(row => row.CreatedAt)], zone, now.InZone(zone).Date);
    }
}
