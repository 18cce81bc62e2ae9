using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>Shows the money of a change before it is made. Stores nothing.</summary>
public sealed class PreviewChange(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">The rules refuse the change, or billing would park the customer.</exception>
    /// <exception cref="ArithmeticException">An amount needs more digits than are kept.</exception>
    public async Task<ChangeMoney> Run(SubscriptionId id, SubscriptionChange change, CancellationToken cancel = default)
    {
        await gate.Require(Permission.Read, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var (book, now) = (new LifeBook(db), clock.GetCurrentInstant());
        var inHand = await book.Of(id, cancel);
        var changed = await book.Changed(inHand, change, now, cancel);
        var firstDay = FirstDay(inHand.Life, changed, change, now);
        var through = LaterOf(Horizon(inHand.Life, changed, firstDay), now);
        return await ChangeMoney.Of(db, inHand.Customer, changed, firstDay, now, through, cancel);
    }

    private static LocalDate FirstDay(SubscriptionLife life, SubscriptionLife changed, SubscriptionChange what, Instant now) => what switch
    {
        SubscriptionChange.ToPlan => changed.Last.FirstDay,
        SubscriptionChange.Ending => changed.End!.Day,
        SubscriptionChange.TakingBack => life.Last.FirstDay,
        _ => changed.UnitChanges.Where(units => units.KnownAt == now).Select(units => units.From).DefaultIfEmpty(life.DayOf(now)).Max(),
    };

    // The last bill of a subscription is due when it is over, which may be later than the period's end on its old terms.
    private static Instant Horizon(SubscriptionLife life, SubscriptionLife changed, LocalDate firstDay) =>
        LaterOf(ChangeMoney.Horizon(life, firstDay), ChangeMoney.Horizon(changed, firstDay));

    private static Instant LaterOf(Instant a, Instant b) => a > b ? a : b;
}
