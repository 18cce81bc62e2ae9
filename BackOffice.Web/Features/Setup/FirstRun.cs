using System.Security.Cryptography;
using System.Text;
using BackOffice.Data;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Setup;

/// <summary>Knows whether anybody has an account yet, and the one-time token that lets the first person in.</summary>
/// <remarks>Only the token's hash is kept, and only in memory: each start without an account makes a new link.</remarks>
public sealed class FirstRun(IDbContextFactory<BackOfficeDb> dbs)
{
    private volatile bool _done;
    private byte[]? _hash;

    /// <summary>True once there is an account. Accounts are never deleted, so yes is remembered.</summary>
    public async ValueTask<bool> IsDone(CancellationToken cancel = default)
    {
        if (!_done)
        {
            await using var db = await dbs.CreateDbContextAsync(cancel);
            _done = await db.Users.AnyAsync(cancel);
        }

        return _done;
    }

    /// <summary>Makes the token; the one before stops working.</summary>
    public string NewToken()
    {
        var token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        _hash = Hash(token);
        return token;
    }

    public bool Accepts(string? token) =>
        _hash is not null && token is not null && !_done && CryptographicOperations.FixedTimeEquals(_hash, Hash(token));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
