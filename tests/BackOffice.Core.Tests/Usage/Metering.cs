using System.Globalization;
using BackOffice.Core.Catalog;
using BackOffice.Core.Usage;
using NodaTime.Text;

namespace BackOffice.Core.Tests.Usage;

/// <summary>Short ways to write metrics, periods and events.</summary>
internal static class Metering
{
    /// <summary>How many random cases a law is tried on.</summary>
    public const int Cases = 2000;

    public static readonly DateTimeZone Utc = DateTimeZone.Utc;

    public static readonly DateTimeZone BerlinZone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    /// <summary>June 2025: 30 days.</summary>
    public static readonly UsageWindow June = Whole("2025-06-01", "2025-06-30");

    public static UsageWindow Whole(string first, string last, DateTimeZone? zone = null) =>
        UsageWindow.Of(Days(first, last), Days(first, last), zone ?? Utc);

    public static Instant At(string iso) => InstantPattern.ExtendedIso.Parse(iso.Contains('T') ? iso : iso + "T00:00:00Z").Value;

    public static Metric MetricOf(Aggregation aggregation, bool recurring = false, QuantityRounding? rounding = null) => Metric.Create(
        "metric", "Metric", aggregation, aggregation == Aggregation.Count ? null : "v", "units", null,
        new Measuring { Recurring = recurring, Rounding = rounding });

    /// <summary>Events as "2025-06-05 3" or "2025-06-05T12:00:00Z +seat" or "2025-06-05 -seat"; stored in this order.</summary>
    public static IReadOnlyList<UsageEvent> Events(params string[] lines) => [.. lines.Select((line, i) => Event(i + 1, line))];

    public static UsageEvent Event(long id, string line)
    {
        var (at, value) = (At(line.Split(' ')[0]), line.Split(' ')[1]);
        return decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Numbered(id, at, number)
            : Texted(id, at, ("v", value[1..]), (UsageEvent.OperationProperty, value[0] == '+' ? "add" : "remove"));
    }

    public static UsageEvent Numbered(long id, Instant at, decimal value) =>
        new(id, "event", at, new Dictionary<string, decimal> { ["v"] = value });

    public static UsageEvent Texted(long id, Instant at, params (string Name, string Value)[] texts) =>
        new(id, "event", at, new Dictionary<string, decimal>(), texts.ToDictionary(text => text.Name, text => text.Value));

    public static Measured Measure(
        Metric metric, UsageWindow? window, IEnumerable<UsageEvent> events, MeterNeeds needs = MeterNeeds.Nothing)
    {
        var meter = new Meter(metric, window, needs);
        foreach (var usage in events)
        {
            meter.Add(usage);
        }

        return meter.Result;
    }
}
