using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Computes the open invoices of some subscriptions by the same code as billing does, with and without an import.</summary>
internal static class MoneyPreviews
{
    private const int MaxInvoices = 100;

    /// <summary>What every open invoice of these subscriptions would say now; the oldest first.</summary>
    public static async Task<IReadOnlyList<(Invoice Invoice, Money Total)>> Totals(
        BackOfficeDb db, IReadOnlyCollection<string> subscriptions, Instant now, CancellationToken cancel)
    {
        var invoices = await db.Invoices.AsNoTracking().Where(i => i.Number == null)
            .Where(i => db.BilledPeriods.Any(b => b.InvoiceId == i.Id
                && db.Subscriptions.Any(s => s.Id == b.SubscriptionId && subscriptions.Contains(s.Code))))
            .OrderBy(i => i.PeriodStart).ThenBy(i => i.Id).Take(MaxInvoices + 1).ToListAsync(cancel);
        var totals = new List<(Invoice, Money)>();
        foreach (var invoice in invoices)
        {
            totals.Add((invoice, (await new BillingBook(db).Again(invoice, now, cancel)).Total));
        }

        return totals;
    }

    public static MoneyPreview Compare(
        IReadOnlyList<(Invoice Invoice, Money Total)> with, IReadOnlyList<(Invoice Invoice, Money Total)> without)
    {
        var before = without.ToDictionary(pair => pair.Invoice.Id, pair => pair.Total);
        var changes = with.Take(MaxInvoices).Where(pair => before.ContainsKey(pair.Invoice.Id))
            .Select(pair => new DraftChange(
                pair.Invoice.Id.Value, pair.Invoice.Buyer.Name,
                pair.Invoice.PeriodStart, pair.Invoice.PeriodEnd.PlusDays(-1), before[pair.Invoice.Id], pair.Total))
            .ToList();
        var changed = changes.Where(change => change.Before != change.After)
            .OrderByDescending(change => Math.Abs(change.After.MinorUnits - change.Before.MinorUnits)).ToList();
        return new MoneyPreview(changed, changes.Count - changed.Count, with.Count > MaxInvoices);
    }
}
