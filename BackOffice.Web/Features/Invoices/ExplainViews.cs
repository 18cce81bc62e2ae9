using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Usage;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>A line with what it came from.</summary>
/// <param name="Usage">Null for a base fee, which no usage makes.</param>
public sealed record LineExplained(
    InvoiceId Invoice, string InvoiceTitle, InvoiceStatus Status, LineView Line, IReadOnlyList<TaxView> Taxes, UsageExplained? Usage);

/// <summary>How events became the quantity of a line.</summary>
/// <param name="Zone">The customer's zone, in which days are counted.</param>
/// <param name="When">The moments of the line's period in that zone.</param>
/// <param name="Days">Every day of the period, also those without usage.</param>
public sealed record UsageExplained(
    string MetricName, string MetricCode, string Measure, string Unit, DateTimeZone Zone, Interval When, Measured Now,
    IReadOnlyList<DayUsage> Days, EventPage Page, IReadOnlyList<ExcludedEvent> Excluded, long ExcludedCount)
{
    /// <summary>Whether the quantity is what the days add up to; the largest, last or average value is not.</summary>
    public bool IsSum { get; init; } = true;

    /// <summary>Whether it is an adjustment: the events shown are those that came late.</summary>
    public bool IsLate { get; init; }

    /// <summary>Of an adjustment: events that had been billed and count no more, so that the days are half of the difference.</summary>
    public IReadOnlyList<ExcludedEvent> Corrected { get; init; } = [];

    public decimal SumOfDays => Days.Select(day => day.Quantity).Aggregate(0m, Exact.Add);
}

/// <summary>The units of one day.</summary>
public sealed record DayUsage(LocalDate Day, decimal Quantity, long Events);

/// <summary>Some of the billed events, in the order they happened.</summary>
public sealed record EventPage(IReadOnlyList<EventRow> Rows, int Number, long All);

/// <summary>A usage event that a line bills.</summary>
/// <param name="Value">What the metric takes from it; null when the event lacks the property.</param>
public sealed record EventRow(
    long Id, Instant At, string Name, IReadOnlyDictionary<string, string> Properties, decimal? Value, ImportId Import, long ImportNumber,
        long Line);

/// <summary>An event of the period that no line bills, and why.</summary>
public sealed record ExcludedEvent(EventRow Event, string Reason);
