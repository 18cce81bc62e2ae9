using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Wallets as use cases load them: the customer first, so that what an invoice spends is still there.</summary>
internal static class WalletBook
{
    /// <summary>A wallet to change, locked until the caller's transaction ends.</summary>
    public static async Task<Wallet> LoadToChange(this BackOfficeDb db, WalletId id, CancellationToken cancel)
    {
        var customer = await db.Wallets.IgnoreAutoIncludes().Where(w => w.Id == id).Select(w => w.CustomerId).SingleAsync(cancel);
        await db.LockCustomer(customer, cancel);
        var wallet = await db.Wallets.SingleAsync(w => w.Id == id, cancel);
        db.Touch(wallet);
        return wallet;
    }

    /// <summary>The wallets that can pay, in order of creation.</summary>
    public static Task<List<Wallet>> LiveWallets(this BackOfficeDb db, CustomerId customer, CancellationToken cancel) =>
        db.Wallets.Where(w => w.CustomerId == customer && w.TerminatedAt == null).OrderBy(w => w.CreatedAt).ThenBy(w => w.Code)
            .ToListAsync(cancel);

    /// <summary>An invoice is issued: its wallets pay what it says they do. Lock the customer before.</summary>
    /// <param name="settled">What was computed to settle the invoice; only what wallets pay is booked here.</param>
    /// <param name="invoice">Its number.</param>
    /// <exception cref="RuleBroken">A wallet holds less than it did when the invoice was computed, or it has ended.</exception>
    public static async Task SpendFromWallets(
        this BackOfficeDb db, CustomerId customer, IEnumerable<Settled> settled, string invoice, Instant now, CancellationToken cancel)
    {
        var parts = settled.Where(part => part is { Kind: SettlementKind.Wallet, Amount.MinorUnits: > 0 }).ToList();
        var wallets = parts.Count == 0 ? [] : await db.LiveWallets(customer, cancel);
        foreach (var part in parts)
        {
            var wallet = wallets.SingleOrDefault(w => w.Code == part.Reference)
                ?? throw new RuleBroken($"Wallet {part.Reference} has ended. Calculate the invoice again.");
            wallet.Spend(part.Amount, invoice, now);
            db.Touch(wallet);
        }
    }

    /// <summary>An invoice is voided: wallets that live take back what they paid; what one that has ended paid stays lost.</summary>
    /// <param name="invoice">Its number.</param>
    public static async Task GiveBackToWallets(
        this BackOfficeDb db, CustomerId customer, string invoice, Instant now, CancellationToken cancel)
    {
        foreach (var wallet in await db.LiveWallets(customer, cancel))
        {
            if (wallet.Entries.Any(entry => entry.Kind == WalletEntryKind.Spent && entry.Reference == invoice))
            {
                wallet.GiveBack(invoice, now);
                db.Touch(wallet);
            }
        }
    }
}
