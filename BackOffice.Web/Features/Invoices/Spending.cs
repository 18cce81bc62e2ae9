using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>What an invoice only counted on while it was a draft is used up when it is issued, in the same transaction.</summary>
internal static class Spending
{
    /// <exception cref="RuleBroken">A coupon is not there any more, or less of it is left.</exception>
    public static async Task SpendCoupons(this BackOfficeDb db, Invoice invoice, CancellationToken cancel)
    {
        foreach (var discount in invoice.Discounts.Where(discount => discount is { Kind: DiscountKind.Coupon, Source: not null }))
        {
            var id = new AppliedCouponId(discount.Source!.Value);
            var coupon = await db.AppliedCoupons.SingleAsync(coupon => coupon.Id == id, cancel);
            coupon.Spend(discount.Amount);
            db.Touch(coupon);
        }
    }

    /// <summary>The credit notes it counted on pay their part. What the engine took back by itself becomes a document with it.</summary>
    /// <exception cref="RuleBroken">Less is left of a note, or the invoice it corrects is not issued yet.</exception>
    public static async Task UseCredits(this BackOfficeDb db, Invoice invoice, LocalDate today, CancellationToken cancel)
    {
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var paid in invoice.Settlements.Where(settled => settled.Kind == SettlementKind.CreditNote))
        {
            var id = Guid.TryParse(paid.Reference, out var value) ? new CreditNoteId(value) : (CreditNoteId?)null;
            var note = await db.CreditNotes.SingleAsync(n => n.Id == id || n.Number == paid.Reference, cancel);
            if (note.Status == CreditNoteStatus.Draft)
            {
                await Issue(db, note, today, cancel);
            }

            note.Use(paid.Amount);
            db.Touch(note);
            numbers[paid.Reference] = note.Number!;
        }

        invoice.CallSettlements(numbers);
    }

    /// <summary>
    /// What a voided invoice used can be used again. A wallet that has ended and a credit note that was voided take nothing back: they are
    /// history themselves.
    /// </summary>
    public static async Task GiveBack(this BackOfficeDb db, Invoice invoice, Instant now, CancellationToken cancel)
    {
        foreach (var discount in invoice.Discounts.Where(discount => discount is { Kind: DiscountKind.Coupon, Source: not null }))
        {
            var id = new AppliedCouponId(discount.Source!.Value);
            var coupon = await db.AppliedCoupons.SingleAsync(coupon => coupon.Id == id, cancel);
            coupon.GiveBack(discount.Amount);
            db.Touch(coupon);
        }

        foreach (var paid in invoice.Settlements.Where(settled => settled.Kind == SettlementKind.CreditNote))
        {
            var note = await db.CreditNotes.SingleAsync(n => n.Number == paid.Reference, cancel);
            if (note.Status == CreditNoteStatus.Issued)
            {
                note.GiveBack(paid.Amount);
                db.Touch(note);
            }
        }

        await GiveBackCredits(db, invoice, now, cancel);
    }

    // Once for each wallet: it takes all back that the invoice used, whether it bore tax when it was bought or not.
    private static async Task GiveBackCredits(BackOfficeDb db, Invoice invoice, Instant now, CancellationToken cancel)
    {
        var codes = invoice.Settlements.Where(settled => settled.Kind == SettlementKind.Wallet)
            .Select(settled => settled.Reference).ToList();
        var ids = invoice.Discounts.Where(discount => discount.Kind == DiscountKind.TaxedCredits)
            .Select(discount => new WalletId(discount.Source!.Value)).ToList();
        var wallets = await db.Wallets
            .Where(w => w.CustomerId == invoice.CustomerId && (codes.Contains(w.Code) || ids.Contains(w.Id))).ToListAsync(cancel);
        foreach (var wallet in wallets.Where(wallet => wallet.TakesBack))
        {
            wallet.GiveBack(invoice.Number!, now);
            db.Touch(wallet);
        }
    }

    private static async Task Issue(BackOfficeDb db, CreditNote note, LocalDate today, CancellationToken cancel)
    {
        var corrected = await db.Invoices.Where(i => i.Id == note.InvoiceId).Select(i => i.Number).SingleAsync(cancel)
            ?? throw new RuleBroken("A credit note that pays this invoice corrects another one that is not issued. Issue that one first.");
        var before = await db.CreditNotes.CountAsync(n => n.InvoiceId == note.InvoiceId && n.Number != null, cancel);
        note.Issue(corrected, before + 1, today);
    }

    /// <exception cref="RuleBroken">A wallet has ended, or holds less by now.</exception>
    public static async Task SpendWallets(this BackOfficeDb db, Invoice invoice, Instant now, CancellationToken cancel)
    {
        foreach (var paid in invoice.Settlements.Where(settled => settled.Kind == SettlementKind.Wallet))
        {
            var wallet = await db.Wallets.SingleAsync(w => w.CustomerId == invoice.CustomerId && w.Code == paid.Reference, cancel);
            wallet.Spend(paid.Amount, invoice.Number!, now, isTaxed: false);
            db.Touch(wallet);
        }

        foreach (var credit in invoice.Discounts.Where(discount => discount.Kind == DiscountKind.TaxedCredits))
        {
            var id = new WalletId(credit.Source!.Value);
            var wallet = await db.Wallets.SingleAsync(w => w.Id == id, cancel);
            wallet.Spend(credit.Amount, invoice.Number!, now, isTaxed: true);
            db.Touch(wallet);
        }
    }
}
