using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Providers;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>Ends a subscription with a day that is still billed.</summary>
public sealed class EndSubscription(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">It has an end already, or the day lies before the start or inside what has been billed.</exception>
    public async Task Run(SubscriptionId id, LocalDate lastDay, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockCustomer(await db.Subscriptions.Where(s => s.Id == id).Select(s => s.CustomerId).SingleAsync(cancel), cancel);
        var subscription = await db.Subscriptions.SingleAsync(s => s.Id == id, cancel);
        var billedEnd = await db.BilledPeriods.Where(b => b.SubscriptionId == id).Select(b => (LocalDate?)b.End).MaxAsync(cancel);
        subscription.End(lastDay, billedEnd?.PlusDays(-1));
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Ended", "Subscription", id.Value,
            $"{subscription.Code} on {lastDay:uuuu-MM-dd}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
