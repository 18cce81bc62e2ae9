using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Adds a rule to a wallet, or changes what one does from now on.</summary>
public sealed class SaveTopUpRule(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="id">Null for a new rule.</param>
    /// <param name="lastsDays">How many days the credits can be used; null when they do not expire.</param>
    /// <exception cref="RuleBroken">The rule would add nothing, never stop adding, or buy what may not be bought; or it has
    /// ended.</exception>
    public async Task<WalletRuleId> Run(
        WalletId walletId, WalletRuleId? id, TopUpRule rule, int? lastsDays, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var wallet = await db.LoadToChange(walletId, cancel);
        var now = clock.GetCurrentInstant();
        var saved = id is { } known
            ? await db.WalletRules.SingleAsync(r => r.Id == known && r.WalletId == walletId, cancel)
            : WalletRule.Create(wallet, rule, lastsDays, now);
        if (id is null)
        {
            db.WalletRules.Add(saved);
        }
        else
        {
            saved.Change(wallet, rule, lastsDays);
            db.Touch(saved);
        }

        db.Record(
            actor.AsPerson(), now, id is null ? "Rule added" : "Rule changed", "Wallet", walletId.Value,
            $"{wallet.Code}: {WalletWords.Of(rule)}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return saved.Id;
    }
}
