using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
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
        var taken = await TakenByOpenInvoices(db, customer, wallets, cancel);
        return [.. wallets.OrderBy(w => w.TerminatedAt is not null).ThenBy(w => w.Priority).Select(w => Row(w, taken))];
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
        var live = await db.LiveWallets(wallet.CustomerId, cancel);
        var taken = await TakenByOpenInvoices(db, wallet.CustomerId, live, cancel);
        return new WalletView(
            Row(wallet, taken), customer.Id, customer.Name, customer.Zone, wallet.Rate,
            new WalletDetails(wallet.Name, wallet.Priority, wallet.Scope, wallet.Limits, wallet.TaxesPurchases),
            wallet.CreatedAt, wallet.TerminatedAt, [.. wallet.Grants.Select(Row)], [.. wallet.Entries.Reverse().Select(Row)],
            db.RevisionOf(wallet));
    }

    private WalletRow Row(Wallet wallet, IReadOnlyDictionary<WalletId, Money> taken)
    {
        var now = clock.GetCurrentInstant();
        var balance = wallet.BalanceAt(now);
        var drafts = taken.TryGetValue(wallet.Id, out var amount) ? amount : Money.Zero(wallet.Currency);
        return new(
            wallet.Id, wallet.Code, wallet.Name, wallet.Priority, WalletWords.Of(wallet.Scope), balance, wallet.CreditsAt(now),
            OngoingBalance.Of(balance, [], [drafts]).Ongoing, wallet.Pending, wallet.TerminatedAt is null);
    }

    private static GrantRow Row(WalletGrant grant) => new(
        grant.Id, grant.Position, grant.Kind, grant.Status, grant.Name, grant.Priority, grant.Amount, grant.Left, grant.EffectiveAt,
        grant.ExpiresAt, grant.IsTaxed);

    private static EntryRow Row(WalletEntry entry) => new(
        entry.Position, entry.At, entry.Kind, entry.Reference, entry.Amount, entry.Balance, entry.IsBreakage, entry.InWords());

    /// <summary>What the customer's invoices will take of each wallet when they are issued.</summary>
    private async Task<Dictionary<WalletId, Money>> TakenByOpenInvoices(
        BackOfficeDb db, CustomerId customer, IReadOnlyList<Wallet> wallets, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var live = wallets.Where(w => w.TerminatedAt is null).ToList();
        if (live.Count == 0)
        {
            return [];
        }

        InvoiceStatus[] open = [InvoiceStatus.Draft, InvoiceStatus.NeedsApproval, InvoiceStatus.Approved];
        var invoices = await db.Invoices.AsNoTracking().Where(i => i.CustomerId == customer && open.Contains(i.Status)).ToListAsync(cancel);
        var taken = live.ToDictionary(w => w.Id, w => Money.Zero(w.Currency));
        foreach (var currency in live.Select(w => w.Currency).Distinct())
        {
            var lines = invoices.Where(invoice => invoice.Currency == currency).SelectMany(Payable).ToList();
            var allocation = WalletAllocation.OfUsage([.. live.Select(w => w.InHand(now))], lines, Money.Zero(currency));
            for (var i = 0; i < live.Count; i++)
            {
                taken[live[i].Id] = live[i].Currency == currency ? allocation.UsedOf(i) : taken[live[i].Id];
            }
        }

        return taken;
    }

    // The tax of an invoice is spread over its lines: a forecast needs no more.
    private static IEnumerable<PayableLine> Payable(Invoice invoice) => invoice.SubtotalMinor <= 0
        ? []
        : invoice.Lines.Select(line => new PayableLine(
            KindOf(line.Kind), (decimal)line.AmountMinor * invoice.TotalMinor / invoice.SubtotalMinor, line.MetricCode));

    private static PaidFor KindOf(LineKind kind) => kind switch
    {
        LineKind.BaseFee => PaidFor.BaseFee,
        LineKind.Usage or LineKind.Minimum => PaidFor.Usage,
        LineKind.FixedCharge => PaidFor.FixedCharge,
        LineKind.TrueUp => PaidFor.Commitment,
        _ => PaidFor.Other,
    };
}
