using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Invoices that are not issued yet, when usage that they bill is taken back or corrected.</summary>
internal static class OpenInvoices
{
    /// <summary>An approval given to what an invoice said before is void, as with every refresh.</summary>
    public static async Task Refresh(
        BackOfficeDb db, IReadOnlyList<SubscriptionId> ids, Person by, Instant now, CancellationToken cancel)
    {
        var open = await db.Invoices.Where(i => i.Number == null)
            .Where(i => db.BilledPeriods.Any(b => b.InvoiceId == i.Id && ids.Contains(b.SubscriptionId))).ToListAsync(cancel);
        foreach (var invoice in open.OrderBy(invoice => invoice.DueAt).ThenBy(invoice => invoice.PreparedAt))
        {
            var document = await new BillingBook(db).DocumentAgain(invoice, now, cancel);
            if (!document.IsSaidBy(invoice))
            {
                await db.Refresh(invoice, document, by, now, cancel);
                await db.SaveChangesAsync(cancel); // The next one may take off what this one bills.
            }
        }
    }
}
