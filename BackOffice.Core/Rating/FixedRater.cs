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
            steps = [.. steps, .. PaidAlready(item, charge, billed)];
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

        // The most that was paid at this price: what the plan began the period with, or a change since.
        var paid = UnitsKnown(item.Life, charge, LocalDate.Max(item.Whole.Start, item.Phase.FirstDay), item.Moments.Start);
        foreach (var change in changes.Where(change =>
                     MomentOf(item.Life, change) > item.Moments.Start && MomentOf(item.Life, change) < item.DueAt))
        {
            paid = Math.Max(paid, change.Units);
        }

        if (units <= paid)
        {
            return [];
        }

        // What was paid for is never nothing, not even for no units: the flat fee of the first tier was billed with them. More units may
        // cost less, where all of them fall into a cheaper tier; that gives nothing back either.
        var steps = charge.Price.Delta(
            UnitsFor(charge, paid, item.Days, item.Whole.Days) with { Events = 1 },
            UnitsFor(charge, units, item.Days, item.Whole.Days) with { Events = 1 });
        var lines = new List<RatedLine>();
        if (PriceStep.Total(steps) > 0)
        {
            Add(lines, item, charge, Exact.Add(units, -paid), steps);
        }

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

    // A plan that takes over in the middle of a period does not ask again for days of the same charge that were paid for beforehand,
    // under whichever plan; if more was paid than it asks, nothing is given back.
    private static IEnumerable<PriceStep> PaidAlready(DueItem item, FixedCharge charge, IReadOnlyCollection<BilledItem> billed)
    {
        if (!charge.Prorated || item.Phase.Number == 1 || item.From != item.Phase.FirstDay)
        {
            yield break;
        }

        foreach (var before in billed.Where(before => before.Key.Subscription == item.Life.Subscription
                     && before.Phase < item.Phase.Number && before.Days.Contains(item.From)
                     && before.Kind is DueKind.FixedInAdvance or DueKind.FixedIncrease))
        {
            var left = NodaTime.Period.DaysBetween(item.From, before.Days.End);
            foreach (var paid in before.Lines.Where(line => line.ChargeCode == charge.Code))
            {
                yield return new PriceStep(
                    $"Paid already for {left} of {before.Days.Days} days", -left, paid.Amount.Amount, before.Days.Days);
            }
        }
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
