using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Invoices;

/// <summary>Which documents adjust usage that an invoice billed, and which adjustments are on it.</summary>
internal static class LateAdjusting
{
    /// <summary>
    /// Other documents that bill late usage of its periods on top of it, or take off what it billed early, as people call them.
    /// </summary>
    public static async Task<IReadOnlyList<string>> AdjustmentsOf(this BackOfficeDb db, Invoice invoice, CancellationToken cancel)
    {
        var proofs = await db.BilledPeriods.AsNoTracking().Where(b => b.InvoiceId == invoice.Id).ToListAsync(cancel);
        var subscriptions = proofs.Select(b => b.SubscriptionId).Distinct().ToList();
        var billed = await BilledBefore.Load(db, [invoice.CustomerId], subscriptions, invoice.Id, cancel);
        var ours = proofs.Select(proof => new BilledRow(proof, null))
            .Where(row => row.Kind is DueKind.Usage or DueKind.UsageAdjustment).ToList();
        var early = proofs.Select(proof => new BilledRow(proof, null)).Where(row => row.Kind == DueKind.Progressive).ToList();
        return
        [
            .. billed.Elsewhere.Where(other => early.Any(other.TakesOff)).Select(other => other.Document?.Number ?? "a draft").Distinct(),
            .. billed.AdjustedElsewhere.Where(other => ours.Any(row => row.Of == other.Of && other.Adjustment > (row.Adjustment ?? 0)))
                .Select(other => other.Document?.Number ?? (other.Document is null ? "a period that owed nothing" : "a draft")).Distinct(),
        ];
    }

    /// <summary>The last usage event that was billed before an adjustment; null when it is none.</summary>
    public static async Task<long?> BilledThroughBefore(
        this BackOfficeDb db, Invoice invoice, BilledPeriod adjustment, CancellationToken cancel)
    {
        var mine = new BilledRow(adjustment, null);
        if (mine.Adjustment is not { } number)
        {
            return null;
        }

        var billed = await BilledBefore.Load(db, [invoice.CustomerId], [adjustment.SubscriptionId], invoice.Id, cancel);
        return billed.ThroughBefore(mine.Of, number);
    }

    /// <summary>Whether the adjustments that the invoice was prepared with are not on it any more, and wait for the next one.</summary>
    /// <param name="document">The invoice as it is issued.</param>
    /// <exception cref="RuleBroken">Some are and some are not.</exception>
    public static async Task<bool> LeavesOutLate(
        this BackOfficeDb db, Invoice invoice, BillingDocument document, CancellationToken cancel)
    {
        var prepared = (await db.BilledPeriods.AsNoTracking().Where(b => b.InvoiceId == invoice.Id).ToListAsync(cancel))
            .Count(proof => new BilledRow(proof, null).Adjustment is not null);
        var present = document.Items.Count(rated => rated.Item.IsAdjustment);
        return present == 0 && prepared > 0 ? true
            : present == prepared ? false
            : throw new RuleBroken("Some of the late usage on this invoice has lost the period it belongs to. Return it with a comment.");
    }
}
