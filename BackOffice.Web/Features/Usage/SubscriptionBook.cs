using BackOffice.Core.Billing;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Whose usage a row is.</summary>
internal sealed class Subscriber(Subscription subscription, DateTimeZone zone)
{
    public SubscriptionId Id => subscription.Id;

    public CustomerId Customer => subscription.CustomerId;

    public DateTimeZone Zone => zone;

    /// <summary>The periods on which no invoice can follow any more; null until the customer is locked.</summary>
    public IReadOnlyList<Interval>? Closed { get; set; }

    public bool IsLate(Instant at) => Closed!.Any(period => period.Contains(at));

    /// <summary>Why the event is none of this subscription's; null when it is one.</summary>
    public string? Outside(Instant at)
    {
        var day = at.InZone(zone).Date;
        var life = day < subscription.StartsOn ? $"starts on {subscription.StartsOn:uuuu-MM-dd}"
            : day > subscription.EndsOn ? $"ended on {subscription.EndsOn:uuuu-MM-dd}"
            : null;
        return life is null ? null
            : $"Subscription {subscription.Code} {life}; this usage is of {day:uuuu-MM-dd} ({zone.Id}). Correct the time or the code.";
    }
}

/// <summary>All subscriptions by their codes. Locks a customer before the first event of his is stored.</summary>
internal sealed class SubscriptionBook
{
    private readonly BackOfficeDb _db;
    private readonly Dictionary<string, Subscriber> _byCode;
    private readonly HashSet<CustomerId> _locked = [];

    private SubscriptionBook(BackOfficeDb db, Dictionary<string, Subscriber> byCode) => (_db, _byCode) = (db, byCode);

    public static async Task<SubscriptionBook> Load(BackOfficeDb db, CancellationToken cancel)
    {
        var zones = await db.Customers.AsNoTracking().Select(c => new { c.Id, c.ZoneId }).ToListAsync(cancel);
        var zoneOf = zones.ToDictionary(c => c.Id, c => Core.Common.Zone.Of(c.ZoneId));
        var subscriptions = await db.Subscriptions.AsNoTracking().ToListAsync(cancel);
        return new SubscriptionBook(db, subscriptions.ToDictionary(
            s => s.Code, s => new Subscriber(s, zoneOf[s.CustomerId]), StringComparer.Ordinal));
    }

    public Subscriber? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>From here to the end of the transaction nobody issues an invoice of this customer.</summary>
    public async ValueTask Lock(Subscriber subscriber, CancellationToken cancel)
    {
        if (subscriber.Closed is not null)
        {
            return;
        }

        if (_locked.Add(subscriber.Customer))
        {
            await _db.LockCustomer(subscriber.Customer, cancel);
        }

        // Billed without a document (nothing was owed) is as final as issued: nobody looks at that period again.
        var billed = await _db.BilledPeriods.AsNoTracking().Where(b => b.SubscriptionId == subscriber.Id && b.ClosesUsage)
            .Where(b => b.InvoiceId == null || _db.Invoices.Any(i => i.Id == b.InvoiceId && i.Status == InvoiceStatus.Issued))
            .ToListAsync(cancel);
        subscriber.Closed = [.. billed.Select(b => b.Usage(subscriber.Zone))];
    }
}
