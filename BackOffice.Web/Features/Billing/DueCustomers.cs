using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Who has something to bill, found without touching usage.</summary>
internal static class DueCustomers
{
    /// <summary>Customers whose usage is asked for together.</summary>
    private const int AtOnce = 100;

    /// <summary>Customers with something that fell due through a day and is not billed, in the order of their codes.</summary>
    /// <remarks>
    /// Whoever pays for each event as it happens may owe something any day: only the usage can tell. Whoever is billed early when usage
    /// passes a sum is asked for it, from what was added up when it was stored.
    /// </remarks>
    /// <param name="now">What falls due later is not due.</param>
    public static async Task<IReadOnlyList<CustomerId>> DueThrough(
        this BackOfficeDb db, LocalDate through, Instant now, CancellationToken cancel)
    {
        var next = through.PlusDays(1);
        var subscriptions = await db.Subscriptions.AsNoTracking().Where(s => s.StartsOn <= next).ToListAsync(cancel);
        var plans = await db.Plans.AsNoTracking().ToDictionaryAsync(p => p.Id, cancel);
        var customers = await db.Customers.AsNoTracking().OrderBy(c => c.Code).Select(c => new { c.Id, c.ZoneId }).ToListAsync(cancel);
        var zones = customers.ToDictionary(c => c.Id, c => Zone.Of(c.ZoneId));
        var again = await db.Invoices.Where(i => i.IsBilledAgain).Select(i => i.Id).ToListAsync(cancel);
        var proofs = await db.BilledPeriods.AsNoTracking().ToListAsync(cancel);
        var late = await db.LastLate(cancel);
        var billed = proofs.Where(period => period.InvoiceId is not { } id || !again.Contains(id))
            .SelectMany(period => period.Items([])).Select(item => item.Key).ToHashSet();
        var (due, early) = (new HashSet<CustomerId>(), new HashSet<CustomerId>());
        foreach (var subscription in subscriptions.Where(s => !due.Contains(s.CustomerId)))
        {
            var zone = zones[subscription.CustomerId];
            var life = subscription.Life(zone, (plan, version) => plans[plan].Terms(version));
            if (Owes(life, new Period(through, next).In(zone).End, billed) || (late.ContainsKey(life.Subscription) && IsOver(life, next)))
            {
                due.Add(subscription.CustomerId);
            }
            else if (life.Phases.Any(phase => phase.Terms.Settings.EarlyBilling is not null))
            {
                early.Add(subscription.CustomerId);
            }
        }

        foreach (var some in early.Where(customer => !due.Contains(customer)).Chunk(AtOnce))
        {
            due.UnionWith(await Passed(db, some, through, now, cancel));
        }

        return [.. customers.Select(c => c.Id).Where(due.Contains)];
    }

    // Its late usage has no next invoice to go with: whether some of it is on none yet is for billing to say.
    private static bool IsOver(SubscriptionLife life, LocalDate next) =>
        life.End?.Day <= next && life.Phases.Any(phase => phase.Terms.Settings.LateUsage == LateUsageRule.NextInvoice);

    // Who refuses to be computed is due as well: the run parks him and says why.
    private static async Task<IReadOnlyList<CustomerId>> Passed(
        BackOfficeDb db, IReadOnlyList<CustomerId> ids, LocalDate through, Instant now, CancellationToken cancel)
    {
        try
        {
            var documents = await new BillingBook(db).Due(ids, through, now, cancel);
            return [.. ids.Where((_, i) => documents[i].Count > 0)];
        }
        catch (Exception refused) when (refused is RuleBroken or ArithmeticException)
        {
            var passed = new List<CustomerId>();
            foreach (var id in ids.Count == 1 ? [] : ids)
            {
                passed.AddRange(await Passed(db, [id], through, now, cancel));
            }

            return ids.Count == 1 ? ids : passed;
        }
    }

    private static bool Owes(SubscriptionLife life, Instant through, HashSet<ItemKey> billed) =>
        life.Phases.Any(phase => phase.From <= through && phase.Terms.Charges.Any(charge => charge.Settings.PayInAdvance))
        || DueItems.Of(life, through).Any(item => !billed.Contains(item.Key));
}
