using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>Everything a subscription comes to owe, from its life alone.</summary>
/// <remarks>
/// Nothing here knows what was billed or what day it is: the same life gives the same items, so a run that was missed finds them later,
/// and one that ran twice finds their keys taken. An item is due with what was known at its moment: a fee paid in advance is for the whole
/// period even if the subscription ended in it later, which is what the credit is for.
/// </remarks>
public static class DueItems
{
    /// <summary>The items of a life that are due by a moment, in the order of documents: by moment, then by kind.</summary>
    /// <param name="through">Items due at this moment are in it.</param>
    /// <param name="after">
    /// Only items due later than this; null for all since the start. Costs nothing for the time before, however old the life is.
    /// </param>
    public static IReadOnlyList<DueItem> Of(SubscriptionLife life, Instant through, Instant? after = null)
    {
        var items = new List<DueItem>();
        foreach (var phase in life.Phases)
        {
            if (phase.From > through)
            {
                break;
            }

            // Nothing of a phase is due after its end.
            if (phase.End?.At <= after)
            {
                continue;
            }

            var stretch = new PhaseStretch(life, phase, through, after);
            BaseFees(stretch, items);
            FixedCharges(stretch, items);
            Usage(stretch, items);
            TrueUps(stretch, items);
        }

        items.RemoveAll(item => item.DueAt <= after || !life.Bills(item.DueAt));

        // Ordering is stable, so phases that meet at one moment stay in their order within a kind.
        return [.. items.OrderBy(item => item.DueAt).ThenBy(item => item.Phase.Number).ThenBy(item => item.Kind)];
    }

    /// <summary>The stretches in which a phase measures usage, also the one that has only started by a moment.</summary>
    /// <param name="after">Only the stretches that end later than this.</param>
    internal static IEnumerable<DueItem> UsageWindows(SubscriptionLife life, Phase phase, Instant through, Instant? after = null)
    {
        var stretch = new PhaseStretch(life, phase, through, after);
        return stretch.Measured(DueKind.UsageInAdvance, UsageGrid(stretch), started: true)
            .Where(window => after is null || window.Moments.End > after);
    }

    /// <summary>
    /// The usage of a life's period so far, which is not due by itself; null when no period goes on at the moment.
    /// </summary>
    /// <param name="at">Usage before this moment is in it.</param>
    public static DueItem? UsageSoFar(SubscriptionLife life, Instant at)
    {
        var last = life.Phases.LastOrDefault(phase => phase.From < at);
        var window = last is null ? null : UsageWindows(life, last, at).LastOrDefault(window => window.Moments.Start < at);
        return window is null || window.Moments.End <= at ? null : window with
        {
            Kind = DueKind.Progressive,
            Days = NodaTime.Period.DaysBetween(window.From, life.DayOf(at - Duration.Epsilon)) + 1,
            Moments = new Interval(window.Moments.Start, at),
            DueAt = at,
            KeyDays = window.Whole,
        };
    }

    // A fee paid in advance waits for the end of the trial; the day it ends is the first that is paid (guide §9).
    private static void BaseFees(PhaseStretch stretch, List<DueItem> items)
    {
        var (life, phase) = (stretch.Life, stretch.Phase);
        if (!phase.Terms.Settings.PayInAdvance)
        {
            items.AddRange(stretch.InArrears(DueKind.BaseFee, stretch.Grid, stretch.PaidFrom));
            return;
        }

        foreach (var item in stretch.InAdvance(DueKind.BaseFee, stretch.Grid, stretch.PaidFrom, life.TrialEnd(phase)))
        {
            items.Add(item);
            if (phase.End is { Unused: not UnusedFee.Skip } end && end.At <= stretch.Through
                && item.From.PlusDays(item.Days) is var paidUntil && Later(end.Day, item.From) is var from && from < paidUntil)
            {
                items.Add(item with
                {
                    Kind = DueKind.UnusedFee,
                    Of = item.Key,
                    From = from,
                    Days = NodaTime.Period.DaysBetween(from, paidUntil),
                    DueAt = end.At,
                });
            }
        }
    }

    private static void FixedCharges(PhaseStretch stretch, List<DueItem> items)
    {
        var settings = stretch.Phase.Terms.Settings;
        var grid = settings.FixedChargesMonthly ? stretch.Grid.Monthly : stretch.Grid;
        if (settings.FixedCharges.Any(charge => charge.PayInAdvance))
        {
            foreach (var item in stretch.InAdvance(DueKind.FixedInAdvance, grid, stretch.Phase.FirstDay, stretch.Phase.From))
            {
                items.Add(item);
                items.AddRange(Increases(stretch, item));
            }
        }

        if (settings.FixedCharges.Any(charge => !charge.PayInAdvance))
        {
            items.AddRange(stretch.InArrears(DueKind.FixedInArrears, grid, stretch.Phase.FirstDay));
        }
    }

    private static IEnumerable<DueItem> Increases(PhaseStretch stretch, DueItem paid)
    {
        var life = stretch.Life;
        foreach (var change in life.UnitChanges.Where(change => paid.From <= change.From && change.From < paid.Whole.End))
        {
            var moment = LaterOf(change.KnownAt, life.FirstMomentOf(change.From));
            if (paid.DueAt < moment && moment <= stretch.Through && stretch.Phase.Contains(moment)
                && stretch.Phase.Terms.Settings.FixedCharges.Any(charge => charge.Code == change.Code && charge.PayInAdvance))
            {
                // As for the fee paid in advance: an end that is agreed on is not billed beyond.
                var paidUntil = paid.From.PlusDays(paid.Days);
                var until = stretch.Phase.End is { } end && end.KnownAt <= moment && end.Day < paidUntil ? end.Day : paidUntil;
                yield return paid with
                {
                    Kind = DueKind.FixedIncrease,
                    Part = $"{change.Code}:{change.KnownAt.ToUnixTimeTicks()}",
                    From = change.From,
                    Days = Math.Max(0, NodaTime.Period.DaysBetween(change.From, until)),
                    DueAt = moment,
                };
            }
        }
    }

    private static void Usage(PhaseStretch stretch, List<DueItem> items) =>
        items.AddRange(stretch.Measured(DueKind.Usage, UsageGrid(stretch)));

    private static BillingGrid UsageGrid(PhaseStretch stretch) =>
        stretch.Phase.Terms.Settings.UsageMonthly ? stretch.Grid.Monthly : stretch.Grid;

    // Paid in advance or not, a commitment is settled when the period is over. A trial does not shorten it; but where the fee would
    // have been paid in advance, a period that lies in the trial as a whole has none (guide §8, §9).
    private static void TrueUps(PhaseStretch stretch, List<DueItem> items)
    {
        var settings = stretch.Phase.Terms.Settings;
        if (settings.Commitment is not null)
        {
            items.AddRange(stretch.InArrears(DueKind.TrueUp, stretch.Grid, stretch.Phase.FirstDay)
                .Where(item => !settings.PayInAdvance || stretch.PaidFrom < item.Whole.End));
        }
    }

    private static LocalDate Later(LocalDate a, LocalDate b) => a > b ? a : b;

    private static Instant LaterOf(Instant a, Instant b) => a > b ? a : b;
}
