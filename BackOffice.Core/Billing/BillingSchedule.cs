using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Billing;

/// <summary>When the drafts that are due are made by themselves. There is one.</summary>
public sealed class BillingSchedule
{
    private BillingSchedule()
    {
    }

    /// <summary>Always 1: the database refuses a second schedule.</summary>
    public int Id { get; private init; } = 1;

    /// <summary>The time of day it starts, in <see cref="ZoneId"/>. On a night without that time, the first time after it.</summary>
    public LocalTime At { get; private set; }

    public string ZoneId { get; private set; } = null!;

    public bool IsPaused { get; private set; }

    /// <summary>The planned time that was last taken care of; a later one that has passed was slept through and is made up for.</summary>
    public Instant HandledThrough { get; private set; }

    public static BillingSchedule Nightly(LocalTime at, string zoneId, Instant now) =>
        new() { At = at, ZoneId = Zone.Of(zoneId).Id, HandledThrough = now };

    /// <summary>Plans anew from now on; what was due before under the old plan is not made up for.</summary>
    public void Change(LocalTime at, string zoneId, bool paused, Instant now) =>
        (At, ZoneId, IsPaused, HandledThrough) = (at, Zone.Of(zoneId).Id, paused, now);

    /// <summary>The planned times after <paramref name="after"/>, first one first, without end.</summary>
    public IEnumerable<Instant> PlannedAfter(Instant after)
    {
        var zone = Zone.Of(ZoneId);
        for (var day = after.InZone(zone).Date; ; day = day.PlusDays(1))
        {
            // Lenient: a time that the clocks skip is moved behind the gap, one that comes twice is taken once.
            var planned = (day + At).InZoneLeniently(zone).ToInstant();
            if (planned > after)
            {
                yield return planned;
            }
        }
    }

    /// <summary>The latest planned time that has passed and was not taken care of; null when all is done or it is paused.</summary>
    /// <remarks>One for several missed nights: a run bills everything that is due, however old.</remarks>
    public Instant? DueAt(Instant now)
    {
        var missed = IsPaused ? [] : PlannedAfter(HandledThrough).TakeWhile(planned => planned <= now);
        return missed.Select(planned => (Instant?)planned).LastOrDefault();
    }

    public void Handled(Instant planned) => HandledThrough = planned > HandledThrough ? planned : HandledThrough;
}
