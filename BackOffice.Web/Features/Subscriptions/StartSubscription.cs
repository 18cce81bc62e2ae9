using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>A subscription as it is typed in.</summary>
/// <param name="StartsOn">May lie in the past: the periods that are over are billed by the next run.</param>
public sealed record SubscriptionInput(string Code, string CustomerCode, string PlanCode, LocalDate StartsOn);

/// <summary>Puts a customer on the latest published version of a plan.</summary>
public sealed class StartSubscription(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    private static readonly LocalDate Earliest = new(2000, 1, 1);

    /// <exception cref="RuleBroken">A field is wrong, the code is taken, or the plan is not published.</exception>
    public async Task<SubscriptionId> Run(SubscriptionInput input, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var customer = await db.Customers.SingleOrDefaultAsync(c => c.Code == input.CustomerCode, cancel)
            ?? throw new RuleBroken($"There is no customer with the code \"{input.CustomerCode}\".");
        var plan = await db.Plans.SingleOrDefaultAsync(p => p.Code == input.PlanCode, cancel)
            ?? throw new RuleBroken($"There is no plan with the code \"{input.PlanCode}\".");
        if (input.StartsOn < Earliest)
        {
            throw new RuleBroken("A subscription starts in 2000 or later.");
        }

        var subscription = Subscription.Start(input.Code, customer.Id, plan, input.StartsOn);
        if (await db.Subscriptions.AnyAsync(s => s.Code == subscription.Code, cancel))
        {
            throw new RuleBroken($"There is a subscription with the code {subscription.Code} already. Choose another code.");
        }

        db.Subscriptions.Add(subscription);
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Started", "Subscription", subscription.Id.Value,
            $"{subscription.Code}: {customer.Code} on {plan.Code} version {subscription.PlanVersion} from {input.StartsOn:uuuu-MM-dd}");
        await db.SaveChangesAsync(cancel);
        return subscription.Id;
    }
}
