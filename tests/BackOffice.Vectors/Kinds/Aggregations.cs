using System.Globalization;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;

namespace BackOffice.Vectors.Kinds;

internal static class Aggregations
{
    /// <summary>How other systems show shares of days: rounded up. Ours are exact; only the comparison is rounded.</summary>
    private static readonly QuantityRounding ShownShare = new(RoundingFunction.Ceil, 5);

    private static readonly Currency Euro = Currency.Of("EUR");

    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("count", Quantity),
        new("sum", Quantity),
        new("sum (recurring)", Quantity),
        new("max", Quantity),
        new("latest", Quantity),
        new("unique_count", Quantity),
        new("weighted_sum", Quantity),
        new("sum (prorated)", Share),
        new("sum (prorated, current usage)", Share),
        new("unique_count (prorated)", Share),
        new("rounding", Rounding),
        new("sum (pay in advance, billed units of one event)", OneEvent),
        new("sum (prorated, pay in advance, one event)", OneProratedEvent),
        new("sum (current usage, pay in advance)", UnitsSoFar),
        new("sum (prorated, pay in advance, on the billing day)", Renewal),
        new("sum (recurring, prorated, pay in advance) + standard 29.00", InAdvance),
        new("unique_count (recurring, prorated, pay in advance) + standard 1.00", InAdvance),
        new("unique_count (recurring, pay in advance, not prorated) + standard 1.00", InAdvance),
        new("filters_and_groups", FiltersAndGroups.Run),
    ];

    private static void Quantity(Vector vector, Check check)
    {
        var measured = Measure(vector, MeterNeeds.Values);
        var expected = vector.Expected;
        var shown = expected["rounded_to"].WholeOrNull is { } places
            ? new QuantityRounding(RoundingFunction.Round, places).Of(measured.Exact)
            : measured.Quantity;
        check.IsProse("rounding", "rounded_to");
        check.IfExpected("value", () => shown);
        check.IfExpected("exact", () => Like(measured.Exact, expected["exact"].Text));
        check.IfExpected("events_count", () => measured.Events);
        check.IfExpected("total_units_at_end", () => measured.Level);
        check.IfExpected("running_total", () => RunningTotal.Of(
            measured.Values,
            vector.Input["free_units_per_events"].WholeOrNull ?? 0,
            vector.Input["free_units_per_total_aggregation"].NumberOrNull ?? 0));
    }

    private static void Share(Vector vector, Check check)
    {
        var measured = Measure(vector, MeterNeeds.Days);
        check.IsProse("rounding");
        check.IfExpected("value", () => ShownShare.Of(measured.Prorated));
        check.IfExpected("exact", () => Like(measured.Prorated, vector.Expected["exact"].Text));
        check.IfExpected("events_count", () => measured.Events);
        check.IfExpected("units", () => measured.Level);
        check.IfExpected("total_units_at_end", () => measured.Level);
    }

    private static void Rounding(Vector vector, Check check)
    {
        var units = vector.Input["units"].Number;
        check.That("value", UsageFacts.Rounding(vector.Input)?.Of(units) ?? units);
    }

    private static void OneEvent(Vector vector, Check check) =>
        check.That("billed_units", BilledUnits(vector, vector.Input["event_value"]));

    private static void OneProratedEvent(Vector vector, Check check)
    {
        var window = UsageFacts.Window(vector.Input);
        var usage = vector.Input["event"];
        var days = window.DaysFrom(window.DayOf(usage["timestamp"].Moment));
        var part = new Quotient(BilledUnits(vector, usage["value"]), window.Whole.Days).Times(days);
        check.That("billed_units", ShownShare.Of(part));
    }

    private static decimal BilledUnits(Vector vector, Facts value) => HighWater.BilledUnits(
        vector.Input["running_total_before"].NumberOrNull ?? 0,
        vector.Input["max_running_total_in_period_before"].NumberOrNull ?? 0,
        value.Number);

    private static void UnitsSoFar(Vector vector, Check check)
    {
        var inPeriod = vector.Input["event_values_in_period"].Items.Select(value => value.Number);
        check.That("billable_units", HighWater.UnitsSoFar(
            vector.Input["recurring_units_before_period"].NumberOrNull ?? 0,
            Exact.Sum(inPeriod),
            vector.Input["cached_current"].NumberOrNull ?? 0,
            vector.Input["cached_max"].NumberOrNull ?? 0));
    }

    private static void Renewal(Vector vector, Check check)
    {
        var carried = MeterState.Opening(Aggregation.Sum, vector.Input["opening_units"].NumberOrNull ?? 0);
        var state = MeterState.Empty(Aggregation.Sum);
        foreach (var (value, i) in vector.Input["events_in_period"].Items.Select((value, i) => (value, i)))
        {
            state = state.With(value.Number, default, i);
        }

        check.That("value", state.Finish(null, carried).Value);
    }

    private static void InAdvance(Vector vector, Check check)
    {
        var days = vector.Kind.Contains("not prorated", StringComparison.Ordinal) ? MeterNeeds.Nothing : MeterNeeds.Days;
        var measured = Measure(vector, MeterNeeds.Advance | days);
        var price = new PerUnitPrice(decimal.Parse(vector.Kind[(vector.Kind.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
        check.That("current_usage_cents", Money.Rounded(price.AmountFor(measured.ToUnits(Euro)), Euro).MinorUnits);
        check.That("units", measured.Level);
    }

    private static Measured Measure(Vector vector, MeterNeeds needs)
    {
        var input = vector.Input;
        var metric = UsageFacts.Metric(vector.Kind.Split(' ')[0], vector.Kind, input);
        var window = UsageFacts.Window(input);
        var events = UsageFacts.Events(input, metric.Property);
        var meter = new Meter(metric, window, needs);
        if (input["opening_units"].NumberOrNull is { } opening)
        {
            meter.Carry(MeterState.Opening(metric.Aggregation, opening));
        }

        var filter = input["filter"].IsThere ? new ChargeFilter(null, UsageFacts.Conditions(input["filter"])) : null;
        foreach (var usage in events.Where(usage => filter?.Matches(usage, metric.FilterKeys) != false))
        {
            meter.Add(usage);
        }

        return meter.Result;
    }

    /// <summary>Our quotient over the denominator the vector shows, so that 31/31 and 1 can be compared as they are written.</summary>
    private static string Like(Quotient quotient, string shown)
    {
        var denominator = shown.Split('/') is [_, var below] ? decimal.Parse(below, CultureInfo.InvariantCulture) : 1;
        var numerator = Exact.Multiply(quotient.Numerator, denominator) / quotient.Denominator;
        var isFraction = shown.Contains('/', StringComparison.Ordinal);
        return isFraction ? new Quotient(numerator, denominator).ToString() : Quotient.Of(numerator).ToString();
    }
}
