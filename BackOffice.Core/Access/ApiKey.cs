using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Core.Access;

public readonly record struct ApiKeyId(Guid Value) : IId<ApiKeyId>
{
    public static ApiKeyId From(Guid value) => new(value);

    public static ApiKeyId New() => new(Guid.CreateVersion7());
}

/// <summary>What a program may do with its key.</summary>
[Flags]
public enum ApiScopes
{
    /// <summary>Nothing; no key has this.</summary>
    None = 0,

    /// <summary>usage:write: send usage events.</summary>
    UsageWrite = 1,

    /// <summary>usage:read: search stored events and ask what events would cost.</summary>
    UsageRead = 2,
}

/// <summary>How a key stands at a moment.</summary>
public enum ApiKeyState
{
    Active,
    Expired,
    Revoked,
}

/// <summary>What a program shows to be let in. Its secret is known to whoever was given it; we keep what it hashes to.</summary>
/// <remarks>Neither its name nor its scopes ever change: what the books say about a key stays true. Another need is another key.</remarks>
public sealed class ApiKey
{
    /// <summary>The longest name, in UTF-16 units.</summary>
    public const int MaxName = 100;

    private const ApiScopes Known = ApiScopes.UsageWrite | ApiScopes.UsageRead;

    private ApiKey()
    {
    }

    public ApiKeyId Id { get; private init; }

    /// <summary>Which program it is for, 1 to 100 characters.</summary>
    public string Name { get; private init; } = null!;

    /// <summary>The beginning of the key, by which it is found and told apart from others; no secret.</summary>
    public string Prefix { get; private init; } = null!;

    /// <summary>SHA-256 of the whole key, in lower-case hex. It is random enough not to need a slow hash.</summary>
    public string Hash { get; private init; } = null!;

    public ApiScopes Scopes { get; private init; }

    public Person CreatedBy { get; private init; } = null!;

    public Instant CreatedAt { get; private init; }

    /// <summary>The moment from which it is refused; null when it does not expire.</summary>
    public Instant? ExpiresAt { get; private init; }

    public Instant? RevokedAt { get; private set; }

    /// <summary>About when it was used last, to the minute; null when it never was.</summary>
    public Instant? LastUsedAt { get; private init; }

    /// <param name="secret">The beginning, unique among keys, and the hash of the whole, 64 hex digits.</param>
    /// <param name="expiresAt">After <paramref name="now"/>; null for never.</param>
    /// <exception cref="RuleBroken">The name is missing or too long, it may do nothing, or it would expire at once.</exception>
    public static ApiKey Create(
        string name, (string Prefix, string Hash) secret, ApiScopes scopes, Instant? expiresAt, Person by, Instant now)
    {
        if (scopes == ApiScopes.None || (scopes | Known) != Known)
        {
            throw new RuleBroken("Choose what the key may do: send usage, read usage, or both.");
        }

        if (expiresAt <= now)
        {
            throw new RuleBroken("The key would expire at once. Choose a later day, or none.");
        }

        return new ApiKey
        {
            Id = ApiKeyId.New(),
            Name = Text.Required(name, "Name", MaxName),
            Prefix = secret.Prefix,
            Hash = secret.Hash.Length == 64
                ? secret.Hash
                : throw new ArgumentException("A SHA-256 has 64 hex digits.", nameof(secret)),
            Scopes = scopes,
            CreatedBy = by,
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
    }

    /// <summary>From now on it is refused, for good.</summary>
    /// <exception cref="RuleBroken">It is revoked already.</exception>
    public void Revoke(Instant now) =>
        RevokedAt = RevokedAt is null ? now : throw new RuleBroken($"The key “{Name}” is revoked already.");

    public ApiKeyState StateAt(Instant now) =>
        RevokedAt is not null ? ApiKeyState.Revoked : ExpiresAt <= now ? ApiKeyState.Expired : ApiKeyState.Active;

    /// <summary>Whether it lets a program do this now.</summary>
    public bool Allows(ApiScopes scope, Instant now) => StateAt(now) == ApiKeyState.Active && (Scopes & scope) == scope;
}
