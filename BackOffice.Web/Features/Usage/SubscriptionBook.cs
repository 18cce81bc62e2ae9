using BackOffice.Core.Catalog;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Whose usage a row is.</summary>
internal sealed class Subscriber
{
    private readonly Subscription _subscription;
    private readonly BillingGrid _months;
    private readonly long _from;
    private readonly long _to;
    private (long From, long To, int Day) _bucket;

    public Subscriber(Subscription subscription, DateTimeZone zone)
    {
        (_subscription, Zone) = (subscription, zone);
        var course = subscription.Course;
        _months = new BillingGrid(BillingInterval.Monthly, course.Timing, course.Anchor ?? subscription.StartsOn);
        _from = Micros.Of(new Period(subscription.StartsOn, subscription.StartsOn.PlusDays(1)).In(zone).Start);
        _to = subscription.EndsOn is { } last ? Micros.Of(new Period(last, last.PlusDays(1)).In(zone).End) : long.MaxValue;
    }

    public SubscriptionId Id => _subscription.Id;

    public CustomerId Customer => _subscription.CustomerId;

    public DateTimeZone Zone { get; }

    /// <summary>The periods on which no invoice can follow any more.</summary>
    public List<Interval> Closed { get; } = [];

    /// <summary>The earliest event that was taken to be in time; null when there is none.</summary>
    public Instant? First { get; private set; }

    public Instant? Last { get; private set; }

    /// <summary>Whether the event came too late for its invoice; if not, it is noted.</summary>
    public bool IsLate(Instant at)
    {
        foreach (var period in Closed)
        {
            if (period.Contains(at))
            {
                return true;
            }
        }

        (First, Last) = (First < at ? First : at, Last > at ? Last : at);
        return false;
    }

    /// <summary>
    /// The first day of the subscription's own month in which the event is: longer periods consist of these, so that a quantity is added up
    /// from whole buckets. Weeks do not; usage of weekly plans is read event by event at their ends.
    /// </summary>
    public int BucketOf(long micros)
    {
        if (micros < _bucket.From || micros >= _bucket.To)
        {
            var period = _months.Containing(Micros.ToInstant(micros).InZone(Zone).Date);
            var month = period.In(Zone);
            _bucket = (Micros.Of(month.Start), Micros.Of(month.End), DayNumber(period.Start));
        }

        return _bucket.Day;
    }

    /// <summary>Why the event is none of this subscription's; null when it is one.</summary>
    public string? Outside(long micros)
    {
        if (micros >= _from && micros < _to)
        {
            return null;
        }

        var day = Micros.ToInstant(micros).InZone(Zone).Date;
        var life = micros < _from ? $"starts on {_subscription.StartsOn:uuuu-MM-dd}" : $"ended on {_subscription.EndsOn:uuuu-MM-dd}";
        return $"Subscription {_subscription.Code} {life}; this usage is of {day:uuuu-MM-dd} ({Zone.Id}). Correct the time or the code.";
    }

    private static int DayNumber(LocalDate day) => NodaTime.Period.DaysBetween(new LocalDate(1970, 1, 1), day);
}

/// <summary>All subscriptions by their codes, with the periods that are closed for each.</summary>
internal sealed class SubscriptionBook
{
    private readonly BackOfficeDb _db;
    private readonly Dictionary<string, Subscriber> _byCode;
    private readonly Dictionary<SubscriptionId, Subscriber> _byId;
    private List<SubscriptionId>? _only;

    private SubscriptionBook(BackOfficeDb db, Dictionary<string, Subscriber> byCode)
    {
        (_db, _byCode) = (db, byCode);
        _byId = byCode.Values.ToDictionary(subscriber => subscriber.Id);
    }

    public static async Task<SubscriptionBook> Load(BackOfficeDb db, CancellationToken cancel)
    {
        var zones = await db.Customers.AsNoTracking().Select(c => new { c.Id, c.ZoneId }).ToListAsync(cancel);
        var zoneOf = zones.ToDictionary(c => c.Id, c => Core.Common.Zone.Of(c.ZoneId));
        var subscriptions = await db.Subscriptions.AsNoTracking().ToListAsync(cancel);
        var book = new SubscriptionBook(db, subscriptions.ToDictionary(
            s => s.Code, s => new Subscriber(s, zoneOf[s.CustomerId]), StringComparer.Ordinal));
        foreach (var (subscriber, period) in await book.Closed(LocalDate.MinIsoValue, LocalDate.MaxIsoValue, cancel))
        {
            subscriber.Closed.Add(period);
        }

        return book;
    }

    /// <summary>A book of a few subscriptions, for usage of certain days.</summary>
    public static async Task<SubscriptionBook> Of(
        BackOfficeDb db, Dictionary<string, Subscriber> byCode, LocalDate from, LocalDate through, CancellationToken cancel)
    {
        var book = new SubscriptionBook(db, byCode) { _only = [.. byCode.Values.Select(subscriber => subscriber.Id)] };
        foreach (var (subscriber, period) in await book.Closed(from, through, cancel))
        {
            subscriber.Closed.Add(period);
        }

        return book;
    }

    public Subscriber? Find(string code) => _byCode.GetValueOrDefault(code);

    public Subscriber? Find(SubscriptionId id) => _byId.GetValueOrDefault(id);

    /// <summary>Where an event is added up, also one of a subscription that is not known any more.</summary>
    public int BucketOf(SubscriptionId id, long micros) => Find(id)?.BucketOf(micros) ?? Micros.DayOf(micros);

    /// <summary>
    /// From here to the end of the transaction nobody issues an invoice of the customers whose usage was read.
    /// </summary>
    /// <returns>False when somebody closed a period meanwhile, and usage of it was taken to be in time: read again.</returns>
    public async Task<bool> LockAndCheck(CancellationToken cancel)
    {
        var used = _byCode.Values.Where(subscriber => subscriber.First is not null).ToList();
        if (used.Count == 0)
        {
            return true;
        }

        await _db.LockCustomers(used.Select(subscriber => subscriber.Customer).Distinct(), cancel);
        var first = used.Min(s => s.First!.Value).InUtc().Date.PlusDays(-1);
        var last = used.Max(s => s.Last!.Value).InUtc().Date.PlusDays(1);
        var closed = await Closed(first, last, cancel);
        return !closed.Any(c => c.Subscriber.First is { } from && from < c.Period.End && c.Subscriber.Last >= c.Period.Start
            && !c.Subscriber.Closed.Contains(c.Period));
    }

    /// <summary>Locks all customers before any usage is read, so that nothing can change meanwhile.</summary>
    public static async Task LockAll(BackOfficeDb db, CancellationToken cancel) =>
        await db.LockCustomers(await db.Customers.Select(c => c.Id).ToListAsync(cancel), cancel);

    private async Task<List<(Subscriber Subscriber, Interval Period)>> Closed(LocalDate from, LocalDate through, CancellationToken cancel)
    {
        // Billed without a document (nothing was owed) is as final as issued: nobody looks at that period again. A fee closes no usage.
        var closing = _db.BilledPeriods.AsNoTracking().Where(b => b.ClosesUsage && b.End >= from && b.Start <= through);
        var billed = await (_only is { } only ? closing.Where(b => only.Contains(b.SubscriptionId)) : closing)
            .Where(b => b.InvoiceId == null || _db.Invoices.Any(i => i.Id == b.InvoiceId && i.Number != null && !i.IsBilledAgain))
            .ToListAsync(cancel);
        return [.. billed.Where(b => _byId.ContainsKey(b.SubscriptionId))
            .Select(b => (_byId[b.SubscriptionId], b.Usage(_byId[b.SubscriptionId].Zone)))];
    }
}
