using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Data;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>What a subscription used in the period that goes on.</summary>
/// <param name="Days">The days so far.</param>
/// <param name="Lines">What each charge comes to so far.</param>
/// <param name="Lifetime">All usage since the start; null when nothing is billed early.</param>
/// <param name="Place">Between which sums it stands; null when nothing is billed early.</param>
/// <param name="Early">Why the next run bills it early, as a sentence; null when it does not.</param>
public sealed record UsageSoFarView(
    Period Days, IReadOnlyList<(string Name, Money Amount)> Lines, Money Amount, Money BilledEarly, Money? Lifetime, ThresholdPlace? Place,
    string? Early);

/// <summary>Reads the usage of a period that goes on, priced by the engine that will bill it.</summary>
public sealed class UsageSoFarQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    /// <returns>Null when no period goes on.</returns>
    /// <exception cref="RuleBroken">There is no such subscription, or it cannot be priced.</exception>
    public async Task<UsageSoFarView?> Of(SubscriptionId id, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var customer = await db.Subscriptions.Where(s => s.Id == id).Select(s => s.CustomerId).SingleAsync(cancel);
        var now = clock.GetCurrentInstant();
        var account = (await new AccountLoader(db).Load(customer, now, cancel: cancel)).Account;
        var life = account.Lives.Single(life => life.Subscription == id);
        var soFar = BillingEngine.SoFar(account, await db.UsageSoFar(account, life, now, cancel), life, now);
        return soFar is null ? null : new UsageSoFarView(
            soFar.Item.Shown,
            [.. soFar.Lines.Select(line => (line.Filter is null && line.Group is null
                ? line.Name : $"{line.Name} ({string.Join(", ", new[] { line.Filter, line.Group }.OfType<string>())})", line.Amount))],
            soFar.Amount, soFar.Lifetime.BilledThisPeriod, soFar.Place is null ? null : soFar.Lifetime.Total, soFar.Place,
            soFar.Early?.InWords());
    }
}
