using BackOffice.Core.Catalog;
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
public sealed record SubscriptionInput(string Code, string CustomerCode, string PlanCode, LocalDate StartsOn)
{
    /// <summary>The time of day usage counts from, on the customer's clock; null for midnight. The day is billed as a whole.</summary>
    public LocalTime? StartsAt { get; init; }

    /// <summary>Null for the version in effect on the first day.</summary>
    public int? Version { get; init; }

    public BillingTiming Timing { get; init; } = BillingTiming.Calendar;

    /// <summary>What fell due before this day is not billed here; null bills everything since the start.</summary>
    public LocalDate? BillFrom { get; init; }

    /// <summary>The last day, if it is agreed already.</summary>
    public LocalDate? LastDay { get; init; }

    /// <summary>What the customer pays instead of what the plan says.</summary>
    public TermsOverride? Agreed { get; init; }
}

/// <summary>Puts a customer on a published version of a plan.</summary>
public sealed class StartSubscription(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    private static readonly LocalDate Earliest = new(2000, 1, 1);

    /// <exception cref="RuleBroken">A field is wrong, the code is taken, or the plan is not published.</exception>
    public async Task<SubscriptionId> Run(SubscriptionInput input, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (input.StartsOn < Earliest)
        {
            throw new RuleBroken("A subscription starts in 2000 or later.");
        }

        var (customer, life) = await new LifeBook(db).Begun(input, cancel);
        var subscription = Subscription.Start(customer.Id, life);
        if (await db.Subscriptions.AnyAsync(s => s.Code == subscription.Code, cancel))
        {
            throw new RuleBroken($"There is a subscription with the code {subscription.Code} already. Choose another code.");
        }

        db.Subscriptions.Add(subscription);
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Started", "Subscription", subscription.Id.Value,
            $"{subscription.Code}: {customer.Code} on {input.PlanCode} version {subscription.PlanVersion} from {input.StartsOn:uuuu-MM-dd}"
            + (input.Agreed is null ? "" : ", with prices agreed for it"));
        await db.SaveChangesAsync(cancel);
        return subscription.Id;
    }
}
