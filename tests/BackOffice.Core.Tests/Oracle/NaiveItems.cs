using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>What a subscription comes to owe and when, from guide §5 to §9, period after period.</summary>
internal static class NaiveItems
{
    public static IEnumerable<NaiveItem> Of(int number, SubscriptionLife life, Instant through)
    {
        foreach (var phase in life.Phases)
        {
            var settings = phase.Terms.Settings;
            var paid = PaidFrom(life, phase);
            var fees = settings.PayInAdvance
                ? Advance(number, life, phase, DueKind.BaseFee, false, paid.Day, paid.At, through)
                : Arrears(number, life, phase, DueKind.BaseFee, false, paid.Day);
            var items = fees.ToList();
            items.AddRange(items.Where(fee => settings.PayInAdvance).Select(fee => TakenBack(fee, phase)).OfType<NaiveItem>().ToList());
            var beforehand = Advance(
                number, life, phase, DueKind.FixedInAdvance, settings.FixedChargesMonthly, phase.FirstDay, phase.From, through)
                .Where(_ => settings.FixedCharges.Any(charge => charge.PayInAdvance)).ToList();
            items.AddRange(beforehand);
            items.AddRange(beforehand.SelectMany(Increases));
            items.AddRange(Arrears(number, life, phase, DueKind.FixedInArrears, settings.FixedChargesMonthly, phase.FirstDay)
                .Where(_ => settings.FixedCharges.Any(charge => !charge.PayInAdvance)));
            items.AddRange(Used(number, life, phase));
            items.AddRange(Arrears(number, life, phase, DueKind.TrueUp, false, phase.FirstDay)
                .Where(item => settings.Commitment is not null && (!settings.PayInAdvance || paid.Day < item.Whole.End)));
            foreach (var item in items.Where(item => item.DueAt <= through && !IsLetGo(item) && !IsOthers(item)))
            {
                yield return item;
            }
        }
    }

    // A termination may let go what would be billed after the period; what is billed beforehand is not touched.
    private static bool IsLetGo(NaiveItem item) =>
        item.Kind is DueKind.Usage or DueKind.TrueUp or DueKind.FixedInArrears or DueKind.BaseFee
        && item.Phase.End is { Invoice: false } end && item.DueAt == end.At
        && (item.Kind != DueKind.BaseFee || !item.Phase.Terms.Settings.PayInAdvance);

    // What fell due before the day from which we bill.
    private static bool IsOthers(NaiveItem item) => item.DueAt.InZone(item.Life.Zone).Date < item.Life.BillFrom;

    /// <summary>When a change of units counts: on its day, and not before it is known.</summary>
    public static Instant MomentOf(SubscriptionLife life, UnitChange change) => Instant.Max(change.KnownAt, StartOf(life, change.From));

    private static IEnumerable<NaiveItem> Increases(NaiveItem paid)
    {
        var (life, phase) = (paid.Life, paid.Phase);
        foreach (var change in life.UnitChanges)
        {
            var moment = MomentOf(life, change);
            var isPaidBeforehand = phase.Terms.Settings.FixedCharges.Any(charge => charge.Code == change.Code && charge.PayInAdvance);
            if (isPaidBeforehand && paid.From <= change.From && change.From < paid.Whole.End && moment > paid.DueAt
                && phase.From <= moment && !(phase.End?.At <= moment))
            {
                // An end that is agreed on is not billed beyond.
                var paidUntil = paid.From.PlusDays(paid.Days);
                var until = phase.End is { } end && end.KnownAt <= moment ? LocalDate.Min(end.Day, paidUntil) : paidUntil;
                yield return paid with
                {
                    Kind = DueKind.FixedIncrease,
                    Of = paid,
                    Change = change,
                    From = change.From,
                    Days = Math.Max(0, NodaTime.Period.DaysBetween(change.From, until)),
                    DueAt = moment,
                };
            }
        }
    }

    // The trial counts from the first start of all; it ends at the time of day at which it began, and the day it ends is paid.
    private static (LocalDate Day, Instant At) PaidFrom(SubscriptionLife life, Phase phase)
    {
        if (phase.Terms.Settings.TrialDays == 0)
        {
            return (phase.FirstDay, phase.From);
        }

        var end = life.TrialFrom.InZone(life.Zone).LocalDateTime.PlusDays(phase.Terms.Settings.TrialDays);
        var at = life.Zone.AtLeniently(end).ToInstant();
        return (LocalDate.Max(phase.FirstDay, at.InZone(life.Zone).Date), Instant.Max(phase.From, at));
    }

    private static IEnumerable<Period> Periods(SubscriptionLife life, Phase phase, bool monthly)
    {
        var last = phase.End?.Day ?? phase.FirstDay.PlusDays(800);
        var interval = monthly ? BillingInterval.Monthly : phase.Terms.Interval;
        return new NaivePeriods(interval, life.Timing, life.Anchor).Between(phase.FirstDay, last);
    }

    private static IEnumerable<NaiveItem> Arrears(
        int number, SubscriptionLife life, Phase phase, DueKind kind, bool monthly, LocalDate first)
    {
        foreach (var period in Periods(life, phase, monthly))
        {
            var from = LocalDate.Max(period.Start, first);
            var to = phase.End is { } end ? LocalDate.Min(period.End, end.Day) : period.End;
            if (from < to)
            {
                yield return new NaiveItem(kind, number, life, phase, period, from, NodaTime.Period.DaysBetween(from, to))
                {
                    DueAt = Sooner(phase.End?.At, StartOf(life, period.End)),
                };
            }
        }
    }

    private static IEnumerable<NaiveItem> Advance(
        int number, SubscriptionLife life, Phase phase, DueKind kind, bool monthly, LocalDate first, Instant firstMoment, Instant through)
    {
        foreach (var period in Periods(life, phase, monthly))
        {
            var from = LocalDate.Max(period.Start, first);
            var due = Instant.Max(StartOf(life, from), firstMoment);
            if (from >= period.End || due > through || phase.End?.At <= due)
            {
                continue;
            }

            // An end that is not known yet is made good by a credit later.
            var to = phase.End is { } end && end.KnownAt <= due ? LocalDate.Min(period.End, end.Day) : period.End;
            if (from < to)
            {
                yield return new NaiveItem(kind, number, life, phase, period, from, NodaTime.Period.DaysBetween(from, to)) { DueAt = due };
            }
        }
    }

    private static NaiveItem? TakenBack(NaiveItem fee, Phase phase)
    {
        if (phase.End is not { Unused: not UnusedFee.Skip } end)
        {
            return null;
        }

        var from = LocalDate.Max(end.Day, fee.From);
        var days = NodaTime.Period.DaysBetween(from, fee.From.PlusDays(fee.Days));
        return days <= 0 ? null : fee with { Kind = DueKind.UnusedFee, From = from, Days = days, DueAt = end.At, Of = fee };
    }

    /// <summary>The stretches in which usage is measured.</summary>
    public static IEnumerable<NaiveItem> Used(int number, SubscriptionLife life, Phase phase)
    {
        foreach (var period in Periods(life, phase, phase.Terms.Settings.UsageMonthly))
        {
            var begin = Instant.Max(phase.From, StartOf(life, period.Start));
            var stop = Sooner(phase.End?.At, StartOf(life, period.End));
            if (begin < stop)
            {
                var from = LocalDate.Max(period.Start, phase.FirstDay);
                var to = phase.End is { } end ? LocalDate.Min(period.End, end.Day) : period.End;
                yield return new NaiveItem(
                    DueKind.Usage, number, life, phase, period, from, Math.Max(0, NodaTime.Period.DaysBetween(from, to)))
                {
                    DueAt = stop,
                    UsageFrom = begin,
                    UsageTo = stop,
                };
            }
        }
    }

    public static Instant StartOf(SubscriptionLife life, LocalDate day) => life.Zone.AtStartOfDay(day).ToInstant();

    private static Instant Sooner(Instant? end, Instant start) => end < start ? end.Value : start;
}
