using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Providers;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Opens a wallet for a customer. It is empty until somebody tops it up.</summary>
public sealed class OpenWallet(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="code">How files and people name it; unique for the customer.</param>
    /// <param name="rate">What a credit is worth, for good: credits that are there must not change their worth.</param>
    /// <exception cref="RuleBroken">A field is wrong, the code is taken, or a metric is unknown.</exception>
    public async Task<WalletId> Run(
        CustomerId customerId, string code, CreditRate rate, WalletDetails details, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockCustomer(customerId, cancel);
        var customer = await db.Customers.SingleAsync(c => c.Id == customerId, cancel);
        var now = clock.GetCurrentInstant();
        var wallet = Wallet.Create(customerId, code, rate, details, now);
        if (await db.Wallets.AnyAsync(w => w.CustomerId == customerId && w.Code == wallet.Code, cancel))
        {
            throw new RuleBroken($"{customer.Name} has a wallet with the code {wallet.Code} already. Choose another code.");
        }

        await Check(db, details.Scope, cancel);
        db.Wallets.Add(wallet);
        db.Record(actor.AsPerson(), now, "Opened", "Wallet", wallet.Id.Value, $"{wallet.Code} for {customer.Code}: {wallet.Rate}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return wallet.Id;
    }

    internal static async Task Check(BackOfficeDb db, WalletScope scope, CancellationToken cancel)
    {
        var codes = scope.MetricCodes;
        var known = await db.Metrics.Where(m => codes.Contains(m.Code)).Select(m => m.Code).ToListAsync(cancel);
        if (codes.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new RuleBroken($"There is no metric with the code \"{unknown}\".");
        }
    }
}
