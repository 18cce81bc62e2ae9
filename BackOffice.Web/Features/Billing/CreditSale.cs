using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>The invoice that sells credits: it goes the way of every invoice, and its credits come when it is paid.</summary>
internal static class CreditSale
{
    /// <summary>Drafts the invoice of a purchase, in the caller's transaction.</summary>
    /// <exception cref="RuleBroken">A tax is not known, or the amount cannot be right.</exception>
    public static async Task<Invoice> Sell(
        this BackOfficeDb db, Wallet wallet, WalletGrant grant, Person by, Instant now, CancellationToken cancel)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == wallet.CustomerId, cancel);
        var company = await db.Companies.SingleAsync(cancel);
        var day = now.InZone(customer.Zone).Date;
        var content = CreditPurchase.Of(wallet, grant, await new AccountLoader(db).Taxes(customer, cancel), day);
        SafetyBounds.Check(content);
        var invoice = Invoice.Prepare(
            customer, company, content.Lines[0].Period, content, runId: null, by, now, purchase: grant.Id);
        db.Invoices.Add(invoice);
        return invoice;
    }

    /// <summary>What the invoice of a purchase would say if it were made now.</summary>
    public static async Task<InvoiceContent> SellAgain(this BackOfficeDb db, Invoice invoice, Guid purchase, CancellationToken cancel)
    {
        var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == invoice.CustomerId, cancel);
        var wallet = await db.WalletOf(purchase, cancel);
        var taxes = await new AccountLoader(db).Taxes(customer, cancel);
        return CreditPurchase.Of(wallet, wallet.Grants.Single(g => g.Id == purchase), taxes, invoice.PeriodStart);
    }

    /// <summary>The wallet that a grant belongs to.</summary>
    public static Task<Wallet> WalletOf(this BackOfficeDb db, Guid grant, CancellationToken cancel) => db.Wallets.SingleAsync(
        w => db.Set<WalletGrant>().Any(g => g.Id == grant && EF.Property<WalletId>(g, "WalletId") == w.Id), cancel);
}
