using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>Shows the first bills of a subscription before it is started. Stores nothing.</summary>
public sealed class PreviewStart(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">The rules refuse the subscription, or billing would park the customer.</exception>
    /// <exception cref="ArithmeticException">An amount needs more digits than are kept.</exception>
    public async Task<ChangeMoney> Run(SubscriptionInput input, CancellationToken cancel = default)
    {
        await gate.Require(Permission.Read, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var (customer, life) = await new LifeBook(db).Begun(input, cancel);
        var now = clock.GetCurrentInstant();
        var soonest = ChangeMoney.Horizon(life, LocalDate.Max(life.First.FirstDay, life.DayOf(now)));
        return await ChangeMoney.Of(db, customer, life, life.First.FirstDay, now, soonest > now ? soonest : now, cancel);
    }
}
