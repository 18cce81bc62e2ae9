using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Who has a period to bill, found without touching usage.</summary>
internal static class DueCustomers
{
    /// <summary>Customers with a period that has ended through a day and is not billed, in the order of their codes.</summary>
    public static async Task<IReadOnlyList<CustomerId>> DueThrough(this BackOfficeDb db, LocalDate through, CancellationToken cancel)
    {
        var subscriptions = await db.Subscriptions.AsNoTracking().Where(s => s.StartsOn <= through).ToListAsync(cancel);
        var billed = (await db.BilledPeriods.AsNoTracking().Select(b => new { b.SubscriptionId, b.Start }).ToListAsync(cancel))
            .Select(b => (b.SubscriptionId, b.Start)).ToHashSet();
        var due = subscriptions
            .Where(s => BillingCalendar.EndedThrough(s.StartsOn, s.EndsOn, through).Any(p => !billed.Contains((s.Id, p.Billed.Start))))
            .Select(s => s.CustomerId).ToHashSet();
        return [.. (await db.Customers.AsNoTracking().OrderBy(c => c.Code).Select(c => c.Id).ToListAsync(cancel)).Where(due.Contains)];
    }
}
