using System.Collections.Immutable;
using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>The proofs of what some customers were billed, with what became of their documents.</summary>
internal sealed class BilledBefore
{
    private readonly BackOfficeDb _db;
    private readonly IReadOnlyList<BilledRow> _all;
    private readonly IReadOnlyList<BilledRow> _standing;
    private readonly ILookup<SubscriptionId, BilledRow> _of;
    private readonly InvoiceId? _without;

    private BilledBefore(BackOfficeDb db, IReadOnlyList<BilledRow> all, InvoiceId? without)
    {
        (_db, _all, _without) = (db, all, without);
        var mine = all.FirstOrDefault(row => without is not null && row.Proof.InvoiceId == without)?.Document;
        _of = all.ToLookup(row => row.Proof.SubscriptionId);
        _standing = [.. all.Where(row => !row.IsReleased && !(without is not null && row.Proof.InvoiceId == without)
            && !(mine?.Number is not null && row.Adjustment is not null && !row.WasThereBefore(mine)))];
    }

    /// <summary>Items that were on a voided document, and how often, so that the next one differs.</summary>
    public ImmutableDictionary<ItemKey, int> Generations => _all.Where(row => row.IsReleased)
        .SelectMany(row => row.Proof.Items([]).Select(item => (Identity: item.Key.Identity(), Next: row.Proof.Generation + 1)))
        .GroupBy(item => item.Identity).ToImmutableDictionary(group => group.Key, group => group.Max(item => item.Next));

    /// <summary>What stands on other documents.</summary>
    public IEnumerable<BilledRow> Elsewhere => _all.Where(row =>
        !row.IsReleased && row.Proof.InvoiceId != _without && row.Document?.Status != InvoiceStatus.Voided);

    /// <summary>Adjustments of usage that stand on other documents.</summary>
    public IEnumerable<BilledRow> AdjustedElsewhere =>
        Elsewhere.Where(row => row is { Adjustment: not null, Kind: DueKind.UsageAdjustment });

    /// <summary>The number of the document that bills an event; null when none does.</summary>
    public string? DocumentOf(StoredEvent usage) => _of[usage.SubscriptionId]
        .Where(row => !row.IsReleased && row.Proof is { UsageFrom: { } from, UsageTo: { } to } && from <= usage.At && usage.At < to
            && usage.Id <= row.Through)
        .OrderBy(row => row.Through).Select(row => row.Document?.Number).FirstOrDefault();

    /// <summary>The last event that some usage was billed with, before an adjustment of it.</summary>
    public long ThroughBefore(ItemKey usage, int number) => _standing
        .Where(row => row.Kind is DueKind.Usage or DueKind.UsageAdjustment && row.Of == usage && (row.Adjustment ?? 0) < number)
        .Select(row => row.Through ?? 0).DefaultIfEmpty().Max();

    /// <summary>The adjustments of the document that is computed again.</summary>
    public IReadOnlyList<LateUsage> Adjusted =>
    [
        .. _all.Where(row => row.Proof.InvoiceId == _without && row is { Adjustment: not null, Kind: DueKind.UsageAdjustment })
            .Select(row => new LateUsage(row.Of, row.Adjustment!.Value)),
    ];

    public static async Task<BilledBefore> Load(
        BackOfficeDb db, IReadOnlyList<CustomerId> customers, IReadOnlyList<SubscriptionId> subscriptions, InvoiceId? without,
        CancellationToken cancel)
    {
        var proofs = await db.BilledPeriods.AsNoTracking().Where(b => subscriptions.Contains(b.SubscriptionId)).ToListAsync(cancel);
        var documents = await db.Invoices.AsNoTracking().IgnoreAutoIncludes().Where(i => customers.Contains(i.CustomerId))
            .Select(i => new BilledOn(i.Id, i.Status, i.Number, i.IsBilledAgain, i.UsageThrough, i.LeavesOutLate))
            .ToDictionaryAsync(i => i.Id, cancel);
        return new BilledBefore(
            db, [.. proofs.Select(p => new BilledRow(p, p.InvoiceId is { } id ? documents.GetValueOrDefault(id) : null))], without);
    }

    /// <summary>Where billed usage of a subscription began and ended.</summary>
    public IEnumerable<BilledMoments> Borders(SubscriptionId subscription) => _of[subscription]
        .Where(row => row is { IsReleased: false, Proof: { ClosesUsage: true, UsageFrom: not null, UsageTo: not null } })
        .Select(row => new BilledMoments(row.Proof.Start, row.Proof.End, row.Proof.UsageFrom!.Value, row.Proof.UsageTo!.Value));

    /// <summary>The items that are billed.</summary>
    public async Task<ILookup<SubscriptionId, BilledItem>> Items(CancellationToken cancel)
    {
        var subscriptions = _standing.Select(row => row.Proof.SubscriptionId).Distinct().ToList();
        var stored = await _db.Set<InvoiceLine>().AsNoTracking().Where(l => subscriptions.Contains(l.SubscriptionId))
            .Select(l => new
            {
                Invoice = EF.Property<InvoiceId>(l, "InvoiceId"), l.SubscriptionId, l.Item, l.PeriodStart, l.PeriodEnd, l.Kind, l.Position,
                l.ChargeCode, l.AmountMinor, l.Currency, l.Quantity, l.Events, l.Filter, l.Group,
            }).ToListAsync(cancel);
        var lines = stored.OrderBy(l => l.Position).ToLookup(l => l.Invoice, l => new LineBefore(
            l.SubscriptionId, l.Item, new Core.Common.Period(l.PeriodStart, l.PeriodEnd), l.Kind,
            new BilledLine(l.Position - 1, l.ChargeCode, Money.OfMinor(l.AmountMinor, l.Currency))
            {
                Kind = l.Kind, Quantity = l.Quantity, Events = l.Events, Filter = l.Filter, Group = l.Group,
                Usage = BilledLine.UsageOf(l.Kind, l.ChargeCode, l.Filter, l.Group),
            }));
        return _standing.SelectMany(row => row.Proof.Items(row.Proof.InvoiceId is { } invoice ? lines[invoice] : [])
                .Select(item => item with { IsFinal = row.Document is null or { Number: not null } }))
            .ToLookup(item => item.Key.Subscription);
    }

    /// <summary>Closed usage that some more usage has come for since.</summary>
    public async Task<IReadOnlyList<LateUsage>> Late(
        IReadOnlyList<SubscriptionLife> lives, IReadOnlyDictionary<MetricId, Metric> metrics, CancellationToken cancel)
    {
        var found = new List<LateUsage>();
        var asked = lives.Where(life => life.Phases.Any(p => p.Terms.Settings.LateUsage == LateUsageRule.NextInvoice)).ToList();
        var spans = await _db.LateSpans([.. asked.Select(life => life.Subscription)], cancel);
        foreach (var life in asked.Where(life => spans.ContainsKey(life.Subscription)))
        {
            var span = spans[life.Subscription];

            // What is carried on from a period changes all periods after it.
            var carries = life.Phases.SelectMany(p => p.Terms.Charges).Any(charge => metrics[charge.MetricId].Recurring);
            var changed = false;
            foreach (var closed in ClosedUsage(life).OrderBy(closed => closed.When.Start))
            {
                changed = (changed && carries)
                    || (closed.When.Start < span.End && span.Start < closed.When.End
                        && await HasChanged(life.Subscription, closed, cancel));
                if (changed && !closed.IsBeingAdjusted)
                {
                    found.Add(new LateUsage(closed.Of, closed.Next));
                }
            }
        }

        return found;
    }

    private async Task<bool> HasChanged(SubscriptionId subscription, ClosedUsage closed, CancellationToken cancel) =>
        await _db.CountUsage(EventQuery.In(subscription, closed.When) with { Late = true, After = closed.Through }, cancel) > 0
        || (await _db.CorrectedAfter(subscription, closed.When, closed.Through, cancel)).Count > 0;

    private IEnumerable<ClosedUsage> ClosedUsage(SubscriptionLife life)
    {
        var mine = _of[life.Subscription].ToList();
        var all = mine.Where(row => row is { Adjustment: not null, Kind: DueKind.UsageAdjustment }).ToLookup(row => row.Of);
        foreach (var row in mine.Where(row => !row.IsReleased && row.ClosesForGood))
        {
            var adjustments = all[row.Of].ToList();
            var standing = adjustments.Where(other => !other.IsReleased).ToList();
            yield return new ClosedUsage(
                row.Of, row.Proof.Usage(life.Zone), standing.Append(row).Max(other => other.Through ?? 0),
                adjustments.Select(other => other.Adjustment!.Value).DefaultIfEmpty().Max() + 1,
                standing.Any(other => other.Document is { Number: null }));
        }
    }
}

/// <summary>Usage that no invoice can follow any more, but by an adjustment.</summary>
/// <param name="Through">The last event that was there when it was billed, or adjusted last.</param>
/// <param name="Next">The number of its next adjustment.</param>
/// <param name="IsBeingAdjusted">Whether a draft has an adjustment already, which late usage joins when it is refreshed.</param>
internal sealed record ClosedUsage(ItemKey Of, Interval When, long Through, int Next, bool IsBeingAdjusted);
