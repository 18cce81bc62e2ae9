using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Ends a rule of a wallet: it adds nothing from now on. What it added stays.</summary>
public sealed class EndTopUpRule(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">It has ended already.</exception>
    public async Task Run(WalletId walletId, WalletRuleId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var wallet = await db.LoadToChange(walletId, cancel);
        var rule = await db.WalletRules.SingleAsync(r => r.Id == id && r.WalletId == walletId, cancel);
        var now = clock.GetCurrentInstant();
        rule.End(now);
        db.Record(
            actor.AsPerson(), now, "Rule ended", "Wallet", walletId.Value, $"{wallet.Code}: {WalletWords.Of(rule.Rule)}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
