using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Usage;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>Which usage a line bills: the moments, and of the events in them those of its filter and group.</summary>
internal sealed class BilledUsage
{
    private readonly InvoiceLine _line;
    private readonly UsageSplit? _split;

    private BilledUsage(InvoiceLine line, Metric metric, Interval when, Charge? charge, long? after)
    {
        After = after;
        (_line, Metric, When) = (line, metric, when);
        _split = charge?.Settings is { Filters.Count: > 0 } or { GroupKeys.Count: > 0 }
            ? new UsageSplit(metric, [.. charge.Settings.Filters.Select(filter => filter.Filter)], charge.Settings.GroupKeys)
            : null;
    }

    public Metric Metric { get; }

    /// <summary>As they were billed: a plan that changes at noon is measured until noon.</summary>
    public Interval When { get; }

    /// <summary>Of an adjustment: the last event that was billed before it; null for every other line.</summary>
    public long? After { get; }

    /// <summary>Whether other lines bill some of the metric's events in these moments.</summary>
    public bool IsPart => _split is not null;

    /// <summary>Whether the quantity is what the values of the events add up to, and nothing else.</summary>
    public bool IsSum => Metric is { Recurring: false, Rounding: null, Aggregation: Aggregation.Count or Aggregation.Sum };

    /// <param name="line">A line of usage.</param>
    public static async Task<BilledUsage> Of(BackOfficeDb db, Invoice invoice, InvoiceLine line, CancellationToken cancel)
    {
        var metric = await db.Metrics.AsNoTracking().SingleAsync(m => m.Code == line.MetricCode, cancel);
        var billed = await db.BilledPeriods.AsNoTracking().FirstOrDefaultAsync(
            b => b.InvoiceId == invoice.Id && b.SubscriptionId == line.SubscriptionId && b.Kind == line.Item
                && ((b.Start == line.PeriodStart && b.End == line.PeriodEnd) || b.Kind.StartsWith(BilledPeriod.Progressive)),
            cancel);
        var zone = Zone.Of(invoice.ZoneId);
        var plan = await db.Plans.AsNoTracking().SingleOrDefaultAsync(p => p.Code == line.PlanCode, cancel);
        return new BilledUsage(
            line, metric, billed?.Usage(zone) ?? line.Period.In(zone),
            plan?.Version(line.PlanVersion).Charges.FirstOrDefault(charge => charge.MetricId == metric.Id),
            billed is null ? null : await db.BilledThroughBefore(invoice, billed, cancel));
    }

    /// <summary>Whether it is this line that bills an event of these moments.</summary>
    public bool Bills(UsageEvent usage) => _split?.IsIn(usage, _line.Filter, _line.Group) ?? true;
}
