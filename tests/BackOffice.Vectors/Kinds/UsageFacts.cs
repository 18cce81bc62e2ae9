using System.Globalization;
using System.Text.Json;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using NodaTime;
using Period = BackOffice.Core.Common.Period;

namespace BackOffice.Vectors.Kinds;

/// <summary>Usage as vectors write it: metrics, periods, events.</summary>
internal static class UsageFacts
{
    private const string Item = "item";
    private const string Value = "value";

    /// <param name="name">The aggregation, such as unique_count.</param>
    /// <param name="words">What else says that units are carried on.</param>
    public static Metric Metric(string name, string words, Facts input)
    {
        var aggregation = Enum.Parse<Aggregation>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        var recurring = aggregation.MayRecur() && (input["recurring"].Flag || input["opening_units"].IsThere
            || words.Contains("recurring", StringComparison.Ordinal) || words.Contains("prorated", StringComparison.Ordinal));
        var property = aggregation switch
        {
            Aggregation.Count => null,
            Aggregation.UniqueCount => input["field"].TextOrNull ?? Item,
            _ => input["field"].TextOrNull ?? Value,
        };
        var how = new Measuring { Recurring = recurring, Rounding = Rounding(input["rounding"]) };
        return Core.Catalog.Metric.Create("metric", "Metric", aggregation, property, "units", null, how);
    }

    public static QuantityRounding? Rounding(Facts rounding) => rounding["function"].TextOrNull is { } function and not "none"
        ? new QuantityRounding(Enum.Parse<RoundingFunction>(function, ignoreCase: true), rounding["precision"].WholeOrNull ?? 0)
        : null;

    public static UsageWindow Window(Facts input)
    {
        var facts = input["period"];
        var zone = Zone.Of((facts["timezone"].TextOrNull ?? input["timezone"].TextOrNull) ?? "UTC");
        var from = Start(facts["from"], zone);
        var to = facts["to_exclusive"].IsThere ? Start(facts["to_exclusive"], zone) : End(facts["to"], zone);
        var days = UsageWindow.Of(new Interval(from, to), zone).Billed;
        var whole = facts["full_period_days"].WholeOrNull is { } length ? new Period(days.Start, days.Start.PlusDays(length)) : days;
        var start = facts["subscription_start"] is { IsThere: true } subscription ? Instant.Max(from, Start(subscription, zone)) : from;
        return UsageWindow.Of(new Interval(start, to), zone, whole);
    }

    public static IReadOnlyList<UsageEvent> Events(Facts input, string? property) =>
        [.. input["events"].Items.Concat(input["operations"].Items).OrderBy(Stored).Select((facts, i) => Event(facts, i, property))];

    /// <summary>An event whose members are its properties.</summary>
    public static UsageEvent Event(long id, string name, Instant at, IEnumerable<(string Name, Facts Value)> properties)
    {
        var numbers = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (property, value) in properties.Where(property => property.Value.IsThere))
        {
            if (value.Element.ValueKind == JsonValueKind.String)
            {
                texts[property] = value.Text;
            }
            else
            {
                numbers[property] = value.Number;
            }
        }

        return new(id, name, at, numbers, texts);
    }

    public static IReadOnlyList<FilterCondition> Conditions(Facts match) =>
        [.. match.Members.Select(member => new FilterCondition(member.Name, Values(member.Value)))];

    private static IReadOnlyList<string>? Values(Facts values) => values.IsList ? [.. values.Items.Select(value => value.Text)]
        : values.Text.StartsWith("__ALL_FILTER_VALUES__", StringComparison.Ordinal) ? null
        : [values.Text];

    // Without a time of storing, the order of the list is that of storing.
    private static Instant Stored(Facts facts) =>
        facts["created_at"].TextOrNull is not null ? facts["created_at"].Moment : Instant.MinValue;

    private static UsageEvent Event(Facts facts, int id, string? property)
    {
        var own = facts[Value].IsThere ? [(property ?? Value, facts[Value])] : Array.Empty<(string, Facts)>();
        var item = facts[Item].IsThere ? [(property ?? Item, facts[Item])] : Array.Empty<(string, Facts)>();
        var operation = facts["op"].IsThere ? [(UsageEvent.OperationProperty, facts["op"])] : Array.Empty<(string, Facts)>();
        return Event(id, "event", facts["timestamp"].Moment, [.. facts["properties"].Members, .. own, .. item, .. operation]);
    }

    private static Instant Start(Facts facts, DateTimeZone zone) => facts.IsDay
        ? new Period(facts.Day, facts.Day.PlusDays(1)).In(zone).Start
        : facts.Moment;

    // An inclusive end: the last day, or the last second.
    private static Instant End(Facts facts, DateTimeZone zone) => facts.IsDay
        ? new Period(facts.Day, facts.Day.PlusDays(1)).In(zone).End
        : facts.Moment + (facts.Text.EndsWith(":59Z", StringComparison.Ordinal) ? Duration.FromSeconds(1) : Duration.Epsilon);
}
