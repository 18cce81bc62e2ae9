using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Data.Providers;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>Changes a subscription: another plan or version, other units, its end, or taking back what was planned.</summary>
public sealed class ChangeSubscription(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="seen">The revision whose money was shown; null when a script does not care.</param>
    /// <exception cref="RuleBroken">The rules refuse the change.</exception>
    public async Task Run(SubscriptionId id, SubscriptionChange change, int? seen = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockCustomer(await db.Subscriptions.Where(s => s.Id == id).Select(s => s.CustomerId).SingleAsync(cancel), cancel);
        var (book, now) = (new LifeBook(db), clock.GetCurrentInstant());
        var inHand = await book.Of(id, cancel);
        var life = await book.Changed(inHand, change, now, cancel);
        var subscription = inHand.Subscription;
        subscription.Follow(life);
        db.Touch(subscription);
        if (seen is { } revision)
        {
            db.Expect(subscription, revision);
        }

        db.Record(actor.AsPerson(), now, change is SubscriptionChange.Ending ? "Ended" : "Changed", "Subscription", id.Value,
            $"{subscription.Code}: {InWords(change, life, now)}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static string InWords(SubscriptionChange change, SubscriptionLife life, Instant now) => change switch
    {
        SubscriptionChange.ToPlan => $"{life.Last.Terms.PlanCode} version {life.Last.Terms.Version} from {life.Last.FirstDay:uuuu-MM-dd}",
        SubscriptionChange.Ending end =>
            $"last day {life.End!.Day.PlusDays(-1):uuuu-MM-dd}, {(end.Choice.Invoice ? "billed" : "not billed")}, "
            + $"unused fee: {end.Choice.Unused}",
        SubscriptionChange.OfUnits units =>
            $"{DecimalText.Format(units.Units)} units of {units.Code}"
            + (units.NextPeriod ? " from the next period" : $" from {life.DayOf(now):uuuu-MM-dd}"),
        _ => "the planned change does not happen",
    };
}
