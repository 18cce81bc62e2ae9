using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>
/// Remembers subscriptions between requests. What is remembered is used only while its revision is the stored one, which is asked each
/// time and once more under lock.
/// </summary>
internal sealed class SubscriptionShelf
{
    private readonly Dictionary<string, (Subscription Subscription, DateTimeZone Zone, Stamp Stamp)> _known = new(StringComparer.Ordinal);

    /// <summary>A subscription's and its customer's revision: whatever decides whether an event is theirs changes one of them.</summary>
    private sealed record Stamp(string Code, int Subscription, int Customer);

    /// <summary>Those that there are, each fresh, without what is closed.</summary>
    public async Task<Dictionary<string, Subscriber>> Take(BackOfficeDb db, IReadOnlyCollection<string> codes, CancellationToken cancel)
    {
        var stamps = await Stamps(db, codes, cancel);
        var changed = stamps.Where(stamp => !_known.TryGetValue(stamp.Code, out var known) || known.Stamp != stamp).ToList();
        if (changed.Count > 0)
        {
            await Load(db, changed, cancel);
        }

        return stamps.ToDictionary(
            stamp => stamp.Code, stamp => new Subscriber(_known[stamp.Code].Subscription, _known[stamp.Code].Zone), StringComparer.Ordinal);
    }

    /// <summary>Whether those that were taken are still as they were.</summary>
    public async Task<bool> AreCurrent(BackOfficeDb db, IReadOnlyCollection<string> codes, CancellationToken cancel) =>
        (await Stamps(db, codes, cancel)).All(stamp => _known.TryGetValue(stamp.Code, out var known) && known.Stamp == stamp);

    private async Task Load(BackOfficeDb db, List<Stamp> stamps, CancellationToken cancel)
    {
        var codes = stamps.ConvertAll(stamp => stamp.Code);
        var rows = await db.Subscriptions.AsNoTracking().Where(s => codes.Contains(s.Code))
            .Join(db.Customers, s => s.CustomerId, c => c.Id, (s, c) => new { Subscription = s, c.ZoneId }).ToListAsync(cancel);
        var stampOf = stamps.ToDictionary(stamp => stamp.Code, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            _known[row.Subscription.Code] = (row.Subscription, Zone.Of(row.ZoneId), stampOf[row.Subscription.Code]);
        }
    }

    private static async Task<List<Stamp>> Stamps(BackOfficeDb db, IReadOnlyCollection<string> codes, CancellationToken cancel) =>
        await db.Subscriptions.Where(s => codes.Contains(s.Code))
            .Join(
                db.Customers, s => s.CustomerId, c => c.Id,
                (s, c) => new Stamp(s.Code, EF.Property<int>(s, "Revision"), EF.Property<int>(c, "Revision")))
            .ToListAsync(cancel);
}
