using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Fixed charges whose units change over time (guide §4).</summary>
internal static class NaiveFixed
{
    public static IEnumerable<NaiveLine> InAdvance(NaiveItem item, IReadOnlyList<NaiveItem> before)
    {
        foreach (var charge in item.Phase.Terms.Settings.FixedCharges.Where(charge => charge.PayInAdvance))
        {
            var amount = Cost(charge, Units(item, charge, item.From, item.DueAt), item);
            if (charge.Prorated)
            {
                amount -= PaidAlready(item, charge.Code, before);
            }

            if (amount > 0)
            {
                yield return Line(item, charge, amount);
            }
        }
    }

    /// <summary>By the day each day has its own units; otherwise the last ones in full.</summary>
    public static IEnumerable<NaiveLine> InArrears(NaiveItem item)
    {
        foreach (var charge in item.Phase.Terms.Settings.FixedCharges.Where(charge => !charge.PayInAdvance))
        {
            var days = Enumerable.Range(0, item.Days).Select(item.From.PlusDays).ToList();
            var units = days.Select(day => (Fraction)Units(item, charge, day, Instant.MaxValue)).ToList();
            var amount = charge.Prorated
                ? NaiveDays.Of(charge.Price, units, item.Whole.Days, units[^1], units.Max())
                : NaivePrices.ForDays(charge.Price, units[^1], 1);
            if (amount > 0)
            {
                yield return Line(item, charge, amount);
            }
        }
    }

    /// <summary>More units than were paid for: the difference, at once. Fewer give nothing back.</summary>
    public static IEnumerable<NaiveLine> Increase(NaiveItem item)
    {
        var (paid, change) = (item.Of!, item.Change!);
        var charge = item.Phase.Terms.Settings.FixedCharges.Single(charge => charge.Code == change.Code);
        var most = item.Life.UnitChanges
            .Where(other => other.Code == change.Code && item.Whole.Contains(other.From)
                && NaiveItems.MomentOf(item.Life, other) > paid.DueAt && NaiveItems.MomentOf(item.Life, other) < item.DueAt)
            .Select(other => other.Units).Append(Units(item, charge, paid.From, paid.DueAt)).Max();
        var amount = Cost(charge, change.Units, item) - Cost(charge, most, item);
        if (change.Units > most && amount > 0)
        {
            yield return Line(item, charge, amount);
        }
    }

    private static Fraction Cost(FixedCharge charge, decimal units, NaiveItem item) =>
        NaivePrices.ForDays(charge.Price, units, charge.Prorated ? item.Share : 1);

    private static decimal Units(NaiveItem item, FixedCharge charge, LocalDate day, Instant known) => item.Life.UnitChanges
        .Where(change => change.Code == charge.Code && change.From <= day && change.KnownAt <= known)
        .OrderBy(change => change.From).ThenBy(change => change.KnownAt)
        .Select(change => change.Units).Prepend(charge.Units).Last();

    // Days that the plans before were paid for beforehand are not asked for again.
    private static Fraction PaidAlready(NaiveItem item, string code, IReadOnlyList<NaiveItem> before)
    {
        if (item.From != item.Phase.FirstDay)
        {
            return 0;
        }

        return before
            .Where(old => old.Life == item.Life && old.Phase.Number < item.Phase.Number && old.Shown.Contains(item.From)
                && old.Kind is DueKind.FixedInAdvance or DueKind.FixedIncrease)
            .SelectMany(old => old.Lines.Where(line => line.Charge == code).Select(line =>
                new Fraction(line.Amount, 1) * NodaTime.Period.DaysBetween(item.From, old.Shown.End) / old.Shown.Days))
            .Aggregate(Fraction.Zero, (sum, paid) => sum + paid) / item.Phase.Terms.Currency.Scale;
    }

    private static NaiveLine Line(NaiveItem item, FixedCharge charge, Fraction amount) =>
        NaiveLine.Of(item, charge.Name, amount, charge: charge.Code, taxes: charge.TaxCodes);
}
