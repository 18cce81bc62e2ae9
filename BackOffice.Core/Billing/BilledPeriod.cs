using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Core.Billing;

/// <summary>The proof that a period of a subscription has been billed. The database lets it exist once.</summary>
public sealed class BilledPeriod
{
    /// <summary>The kind of the rows from when a period was billed as a whole: whatever it owed is done.</summary>
    public const string Recurring = "Recurring";

    /// <summary>How the kinds of usage begin that was billed before its period was over, which closes nothing.</summary>
    public const string Progressive = "progressive.";

    private static readonly DueKind[] Whole =
        [DueKind.BaseFee, DueKind.FixedInAdvance, DueKind.FixedInArrears, DueKind.Usage, DueKind.TrueUp];

    private BilledPeriod()
    {
    }

    public Guid Id { get; private init; }

    public SubscriptionId SubscriptionId { get; private init; }

    /// <summary>What was billed, as <see cref="ItemKey.Kind"/> says it, or <see cref="Recurring"/>.</summary>
    public string Kind { get; private init; } = null!;

    public LocalDate Start { get; private init; }

    /// <summary>The day after the last one.</summary>
    public LocalDate End { get; private init; }

    /// <summary>0; raised only when a document is voided and replaced.</summary>
    public int Generation { get; private init; }

    /// <summary>Null when nothing was owed, so that there is no document.</summary>
    public InvoiceId? InvoiceId { get; private init; }

    /// <summary>Whether usage of the period comes too late once the document is issued. A fee paid in advance closes nothing.</summary>
    public bool ClosesUsage { get; private init; } = true;

    /// <summary>The first moment whose usage was measured; null when it is the first of the days.</summary>
    public Instant? UsageFrom { get; private init; }

    /// <summary>Where there is no document: the last usage event that was stored by then. Otherwise the document has it.</summary>
    public long? UsageThrough { get; private init; }

    /// <summary>The moment from which usage was no longer measured; null when it is the end of the days.</summary>
    public Instant? UsageTo { get; private init; }

    public Period Period => new(Start, End);

    public static BilledPeriod Of(SubscriptionId subscription, Period period, InvoiceId? invoice) => new()
    {
        Id = Guid.CreateVersion7(),
        SubscriptionId = subscription,
        Kind = Recurring,
        Start = period.Start,
        End = period.End,
        InvoiceId = invoice,
    };

    /// <summary>The proof for one item of a document.</summary>
    /// <param name="lastEvent">The last usage event that is stored by now; kept when there is no document.</param>
    public static BilledPeriod Of(DueItem item, InvoiceId? invoice, long? lastEvent = null) => new()
    {
        Id = Guid.CreateVersion7(),
        SubscriptionId = item.Key.Subscription,
        Kind = item.Key.Kind,
        Start = item.Key.Start,
        End = item.Key.End,
        Generation = item.Generation,
        UsageThrough = invoice is null ? lastEvent : null,
        InvoiceId = invoice,
        ClosesUsage = item.Kind == DueKind.Usage,
        UsageFrom = Measures(item) ? item.Moments.Start : null,
        UsageTo = Measures(item) ? item.Moments.End : null,
    };

    /// <summary>The moments whose usage it bills; they are closed with it unless they are only the usage so far.</summary>
    public Interval Usage(DateTimeZone zone)
    {
        var days = Period.In(zone);
        return new Interval(UsageFrom ?? days.Start, UsageTo ?? days.End);
    }

    /// <summary>The items it proves, as the engine remembers them.</summary>
    /// <param name="lines">The lines of its document, from which each item takes its own.</param>
    public IEnumerable<BilledItem> Items(IEnumerable<LineBefore> lines)
    {
        // A line of usage so far shows the days so far.
        var soFar = Kind.StartsWith(Progressive, StringComparison.Ordinal);
        var mine = lines.Where(line => line.Subscription == SubscriptionId
            && (line.Period == Period || (soFar && Period.Contains(line.Period.Start)))).ToList();
        if (Kind != Recurring)
        {
            var (kind, phase) = DueItem.ReadKind(Kind);
            return [Item(kind, phase, Kind, mine.Where(line => line.Item == Kind))];
        }

        return Whole.Select(kind => Item(kind, 1, DueItem.NameOf(kind, 1), mine.Where(line => KindOf(line) == kind)));
    }

    private static bool Measures(DueItem item) => item.Kind is DueKind.Usage or DueKind.UsageAdjustment or DueKind.Progressive;

    private BilledItem Item(DueKind kind, int phase, string name, IEnumerable<LineBefore> lines) => new(
        new ItemKey(SubscriptionId, name, Start, End), kind, phase, Period, InvoiceId?.Value.ToString(),
        [.. lines.Select(line => line.Line)]);

    private static DueKind KindOf(LineBefore line) => line.Kind == LineKind.BaseFee ? DueKind.BaseFee : DueKind.Usage;
}

/// <summary>A line of a stored document, as much of it as later documents refer to.</summary>
/// <param name="Item">The kind of its item; null from when a period was billed as a whole.</param>
public sealed record LineBefore(SubscriptionId Subscription, string? Item, Period Period, LineKind Kind, BilledLine Line);
