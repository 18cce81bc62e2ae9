using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Providers;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>How a decision on an invoice begins: nobody can change it or its usage until the transaction ends.</summary>
internal static class InvoiceLoading
{
    /// <exception cref="RuleBroken">There is no such invoice.</exception>
    public static async Task<Invoice> LoadToDecide(this BackOfficeDb db, InvoiceId id, CancellationToken cancel)
    {
        var customer = await db.Invoices.Where(i => i.Id == id).Select(i => (CustomerId?)i.CustomerId).SingleOrDefaultAsync(cancel)
            ?? throw new RuleBroken("This invoice does not exist.");
        await db.LockCustomer(customer, cancel);
        return await db.Invoices.SingleAsync(i => i.Id == id, cancel);
    }

    /// <summary>What is approved and issued is what the engine says at that moment, late usage and all.</summary>
    /// <exception cref="RuleBroken">The engine says something else by now.</exception>
    public static async Task<BillingDocument> RequireUpToDate(this BackOfficeDb db, Invoice invoice, Instant now, CancellationToken cancel)
    {
        var document = await new BillingBook(db).DocumentAgain(invoice, now, cancel);
        if (!document.IsSaidBy(invoice))
        {
            throw new RuleBroken(
                "Usage or taxes have changed since this invoice was computed, or what reduces and pays it. "
                + "Refresh it, look at it again, then approve it.");
        }

        return document;
    }
}
