using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>Traces a line of an invoice back to the events it was measured from.</summary>
public sealed class ExplainQueries(IDbContextFactory<BackOfficeDb> dbs)
{
    public const int PageSize = 50;

    private const int ExcludedShown = 100;

    /// <param name="page">Which events to list; 1 is the first page.</param>
    /// <returns>Null when there is no such line.</returns>
    public async Task<LineExplained?> Explain(InvoiceId id, int position, int page = 1, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var invoice = await db.Invoices.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancel);
        if (invoice?.Lines.SingleOrDefault(l => l.Position == position) is not { } line)
        {
            return null;
        }

        return new LineExplained(
            id, invoice.Number is null ? $"Draft for {invoice.Buyer.Name}" : $"Invoice {invoice.Number}", invoice.Status, LineView.Of(line),
            [.. invoice.Taxes.Select(t => new TaxView(t.Name, t.Code is not null, t.Percent, t.Base, t.Tax))],
            line.MetricCode is null ? null : await Usage(db, invoice, line, page, cancel));
    }

    private static async Task<UsageExplained> Usage(BackOfficeDb db, Invoice invoice, InvoiceLine line, int page, CancellationToken cancel)
    {
        var billed = await BilledUsage.Of(db, invoice, line, cancel);
        var (metric, when, zone) = (billed.Metric, billed.When, Zone.Of(invoice.ZoneId));
        var days = new DayCount(metric, UsageWindow.Of(when, zone), line.Period);
        var all = EventQuery.In(line.SubscriptionId, when) with { Name = metric.EventName };
        var events = KnownUsage.To(invoice).Of(all) with { After = billed.After };
        await foreach (var usage in db.Usage(events with { Name = null }, cancel: cancel))
        {
            if (billed.Bills(usage.AsUsage()))
            {
                days.Add(usage.AsUsage());
            }
        }

        // A draft has all usage; what comes after an invoice is issued is late for it.
        var late = all with { Late = true, After = invoice.Number is null ? long.MaxValue : invoice.UsageThrough };
        var excluded = await Rows(db, Of(billed, db.Usage(late, EventOrder.ByTime, cancel: cancel)).Take(ExcludedShown), metric, cancel);
        var without = await Rows(
            db, db.Usage(events, EventOrder.ByTime, cancel: cancel).Where(e => days.WithoutValue.Contains(e.Id)),
            metric, cancel);
        var lateCount = billed.IsPart
            ? await Of(billed, db.Usage(late, EventOrder.ByTime, cancel: cancel)).LongCountAsync(cancel)
            : await db.CountUsage(late, cancel);
        return new UsageExplained(
            metric.Name, metric.Code, Measure(metric), line.Unit ?? metric.Unit, zone, when, days.Result, days.Days,
            await Page(db, events, billed, days.Result, page, cancel),
            [
                .. excluded.Select(e => new ExcludedEvent(e, "Late: it arrived after this period had been issued.")),
                .. without.Select(e => new ExcludedEvent(e, $"It has no number \"{metric.Property}\".")),
            ],
            lateCount + days.Result.WithoutValue)
        {
            IsSum = billed.IsSum,
            IsLate = billed.After is not null,
            Corrected = billed.After is { } after ? await Corrected(db, billed, (line.SubscriptionId, after), invoice, cancel) : [],
        };
    }

    // What an adjustment takes off: events that were billed before it and were corrected since.
    private static async Task<IReadOnlyList<ExcludedEvent>> Corrected(
        BackOfficeDb db, BilledUsage billed, (SubscriptionId Subscription, long After) since, Invoice invoice, CancellationToken cancel)
    {
        var last = invoice.Number is null ? long.MaxValue : invoice.UsageThrough;
        var found = new List<ExcludedEvent>();
        foreach (var stored in await db.CorrectedAfter(since.Subscription, billed.When, since.After, cancel))
        {
            var wrong = await db.CorrectedEvent(stored.Event, cancel);
            if (stored.Position <= last && billed.Bills(wrong.AsUsage()))
            {
                var row = await Rows(db, new[] { wrong }.ToAsyncEnumerable(), billed.Metric, cancel);
                var (change, reason) = (stored.Correction.Change, stored.Correction.Reason);
                found.Add(new ExcludedEvent(row[0], $"Billed before, taken off now: {change}. {reason}"));
            }
        }

        return found;
    }

    private static IAsyncEnumerable<StoredEvent> Of(BilledUsage billed, IAsyncEnumerable<StoredEvent> events) =>
        billed.IsPart ? events.Where(e => billed.Bills(e.AsUsage())) : events;

    private static async Task<EventPage> Page(
        BackOfficeDb db, EventQuery events, BilledUsage billed, Measured now, int page, CancellationToken cancel)
    {
        var skip = (page - 1) * PageSize;
        var shown = billed.IsPart
            ? Of(billed, db.Usage(events, EventOrder.ByTime, cancel: cancel)).Skip(skip).Take(PageSize)
            : db.Usage(events, EventOrder.ByTime, skip, PageSize, cancel);
        var all = billed.IsPart ? now.Events + now.WithoutValue : await db.CountUsage(events, cancel);
        return new EventPage(await Rows(db, shown, billed.Metric, cancel), page, all);
    }

    private static async Task<IReadOnlyList<EventRow>> Rows(
        BackOfficeDb db, IAsyncEnumerable<StoredEvent> events, Metric metric, CancellationToken cancel)
    {
        var stored = await events.ToListAsync(cancel);
        var ids = stored.Select(e => e.ImportId).Distinct().ToList();
        var imports = await db.Imports.Where(i => ids.Contains(i.Id)).Select(i => new { i.Id, i.Number })
            .ToDictionaryAsync(i => i.Id, i => i.Number, cancel);
        var meter = new Meter(metric);
        return [.. stored.Select(e => new EventRow(
            e.Id, e.At, e.Name, e.Shown, meter.ValueOf(e.AsUsage()), e.ImportId, imports.GetValueOrDefault(e.ImportId), e.Line))];
    }

    private static string Measure(Metric metric) =>
        metric.Aggregation switch
        {
            Aggregation.Count => "the number of events",
            Aggregation.Sum => $"the sum of \"{metric.Property}\"",
            Aggregation.Max => $"the largest \"{metric.Property}\"",
            Aggregation.Latest => $"the last \"{metric.Property}\"",
            Aggregation.UniqueCount => $"the number of different \"{metric.Property}\"",
            _ => $"the average level of \"{metric.Property}\" over time",
        }
        + (metric.EventName is null ? ", over all events of the subscription" : $", over events named \"{metric.EventName}\"");

    /// <summary>Adds events up by the day they happened on in the customer's zone, as billing adds them up by the period.</summary>
    private sealed class DayCount(Metric metric, UsageWindow window, Period period)
    {
        private readonly Meter _meter = new(metric, window);
        private readonly Dictionary<LocalDate, (decimal Quantity, long Events)> _days = [];

        public Measured Result => _meter.Result;

        /// <summary>The first events of the right name that lack the property.</summary>
        public HashSet<long> WithoutValue { get; } = [];

        public IReadOnlyList<DayUsage> Days =>
        [
            .. Enumerable.Range(0, period.Days).Select(n => period.Start.PlusDays(n))
                .Select(day => _days.TryGetValue(day, out var sum) ? new DayUsage(day, sum.Quantity, sum.Events) : new DayUsage(day, 0, 0)),
        ];

        public void Add(UsageEvent usage)
        {
            if (_meter.Add(usage) is null)
            {
                var day = window.DayOf(usage.At);
                var sum = _days.GetValueOrDefault(day);
                _days[day] = (Exact.Add(sum.Quantity, _meter.ValueOf(usage) ?? 0), sum.Events + 1);
            }
            else if (WithoutValue.Count < ExcludedShown)
            {
                WithoutValue.Add(usage.Id);
            }
        }
    }
}
