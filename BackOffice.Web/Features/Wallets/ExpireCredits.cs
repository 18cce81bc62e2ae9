using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Books as breakage what was not used in time. Doing it twice books nothing more.</summary>
public sealed partial class ExpireCredits(
    IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock, ILogger<ExpireCredits> logger)
{
    /// <returns>How many wallets lost something.</returns>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.RunBilling, cancel);
        var now = clock.GetCurrentInstant();
        var wallets = await Due(now, cancel);
        var lost = 0;
        foreach (var id in wallets)
        {
            lost += await Expire(id, actor, now, cancel) ? 1 : 0;
        }

        return lost;
    }

    private async Task<IReadOnlyList<WalletId>> Due(Instant now, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Set<WalletGrant>().Where(g => g.LeftMinor > 0 && g.ExpiresAt <= now)
            .Select(g => EF.Property<WalletId>(g, "WalletId")).Distinct().ToListAsync(cancel);
    }

    // A transaction for each wallet: many at once would keep billing waiting.
    private async Task<bool> Expire(WalletId id, Actor actor, Instant now, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var wallet = await db.LoadToChange(id, cancel);
        var before = wallet.Entries.Count;
        wallet.ExpireThrough(now);
        var expired = wallet.Entries.Skip(before).ToList();
        if (expired.Count == 0)
        {
            return false; // Somebody who used the wallet was quicker.
        }

        var sum = expired.Select(entry => -entry.Amount).Sum(wallet.Currency);
        db.Record(actor.AsPerson(), now, "Expired", "Wallet", id.Value, $"{sum} of {wallet.Code}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        LogExpired(wallet.Code, sum);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Credits of wallet {Code} expired: {Sum}")]
    private partial void LogExpired(string code, Money sum);
}
