using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Core.Rating;

/// <summary>The lines of fixed charges: units that may change over time, at a price that knows no usage (guide §4).</summary>
internal static class FixedRater
{
    /// <summary>Billed when the period begins, for the units known then.</summary>
    public static IReadOnlyList<RatedLine> InAdvance(DueItem item, IReadOnlyCollection<BilledItem> billed)
    {
        var lines = new List<RatedLine>();
        foreach (var charge in item.Phase.Terms.Settings.FixedCharges.Where(charge => charge.PayInAdvance))
        {
            var units = UnitsKnown(item.Life, charge, item.From, item.DueAt);
            var steps = charge.Price.StepsFor(UnitsFor(charge, units, item.Days, item.Whole.Days));
            if (PaidAlready(item, charge, billed) is { } paid)
            {
                steps = [.. steps, paid];
            }

            if (PriceStep.Total(steps) > 0)
            {
                Add(lines, item, charge, units, steps);
            }
        }

        return lines;
    }

    /// <summary>Billed when the period is over: prorated, each number of units for its days; otherwise the last number in full.</summary>
    public static IReadOnlyList<RatedLine> InArrears(DueItem item)
    {
        var lines = new List<RatedLine>();
        foreach (var charge in item.Phase.Terms.Settings.FixedCharges.Where(charge => !charge.PayInAdvance))
        {
            var last = item.Life.UnitsOf(charge, item.Shown.LastDay);
            var units = charge.Prorated ? new Units(last) { Parts = Parts(item, charge) } : new Units(last);
            Add(lines, item, charge, last, charge.Price.StepsFor(units));
        }

        return lines;
    }

    /// <summary>More units than were paid for in the period: the difference. Fewer give nothing back.</summary>
    public static IReadOnlyList<RatedLine> Increase(DueItem item)
    {
        var charge = item.Phase.Terms.Settings.FixedCharges.First(c => item.Part!.StartsWith(c.Code + ":", StringComparison.Ordinal));
        var changes = item.Life.UnitChanges.Where(change => change.Code == charge.Code && item.Whole.Contains(change.From)).ToList();
        var units = changes.Last(change =>
            change.From == item.From && item.Part!.EndsWith($":{change.KnownAt.ToUnixTimeTicks()}", StringComparison.Ordinal)).Units;

        // A day is never before its own period, so the most that was paid is what it began with or a change since.
        var paid = UnitsKnown(item.Life, charge, LocalDate.Max(item.Whole.Start, item.Phase.FirstDay), item.Moments.Start);
        foreach (var change in changes.Where(change => MomentOf(item.Life, change) < item.DueAt))
        {
            paid = Math.Max(paid, change.Units);
        }

        if (units <= paid)
        {
            return [];
        }

        var lines = new List<RatedLine>();
        Add(lines, item, charge, Exact.Add(units, -paid), charge.Price.Delta(
            UnitsFor(charge, paid, item.Days, item.Whole.Days), UnitsFor(charge, units, item.Days, item.Whole.Days)));
        return lines;
    }

    private static Instant MomentOf(SubscriptionLife life, UnitChange change) =>
        Instant.Max(change.KnownAt, life.FirstMomentOf(change.From));

    private static decimal UnitsKnown(SubscriptionLife life, FixedCharge charge, LocalDate day, Instant at)
    {
        var units = charge.Units;
        foreach (var change in life.UnitChanges)
        {
            if (change.Code == charge.Code && change.From <= day && change.KnownAt <= at)
            {
                units = change.Units;
            }
        }

        return units;
    }

    private static Units UnitsFor(FixedCharge charge, decimal units, int days, int ofDays) =>
        charge.Prorated && days != ofDays ? new Units(units) { Parts = [new UnitsForDays(units, days, ofDays)] } : new Units(units);

    private static List<UnitsForDays> Parts(DueItem item, FixedCharge charge)
    {
        var units = item.Life.UnitsOf(charge, item.From);
        var parts = new List<UnitsForDays> { new(units, item.Days, item.Whole.Days) };
        for (var day = 1; day < item.Days; day++)
        {
            var now = item.Life.UnitsOf(charge, item.From.PlusDays(day));
            if (now != units)
            {
                parts.Add(new UnitsForDays(Exact.Add(now, -units), item.Days - day, item.Whole.Days));
                units = now;
            }
        }

        return parts;
    }

    // A plan that takes over in the middle of a period does not ask again for days of the same charge that the old one was paid for;
    // if more was paid than it asks, nothing is given back.
    private static PriceStep? PaidAlready(DueItem item, FixedCharge charge, IReadOnlyCollection<BilledItem> billed)
    {
        if (!charge.Prorated || item.Phase.Number == 1 || item.From != item.Phase.FirstDay)
        {
            return null;
        }

        foreach (var before in billed)
        {
            if (before.Key.Subscription == item.Life.Subscription && before.Phase == item.Phase.Number - 1
                && before.Kind == DueKind.FixedInAdvance && before.Days.Contains(item.From)
                && before.Lines.FirstOrDefault(line => line.ChargeCode == charge.Code) is { } paid)
            {
                var left = NodaTime.Period.DaysBetween(item.From, before.Days.End);
                return new PriceStep($"Paid already for {left} of {before.Days.Days} days", -left, paid.Amount.Amount, before.Days.Days);
            }
        }

        return null;
    }

    private static void Add(List<RatedLine> lines, DueItem item, FixedCharge charge, decimal units, IReadOnlyList<PriceStep> steps)
    {
        var words = charge.Price.InWords(item.Phase.Terms.Currency);
        var line = LineMaker.Line(item, LineKind.FixedCharge, charge.Name, words, steps, units) with
        {
            ChargeCode = charge.Code,
            OwnTaxCodes = charge.TaxCodes,
            InAdvance = charge.PayInAdvance,
        };
        if (line.ExactAmount != 0)
        {
            lines.Add(line);
        }
    }
}
