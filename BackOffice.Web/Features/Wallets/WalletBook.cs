using BackOffice.Core.Customers;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>Whose wallet a rule tops up.</summary>
    public static Task<CustomerId> CustomerOf(this BackOfficeDb db, WalletRuleId rule, CancellationToken cancel) =>
        db.WalletRules.Where(r => r.Id == rule).Join(db.Wallets, r => r.WalletId, w => w.Id, (_, w) => w.CustomerId).SingleAsync(cancel);

    /// <summary>The wallets that can pay, in order of creation.</summary>
    public static Task<List<Wallet>> LiveWallets(this BackOfficeDb db, CustomerId customer, CancellationToken cancel) =>
        db.Wallets.Where(w => w.CustomerId == customer && w.TerminatedAt == null).OrderBy(w => w.CreatedAt).ThenBy(w => w.Code)
            .ToListAsync(cancel);
}
