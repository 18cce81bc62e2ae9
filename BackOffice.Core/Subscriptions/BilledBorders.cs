using System.Collections.Immutable;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>The moments of billed usage, with its days as they were called then.</summary>
/// <param name="FirstDay">The first day, as it was called then.</param>
/// <param name="End">The day after the last.</param>
/// <param name="From">The first moment that was billed.</param>
/// <param name="To">The moment from which usage was no longer billed.</param>
public sealed record BilledMoments(LocalDate FirstDay, LocalDate End, Instant From, Instant To);

/// <summary>
/// The borders of billed usage that a customer's new zone would put elsewhere. Keeping them is what leaves no hole and no overlap when he
/// moves: the first period of the new zone begins where the last of the old one ended.
/// </summary>
public static class BilledBorders
{
    // Moving to another zone shifts midnight by no more than this: from UTC+14 to UTC−12. A longer gap is no change of zone.
    private static readonly Duration LargestZoneChange = Duration.FromHours(26);

    /// <summary>The borders by their day; empty for a customer who never moved.</summary>
    /// <param name="life">In the zone the customer has now.</param>
    /// <param name="billed">In any order.</param>
    public static IReadOnlyDictionary<LocalDate, Instant> Of(SubscriptionLife life, IEnumerable<BilledMoments> billed)
    {
        var borders = ImmutableDictionary.CreateBuilder<LocalDate, Instant>();
        foreach (var (day, at) in billed.SelectMany(usage => new[] { (usage.FirstDay, usage.From), (usage.End, usage.To) }))
        {
            var shift = at - life.FirstMomentOf(day);
            if (shift != Duration.Zero && shift <= LargestZoneChange && -shift <= LargestZoneChange && !IsPhaseBorder(life, at))
            {
                borders[day] = at;
            }
        }

        return borders.ToImmutable();
    }

    // A plan that changes at noon cuts a day in every zone: that is no border of days.
    private static bool IsPhaseBorder(SubscriptionLife life, Instant at) =>
        life.Phases.Any(phase => phase.From == at || phase.End?.At == at);
}
