using System.Data.Common;
using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Providers;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Tops up every wallet whose rule says so: once for a day, once for a crossing. Doing it twice adds nothing more.</summary>
/// <remarks>
/// Whether there is anything to do is found out without a lock, and again under it, in a transaction for each rule. Where two servers
/// look at once, the unique key of the occasion lets one of them do it.
/// </remarks>
public sealed partial class ApplyTopUpRules(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock, ILogger<ApplyTopUpRules> logger)
{
    /// <returns>How often a wallet was topped up.</returns>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.RunBilling, cancel);
        var fired = 0;
        foreach (var id in await Live(cancel))
        {
            try
            {
                fired += await Apply(id, actor, cancel);
            }
            catch (RuleBroken refused)
            {
                await Remember(id, refused.Message, cancel);
            }
            catch (ArithmeticException)
            {
                await Remember(id, "The figures are too large to be computed to the last digit. Check the usage and the rule.", cancel);
            }
            catch (DbUpdateException conflict)
            {
                LogElsewhere(conflict, id.Value); // Another server was quicker; the next look finds what it did.
            }
            catch (Exception bug) when (bug is not (OperationCanceledException or DbException))
            {
                LogFailed(bug, id.Value);
                await Remember(id, "Something went wrong that needs a developer. The log has the details.", cancel);
            }
        }

        return fired;
    }

    private async Task<IReadOnlyList<WalletRuleId>> Live(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.WalletRules.IgnoreAutoIncludes()
            .Where(r => r.EndedAt == null && db.Wallets.Any(w => w.Id == r.WalletId && w.TerminatedAt == null))
            .OrderBy(r => r.CreatedAt).Select(r => r.Id).ToListAsync(cancel);
    }

    private async Task<int> Apply(WalletRuleId id, Actor actor, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        await using (var look = await dbs.CreateDbContextAsync(cancel))
        {
            var found = await RuleAtWork.Load(look, id, now, cancel);
            if (found.Occasions().Count == 0 && !look.ChangeTracker.HasChanges())
            {
                return 0;
            }
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockCustomer(await db.CustomerOf(id, cancel), cancel);
        var scene = await RuleAtWork.Load(db, id, now, cancel);
        var occasions = scene.Occasions();
        foreach (var occasion in occasions)
        {
            await scene.TopUp(db, occasion, actor.AsPerson(), cancel);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (occasions.Count > 0)
        {
            LogToppedUp(scene.Wallet.Code, occasions.Count);
        }

        return occasions.Count;
    }

    private async Task Remember(WalletRuleId id, string sentence, CancellationToken cancel)
    {
        LogRefused(id.Value, sentence);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rule = await db.WalletRules.SingleAsync(r => r.Id == id, cancel);
        if (rule.Trouble != sentence)
        {
            rule.CouldNot(sentence);
            await db.SaveChangesAsync(cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Wallet {Code} was topped up {Times} times by its rule")]
    private partial void LogToppedUp(string code, int times);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rule {Id} could not top its wallet up: {Sentence}")]
    private partial void LogRefused(Guid id, string sentence);

    [LoggerMessage(Level = LogLevel.Error, Message = "Rule {Id} could not be applied")]
    private partial void LogFailed(Exception bug, Guid id);

    [LoggerMessage(Level = LogLevel.Information, Message = "Rule {Id} was applied elsewhere")]
    private partial void LogElsewhere(Exception conflict, Guid id);
}
