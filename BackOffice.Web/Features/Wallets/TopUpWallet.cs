using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>What is typed to top a wallet up.</summary>
/// <param name="Name">What the customer sees; null when nobody named it.</param>
/// <param name="Priority">0 to 255; the lowest is used first.</param>
/// <param name="FirstDay">On the customer's calendar; null at once.</param>
/// <param name="LastDay">On the customer's calendar; null when the credits do not expire.</param>
/// <param name="IgnoresLimits">Whether a purchase may be outside the wallet's limits.</param>
public sealed record TopUpInput(
    GrantKind Kind, decimal Credits, string? Name = null, int Priority = 50, LocalDate? FirstDay = null, LocalDate? LastDay = null,
    bool IgnoresLimits = false);

/// <summary>Adds credits to a wallet: granted ones at once, bought ones with an invoice, and when that is paid.</summary>
public sealed class TopUpWallet(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <returns>The grant, for <see cref="SettlePurchase"/> and <see cref="CancelPurchase"/>.</returns>
    /// <exception cref="RuleBroken">Nothing is added, it is outside the limits, the days are in the past or crossed, or the wallet has
    /// ended.</exception>
    public async Task<Guid> Run(WalletId id, TopUpInput input, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var wallet = await db.LoadToChange(id, cancel);
        var customer = await db.Customers.SingleAsync(c => c.Id == wallet.CustomerId, cancel);
        var now = clock.GetCurrentInstant();
        var from = input.FirstDay is { } first ? (Instant?)Instant.Max(now, customer.Zone.AtStartOfDay(first).ToInstant()) : null;
        var until = input.LastDay is { } last ? (Instant?)customer.Zone.AtStartOfDay(last.PlusDays(1)).ToInstant() : null;
        if (until <= now)
        {
            throw new RuleBroken("The last day is over already. These credits could never be used.");
        }

        var grant = wallet.Add(
            new TopUp(input.Kind, input.Credits, input.Name, input.Priority, from, until, input.IgnoresLimits), now);
        if (input.Kind == GrantKind.Purchased)
        {
            await db.Sell(wallet, grant, actor.AsPerson(), now, cancel);
        }

        var action = input.Kind == GrantKind.Granted ? "Granted" : "Sold";
        db.Record(actor.AsPerson(), now, action, "Wallet", id.Value, $"{grant.Amount} in {wallet.Code} of {customer.Code}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return grant.Id;
    }
}
