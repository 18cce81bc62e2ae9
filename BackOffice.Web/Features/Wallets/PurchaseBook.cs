using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Bought credits and the invoice that sells them, kept in step: neither is there without the other.</summary>
internal static class PurchaseBook
{
    /// <summary>The invoice of a purchase; null for purchases from when they had none.</summary>
    public static Task<Invoice?> InvoiceOf(this BackOfficeDb db, Guid grant, CancellationToken cancel) =>
        db.Invoices.SingleOrDefaultAsync(i => i.Purchase == grant, cancel);

    /// <summary>How the money of a credit note moves where the invoice sold credits; null for every other invoice.</summary>
    /// <remarks>
    /// Credits that were not paid yet are taken back whole and nothing is owed; for those that were paid money goes back, never credit
    /// for later invoices: that is what the wallet is (guide §14).
    /// </remarks>
    /// <exception cref="RuleBroken">More is taken back than the wallet still holds of that purchase, or part of an unpaid one.</exception>
    public static async Task<CreditNoteSplit?> SplitOfSale(
        this BackOfficeDb db, Invoice invoice, CreditNoteContent content, CancellationToken cancel)
    {
        if (invoice.Purchase is not { } id)
        {
            return null;
        }

        var (none, wallet) = (Money.Zero(invoice.Currency), await db.WalletOf(id, cancel));
        var grant = wallet.Grants.Single(g => g.Id == id);
        switch (grant.Status)
        {
            case GrantStatus.Pending when content.Total != invoice.Total:
                throw new RuleBroken("These credits are not paid yet. Take the whole purchase back, not a part of it.");
            case GrantStatus.Settled when content.Subtotal.MinorUnits > grant.LeftMinor:
                throw new RuleBroken($"{grant.Left} are left of these credits. What is spent cannot be taken back.");
            case GrantStatus.Settled:
                return new CreditNoteSplit(none, content.Total, none);
            default:
                return new CreditNoteSplit(none, none, content.Total);
        }
    }

    /// <summary>Takes the credits of an invoice that sold some out of the wallet, as far as a credit note takes them back.</summary>
    /// <exception cref="RuleBroken">They were spent meanwhile, or the wallet has ended.</exception>
    public static async Task TakeCreditsBack(
        this BackOfficeDb db, Invoice invoice, CreditNote note, Instant now, CancellationToken cancel)
    {
        if (invoice.Purchase is not { } id)
        {
            return;
        }

        var wallet = await db.WalletOf(id, cancel);
        switch (wallet.Grants.Single(g => g.Id == id).Status)
        {
            case GrantStatus.Pending:
                wallet.PaymentFailed(id);
                break;
            case GrantStatus.Settled:
                wallet.Refund(id, note.Net + note.Discount, note.Number!, now);
                break;
            default:
                return;
        }

        db.Touch(wallet);
    }
}
