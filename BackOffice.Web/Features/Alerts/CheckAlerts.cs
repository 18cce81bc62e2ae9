using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Alerts;

/// <summary>Lets alerts look at what there is now and writes down the levels that were crossed, each once.</summary>
/// <remarks>
/// A transaction for each customer, under the customer's lock: two who check at once tell a crossing once, and the unique key of the
/// entries would refuse the second.
/// </remarks>
public sealed partial class CheckAlerts(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock, ILogger<CheckAlerts> logger)
{
    /// <param name="after">The import whose subscriptions are looked at; null for all alerts.</param>
    /// <returns>How many levels were crossed.</returns>
    public async Task<int> Run(ImportId? after = null, CancellationToken cancel = default)
    {
        await gate.Require(Permission.ImportUsage, cancel);
        var told = 0;
        foreach (var customer in await Customers(after, cancel))
        {
            told += await Check(customer, cancel);
        }

        return told;
    }

    private async Task<IReadOnlyList<CustomerId>> Customers(ImportId? after, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var subscriptions = db.Subscriptions.Where(s => db.Alerts.Any(a => a.SubscriptionId == s.Id && a.EndedAt == null));
        if (after is { } import)
        {
            var touched = await db.SubscriptionsOf(import, cancel);
            return await subscriptions.Where(s => touched.Contains(s.Id)).Select(s => s.CustomerId).Distinct().ToListAsync(cancel);
        }

        var wallets = db.Wallets.Where(w => w.TerminatedAt == null && db.Alerts.Any(a => a.WalletId == w.Id && a.EndedAt == null));
        return await subscriptions.Select(s => s.CustomerId).Union(wallets.Select(w => w.CustomerId)).ToListAsync(cancel);
    }

    private async Task<int> Check(CustomerId customer, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockCustomer(customer, cancel);
        var now = clock.GetCurrentInstant();
        var alerts = await db.Alerts.Where(a => a.EndedAt == null
                && (db.Subscriptions.Any(s => s.Id == a.SubscriptionId && s.CustomerId == customer)
                    || db.Wallets.Any(w => w.Id == a.WalletId && w.CustomerId == customer)))
            .OrderBy(a => a.Id).ToListAsync(cancel);
        var values = await AlertValues.Of(db, customer, now, cancel);
        var told = 0;
        foreach (var alert in alerts)
        {
            told += await Look(db, alert, values, now, cancel);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return told;
    }

    private async Task<int> Look(BackOfficeDb db, Alert alert, AlertValues values, Instant now, CancellationToken cancel)
    {
        try
        {
            var entries = await values.Of(alert, cancel) is { } seen ? alert.Look(seen.Value, now, seen.PeriodFrom) : [];
            db.AlertEntries.AddRange(entries);
            return entries.Count;
        }
        catch (Exception refused) when (refused is RuleBroken or ArithmeticException)
        {
            // What cannot be priced cannot be compared; the billing run parks the customer and says why.
            LogRefused(refused, alert.Name);
            return 0;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The alert {Name} cannot see its value")]
    private partial void LogRefused(Exception refused, string name);
}
