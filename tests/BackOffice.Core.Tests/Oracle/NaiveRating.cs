using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>The lines of an item: fractions until the very end, where each line is rounded once.</summary>
internal sealed class NaiveRating(IReadOnlyDictionary<MetricId, Metric> metrics, IReadOnlyList<IReadOnlyList<UsageEvent>> usage)
{
    public IEnumerable<NaiveLine> Lines(NaiveItem item, IReadOnlyList<NaiveItem> before) => item.Kind switch
    {
        DueKind.BaseFee => BaseFee(item),
        DueKind.FixedInAdvance => Fixed(item, before, true),
        DueKind.FixedInArrears => Fixed(item, before, false),
        DueKind.Usage => item.Phase.Terms.Charges.SelectMany(charge => Usage(item, charge)),
        DueKind.TrueUp => TrueUp(item, before),
        _ => [],
    };

    private static IEnumerable<NaiveLine> BaseFee(NaiveItem item)
    {
        var terms = item.Phase.Terms;
        if (terms.BaseFee.MinorUnits > 0)
        {
            yield return Line(item, terms.Settings.InvoiceName, terms.BaseFee.Amount * item.Share);
        }
    }

    private static IEnumerable<NaiveLine> Fixed(NaiveItem item, IReadOnlyList<NaiveItem> before, bool inAdvance)
    {
        foreach (var charge in item.Phase.Terms.Settings.FixedCharges.Where(charge => charge.PayInAdvance == inAdvance))
        {
            var amount = NaivePrices.ForDays(charge.Price, charge.Units, charge.Prorated ? item.Share : 1);
            if (inAdvance && charge.Prorated)
            {
                amount -= PaidAlready(item, charge.Code, before);
            }

            if (amount > 0)
            {
                yield return Line(item, charge.Name, amount, charge: charge.Code, taxes: charge.TaxCodes);
            }
        }
    }

    // Days that the plan before was paid for beforehand are not asked for again.
    private static Fraction PaidAlready(NaiveItem item, string code, IReadOnlyList<NaiveItem> before)
    {
        foreach (var old in before.Where(old => item.Phase.Number > 1 && item.From == item.Phase.FirstDay && old.Life == item.Life
                     && old.Phase.Number == item.Phase.Number - 1 && old.Kind == DueKind.FixedInAdvance && old.Shown.Contains(item.From)))
        {
            if (old.Lines.FirstOrDefault(line => line.Charge == code) is { } paid)
            {
                var left = NodaTime.Period.DaysBetween(item.From, old.Shown.End);
                return new Fraction(paid.Amount, 1) * left / old.Shown.Days / item.Phase.Terms.Currency.Scale;
            }
        }

        return 0;
    }

    private IEnumerable<NaiveLine> Usage(NaiveItem item, Charge charge)
    {
        var metric = metrics[charge.MetricId];
        var events = usage[item.LifeNumber].Where(e => e.Name == metric.EventName && item.UsageFrom <= e.At && e.At < item.UsageTo)
            .OrderBy(e => e.At).ThenBy(e => e.Id).ToList();
        var amount = NaivePrices.Of(charge.Price, Measure(item, metric, events));
        if (charge.Settings.Maximum is { } most)
        {
            amount = Fraction.Min(amount, most.Amount);
        }

        var spent = 0L;
        if (amount > 0 || events.Count > 0)
        {
            var line = Line(item, charge.Name, amount, metric.Code, metric.Code, charge.Settings.TaxCodes);
            spent = line.Amount;
            yield return line;
        }

        if (charge.Settings.Minimum is { } least && item.Days > 0)
        {
            var missing = ((Fraction)least.MinorUnits * item.Share) - spent;
            if (missing.Rounded() > 0)
            {
                yield return Line(
                    item, $"{charge.Name}: minimum", missing / least.Currency.Scale, metric.Code, metric.Code, charge.Settings.TaxCodes);
            }
        }
    }

    private static NaiveUnits Measure(NaiveItem item, Metric metric, List<UsageEvent> events)
    {
        var values = events.Select(e => metric.Aggregation == Aggregation.Count ? 1 : e.Numbers["units"]).ToList();
        var carried = events.Aggregate(Fraction.Zero, (sum, e) => sum + e.Numbers[UsageEvent.CarriedAmountProperty]);
        var sum = values.Aggregate(Fraction.Zero, (all, value) => all + value);
        var whole = NaiveItems.StartOf(item.Life, item.Whole.End) - NaiveItems.StartOf(item.Life, item.Whole.Start);
        var quantity = metric.Aggregation switch
        {
            Aggregation.Max => values.Select(value => (Fraction)value).Append(0).Max(),
            Aggregation.Latest => values.Count == 0 ? 0 : Fraction.Max(0, values[^1]),
            Aggregation.WeightedSum => events.Aggregate(Fraction.Zero, (level, e) =>
                level + (e.Numbers["units"] * Ticks(item.UsageTo - e.At) / Ticks(whole))),
            _ => sum,
        };
        return new NaiveUnits(quantity, events.Count, values, carried / item.Phase.Terms.Currency.Scale);
    }

    private static Fraction Ticks(Duration time) => time.BclCompatibleTicks;

    private static IEnumerable<NaiveLine> TrueUp(NaiveItem item, IReadOnlyList<NaiveItem> before)
    {
        var promised = item.Phase.Terms.Settings.Commitment!;
        var spent = before
            .Where(other => other.Life == item.Life && other.Phase == item.Phase && item.Whole.Contains(other.From)
                && other.Kind is not (DueKind.TrueUp or DueKind.UnusedFee))
            .SelectMany(other => other.Lines).Sum(line => line.Amount);
        var missing = ((Fraction)promised.Amount.MinorUnits * item.Share) - spent;
        if (missing.Rounded() > 0)
        {
            yield return Line(item, promised.Name, missing / promised.Amount.Currency.Scale, taxes: promised.TaxCodes);
        }
    }

    private static NaiveLine Line(
        NaiveItem item, string name, Fraction amount, string? metric = null, string? charge = null, IReadOnlyList<string>? taxes = null)
    {
        var terms = item.Phase.Terms;
        return new NaiveLine(
            name, item.Shown, (amount * terms.Currency.Scale).Rounded(), terms.PlanCode, metric, charge,
            taxes is { Count: > 0 } ? taxes : terms.Settings.TaxCodes);
    }
}
