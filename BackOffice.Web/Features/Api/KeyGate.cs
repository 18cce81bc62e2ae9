using BackOffice.Core.Access;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Api;

/// <summary>The program that was let in.</summary>
public sealed record ApiCaller(ApiKeyId Key, string Name)
{
    /// <summary>As documents and the audit trail remember it.</summary>
    public Person AsPerson() => new(null, $"API key {Name}");
}

/// <summary>Decides whether a program may do what it asks for. Every use case of the API starts here.</summary>
/// <remarks>Asks the database each time: a key that is revoked is refused at its next request.</remarks>
public sealed partial class KeyGate(IDbContextFactory<BackOfficeDb> dbs, ApiLimits limits, IClock clock, ILogger<KeyGate> logger)
{
    /// <param name="key">As it was sent; null when none was.</param>
    /// <param name="counts">False for what goes on within a request that was counted.</param>
    /// <exception cref="ApiRefused">The key is missing, wrong, expired, revoked or used too fast, or does not allow this.</exception>
    public async Task<ApiCaller> Require(string? key, ApiScopes scope, bool counts = true, CancellationToken cancel = default)
    {
        var known = await Find(key, cancel);
        var now = clock.GetCurrentInstant();
        var state = known.StateAt(now);
        if (state != ApiKeyState.Active)
        {
            LogRefused(known.Prefix, state);
            throw state == ApiKeyState.Expired
                ? Refused("key_expired", $"The key “{known.Name}” has expired. Ask an administrator for a new one.")
                : Refused("key_revoked", $"The key “{known.Name}” is revoked. Ask an administrator for a new one.");
        }

        if (!known.Allows(scope, now))
        {
            LogRefused(known.Prefix, state);
            throw new ApiRefused(
                ApiFault.NotAllowed, "scope_missing",
                $"The key “{known.Name}” may not do this: it needs the scope {ApiScopeWords.Of(scope)}. Make a key with that scope.");
        }

        if (counts)
        {
            limits.Spend(known.Id);
        }

        await Note(known.Id, now, cancel);
        return new ApiCaller(known.Id, known.Name);
    }

    private async Task<ApiKey> Find(string? key, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(key))
        {
            throw Refused("key_missing", "Send a key: Authorization: Bearer bk_live_… Administrators make them under Settings, API keys.");
        }

        if (ApiSecret.PrefixOf(key) is not { } prefix)
        {
            throw Refused("key_malformed", "This is no whole key. Copy all of it, from bk_live_ to the end.");
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Prefix == prefix, cancel) is { } known
            && ApiSecret.Matches(key, known.Hash))
        {
            return known;
        }

        LogUnknown(prefix);
        throw Refused("key_unknown", "This key is not known here. Check that it belongs to this server.");
    }

    private async Task Note(ApiKeyId key, Instant now, CancellationToken cancel)
    {
        if (limits.IsWorthNoting(key, now))
        {
            await using var db = await dbs.CreateDbContextAsync(cancel);
            await db.ApiKeys.Where(k => k.Id == key).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), cancel);
        }
    }

    private static ApiRefused Refused(string code, string message) => new(ApiFault.NotLetIn, code, message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused the API key {Prefix}: {State}")]
    private partial void LogRefused(string prefix, ApiKeyState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused an unknown API key that begins with {Prefix}")]
    private partial void LogUnknown(string prefix);
}
