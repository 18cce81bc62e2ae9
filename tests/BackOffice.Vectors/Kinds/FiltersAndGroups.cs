using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;
using NodaTime;

namespace BackOffice.Vectors.Kinds;

/// <summary>Events that are priced by what they carry: each filter and each group is a line of its own.</summary>
internal static class FiltersAndGroups
{
    public static void Run(Vector vector, Check check)
    {
        var input = vector.Input;
        var currency = Currency.Of(input["currency"].TextOrNull ?? "EUR");
        var filters = input["filters"].Items.Select(facts => (Filter: Filter(facts), Price: Price(facts["unit_price"]))).ToList();
        var events = input["events"].Items.Select((facts, i) => UsageFacts.Event(
            i, "event", facts["timestamp"].IsThere ? facts["timestamp"].Moment : NodaConstants.UnixEpoch, facts.Members)).ToList();
        var split = UsageSplit.Of(
            events, Metric(input["metric"]), [.. filters.Select(filter => filter.Filter)], Keys(input["group_by"]) ?? []);
        var groups = split.Groups.Where(group => !group.IsEmpty).ToList();
        var amounts = groups.Select(group => Money.Rounded(
            PriceOf(group.Filter).AmountFor(group.Measured.Quantity), currency)).ToList();

        check.That("lines", groups.Select((group, i) => Line(group, amounts[i])));
        check.IfExpected("total_cents", () => amounts.Sum(currency).MinorUnits);
        check.IfExpected("units", () => Exact.Sum(groups.Select(group => group.Measured.Quantity)));
        check.IfExpected("events_count", () => groups.Sum(group => group.Measured.Events));

        Price PriceOf(ChargeFilter? filter) =>
            filter is null ? Price(input["default_unit_price"])
            : filters.First(candidate => ReferenceEquals(candidate.Filter, filter)).Price;
    }

    private static Dictionary<string, object?> Line(UsageGroup group, Money amount)
    {
        var line = group.Group.ToDictionary(pair => pair.Key, pair => (object?)pair.Value, StringComparer.Ordinal);
        line["filter"] = group.Filter?.InWords;
        line["units"] = group.Measured.Quantity;
        line["events_count"] = group.Measured.Events;
        line["amount_cents"] = amount.MinorUnits;
        return line;
    }

    private static ChargeFilter Filter(Facts facts) => new(null, UsageFacts.Conditions(facts["match"]), Keys(facts["group_by"]));

    private static IReadOnlyList<string>? Keys(Facts keys) => keys.IsThere ? [.. keys.Items.Select(key => key.Text)] : null;

    private static PerUnitPrice Price(Facts unitPrice) => new(unitPrice.Number);

    // "sum of value", "count".
    private static Metric Metric(Facts words)
    {
        var parts = words.Text.Split(" of ");
        var aggregation = Enum.Parse<Aggregation>(parts[0].Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        return Core.Catalog.Metric.Create(
            "metric", "Metric", aggregation, aggregation == Aggregation.Count || parts.Length == 1 ? null : parts[1], "units");
    }
}
