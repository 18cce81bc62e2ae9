using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>Reads wallets.</summary>
public sealed class WalletQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    /// <summary>The wallets of a customer, those that live first, in the order in which they pay.</summary>
    public async Task<IReadOnlyList<WalletRow>> Of(CustomerId customer, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var wallets = await db.Wallets.AsNoTracking().Where(w => w.CustomerId == customer).OrderBy(w => w.CreatedAt).ThenBy(w => w.Code)
            .ToListAsync(cancel);
        return [.. wallets.OrderBy(w => w.TerminatedAt is not null).ThenBy(w => w.Priority).Select(Row)];
    }

    /// <summary>Null when there is no such wallet.</summary>
    public async Task<WalletView?> View(WalletId id, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var wallet = await db.Wallets.SingleOrDefaultAsync(w => w.Id == id, cancel); // Tracked: the revision lives in the tracker only.
        if (wallet is null)
        {
            return null;
        }

        var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == wallet.CustomerId, cancel);
        var invoices = await Purchases(db, wallet, cancel);
        return new WalletView(
            Row(wallet), customer.Id, customer.Name, customer.Zone, wallet.Rate,
            new WalletDetails(wallet.Name, wallet.Priority, wallet.Scope, wallet.Limits, wallet.TaxesPurchases),
            wallet.CreatedAt, wallet.TerminatedAt,
            [.. wallet.Grants.Select(grant => Row(grant) with { Invoice = invoices.GetValueOrDefault(grant.Id) })],
            [.. wallet.Entries.Reverse().Select(Row)], db.RevisionOf(wallet))
        {
            Rules = await Rules(db, wallet, customer.Zone, cancel),
        };
    }

    private async Task<IReadOnlyList<RuleRow>> Rules(BackOfficeDb db, Wallet wallet, DateTimeZone zone, CancellationToken cancel)
    {
        var today = clock.GetCurrentInstant().InZone(zone).Date;
        var rules = await db.WalletRules.AsNoTracking().Where(r => r.WalletId == wallet.Id).OrderBy(r => r.CreatedAt).ToListAsync(cancel);
        return
        [
            .. rules.OrderBy(r => r.EndedAt is not null).Select(r => new RuleRow(
                r.Id, r.Rule, r.LastsDays, WalletWords.Of(r.Rule), r.NextDay(today), r.EndedAt, r.Trouble, r.Firings.Count,
                r.Firings.Count == 0 ? null : r.Firings[^1].At)),
        ];
    }

    private static async Task<Dictionary<Guid, PurchaseInvoice>> Purchases(BackOfficeDb db, Wallet wallet, CancellationToken cancel)
    {
        var bought = wallet.Grants.Where(grant => grant.Kind == GrantKind.Purchased).Select(grant => (Guid?)grant.Id).ToList();
        return await db.Invoices.AsNoTracking().IgnoreAutoIncludes().Where(i => bought.Contains(i.Purchase))
            .Select(i => new { i.Purchase, i.Id, i.Number, i.Status, i.TotalMinor, i.Currency })
            .ToDictionaryAsync(
                i => i.Purchase!.Value,
                i => new PurchaseInvoice(i.Id, i.Number, i.Status, Money.OfMinor(i.TotalMinor, i.Currency)), cancel);
    }

    private WalletRow Row(Wallet wallet)
    {
        var now = clock.GetCurrentInstant();
        return new(
            wallet.Id, wallet.Code, wallet.Name, wallet.Priority, WalletWords.Of(wallet.Scope), wallet.BalanceAt(now),
            wallet.CreditsAt(now), wallet.Pending, wallet.TerminatedAt is null);
    }

    private static GrantRow Row(WalletGrant grant) => new(
        grant.Id, grant.Position, grant.Kind, grant.Status, grant.Name, grant.Priority, grant.Amount, grant.Left, grant.EffectiveAt,
        grant.ExpiresAt, grant.IsTaxed);

    private static EntryRow Row(WalletEntry entry) => new(
        entry.Position, entry.At, entry.Kind, entry.Reference, entry.Amount, entry.Balance, entry.IsBreakage, entry.InWords());
}
