using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Billing;

/// <summary>Progressive invoices beside those that take them off: which ones still count, and which must be issued first.</summary>
internal static class EarlyInvoices
{
    /// <summary>The progressive invoices whose period is not billed for good: they will be taken off, or are.</summary>
    /// <param name="billed">What was billed of one subscription.</param>
    public static IEnumerable<InvoiceId> Open(IEnumerable<BilledItem> billed)
    {
        var early = billed.Where(item => item is { Kind: DueKind.Progressive, Document: not null }).ToList();
        if (early.Count == 0)
        {
            return [];
        }

        var closed = billed.Where(item => item is { Kind: DueKind.Usage, IsFinal: true }).ToList();
        return early.Where(item => !closed.Any(item.IsTakenOffBy)).Select(item => new InvoiceId(Guid.Parse(item.Document!))).Distinct();
    }

    /// <summary>An invoice that takes off what another one bills is issued after it, so that this one cannot change any more.</summary>
    /// <exception cref="RuleBroken">A progressive invoice of the same period is still a draft.</exception>
    public static async Task RequireEarlierIssued(this BackOfficeDb db, Invoice invoice, CancellationToken cancel)
    {
        var mine = await Items(db.BilledPeriods.Where(b => b.InvoiceId == invoice.Id), cancel);
        var subscriptions = mine.Select(item => item.Key.Subscription).Distinct().ToList();
        var open = await Items(
            db.BilledPeriods
                .Where(b => subscriptions.Contains(b.SubscriptionId) && b.Kind.StartsWith(BilledPeriod.Progressive))
                .Where(b => b.InvoiceId != invoice.Id && db.Invoices.Any(i => i.Id == b.InvoiceId && i.Number == null)
                    && db.Set<InvoiceLine>().Any(l => EF.Property<InvoiceId>(l, "InvoiceId") == b.InvoiceId)),
            cancel);
        if (open.FirstOrDefault(early => mine.Any(early.IsTakenOffBy)) is { } first)
        {
            throw new RuleBroken(
                $"Usage of {first.Days} was billed early on an invoice that is not issued yet. "
                + "Issue that one first: this invoice takes off what it bills.");
        }
    }

    private static async Task<List<BilledItem>> Items(IQueryable<BilledPeriod> periods, CancellationToken cancel) =>
        [.. (await periods.AsNoTracking().ToListAsync(cancel)).SelectMany(period => period.Items([]))];
}
