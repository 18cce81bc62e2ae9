using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using NodaTime;

namespace BackOffice.Core.Rating;

/// <summary>Usage that is billed when it happens: by what each event adds to the price of the period so far (guide §3.2).</summary>
/// <remarks>Fewer units give nothing back, what comes back is not billed twice; a new period bills what is there.</remarks>
internal sealed class AdvanceRater(IReadOnlyDictionary<MetricId, Metric> metrics, IUsageReading usage)
{
    public IEnumerable<RatedItem> Due(SubscriptionLife life, Instant through, Instant? after = null)
    {
        foreach (var phase in life.Phases)
        {
            foreach (var charge in phase.Terms.Charges.Where(charge => charge.Settings.PayInAdvance))
            {
                foreach (var window in DueItems.UsageWindows(life, phase, through, after))
                {
                    foreach (var rated in InWindow(window, charge).TakeWhile(rated => rated.Item.DueAt <= through))
                    {
                        if (life.Bills(rated.Item.DueAt) && !(rated.Item.DueAt <= after))
                        {
                            yield return rated;
                        }
                    }
                }
            }
        }
    }

    private IEnumerable<RatedItem> InWindow(DueItem window, Charge charge)
    {
        var metric = metrics[charge.MetricId];
        var measured = UsageWindow.Of(window.Moments, window.Shown, window.Whole, window.Life.Zone);
        var question = new UsageQuestion(window.Life.Subscription, charge, metric, measured, MeterNeeds.Advance);
        var lines = usage.Events(question)
            .Select(usage => Placed(usage, metric, charge)).OfType<PlacedEvent>()
            .GroupBy(placed => placed.Place, StringComparer.Ordinal)
            .SelectMany(group => new Bucket(window, charge, metric, measured, [.. group]).Lines())
            .OrderBy(rated => rated.Item.DueAt).ThenBy(rated => rated.Item.Part, StringComparer.Ordinal);
        return charge.Settings.Maximum is { } maximum ? Within(maximum, lines) : lines;
    }

    // The most a charge costs is for the whole period: events are billed until it is reached, over all filters and groups.
    private static List<RatedItem> Within(Money maximum, IEnumerable<RatedItem> lines)
    {
        var (spent, limited) = (new ShareSum(), new List<RatedItem>());
        foreach (var (item, asked) in lines)
        {
            var billed = new List<RatedLine>();
            foreach (var line in asked)
            {
                if (line.Within(maximum, ref spent) is { ExactAmount: not 0 } some)
                {
                    billed.Add(some);
                }
            }

            limited.Add(new RatedItem(item, billed));
        }

        return limited;
    }

    // The split of one event says where it belongs, by the same rules as the split of a month.
    private static PlacedEvent? Placed(UsageEvent usage, Metric metric, Charge charge)
    {
        if (Reading.Take(metric, usage, out var reading) is not null)
        {
            return null;
        }

        var filters = charge.Settings.Filters.Select(filter => filter.Filter).ToList();
        var group = UsageSplit.Of([usage], metric, filters, charge.Settings.GroupKeys).Groups.First(group => group.Measured.Events > 0);
        var place = filters.IndexOf(group.Filter!) + ":" + string.Join('\u001f', group.Group.Select(pair => pair.Value ?? "\u001e"));
        return new PlacedEvent(usage, reading, group, place);
    }

    private sealed record PlacedEvent(UsageEvent Event, Reading Reading, UsageGroup Group, string Place);

    private sealed class Bucket(DueItem window, Charge charge, Metric metric, UsageWindow measured, IReadOnlyList<PlacedEvent> events)
    {
        private readonly ChargeFilter? _filter = events[0].Group.Filter;
        private readonly Price _price = events[0].Group.Filter is { } filter
            ? charge.Settings.Filters.First(f => f.Filter == filter).Price
            : charge.Price;

        public IEnumerable<RatedItem> Lines()
        {
            var (before, inside) = (new List<Reading>(), new List<Reading>());
            foreach (var placed in events)
            {
                (placed.Event.At < measured.When.Start ? before : inside).Add(placed.Reading);
            }

            var carried = before.Aggregate(MeterState.Empty(metric.Aggregation), (state, reading) => state.With(reading));
            var effective = metric.Aggregation == Aggregation.UniqueCount ? ItemToggles.Effective(inside, carried as ItemsState) : inside;
            var units = new Units(0);
            if (metric.Recurring && carried.Level > 0)
            {
                var opening = new Units(carried.Level, carried.Events) { Values = ValuesOf(before) };
                yield return Line(ItemKey.Renewal, measured.When.Start, units, opening, carried.Level);
                units = opening;
            }

            foreach (var (reading, billed) in HighWater.Of(effective, metric.Recurring ? carried.Level : 0).Billed)
            {
                var after = new Units(Exact.Add(units.Quantity, billed), units.Events + 1)
                {
                    Values = _price.ReadsEvents ? [.. units.Values, reading.Value] : [],
                    CarriedAmount = Exact.Add(units.CarriedAmount, CarriedBy(reading.Id)),
                };
                yield return Line(reading.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), reading.At, units, after, billed);
                units = after;
            }
        }

        private IReadOnlyList<decimal> ValuesOf(List<Reading> readings) =>
            _price.ReadsEvents ? [.. readings.Select(reading => reading.Value)] : [];

        private decimal CarriedBy(long id) => Exact.DividePowerOfTen(
            events.First(placed => placed.Reading.Id == id).Event.NumberOf(UsageEvent.CarriedAmountProperty) ?? 0,
            window.Phase.Terms.Currency.Scale);

        private RatedItem Line(string part, Instant at, Units before, Units after, decimal billed)
        {
            var day = LocalDate.Max(window.Life.DayOf(at), window.From);
            var byTheDay = charge.Settings.Prorated && metric.Recurring;
            var days = byTheDay ? Math.Max(0, NodaTime.Period.DaysBetween(day, window.From.PlusDays(window.Days))) : 0;
            var item = window with
            {
                Kind = DueKind.UsageInAdvance,
                Part = metric.Code + ":" + part + (events[0].Place == "-1:" ? "" : ":" + events[0].Place),
                From = day,
                Days = Math.Max(1, days),
                DueAt = at,
            };
            var steps = _price.Delta(before, after);
            if (byTheDay && _price.CanProrate)
            {
                steps = days == 0 ? [] : [.. steps.Select(step => step.For(days, window.Whole.Days))];
            }

            var words = _price.InWords(window.Phase.Terms.Currency);
            var line = LineMaker.Line(item, LineKind.Usage, charge.Name, words, steps, billed, metric, new Measured(billed, 1, 0));
            return new RatedItem(item, line.ExactAmount <= 0
                ? []
                : [UsageRater.Named(line, _filter, events[0].Group.Group, charge) with { InAdvance = true }]);
        }
    }
}
