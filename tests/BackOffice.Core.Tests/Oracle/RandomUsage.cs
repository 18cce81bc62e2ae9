using BackOffice.Core.Catalog;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Random events for every way of measuring, with the properties that filters, groups and items read.</summary>
internal static class RandomUsage
{
    /// <summary>Where accounts begin.</summary>
    public static readonly Instant Begin = Instant.FromUtc(2023, 10, 3, 9, 17);

    private static readonly FilterKey[] Keys = [new("region", ["eu", "us", "asia"]), new("model", ["large", "small"])];

    private static readonly string?[] Regions = ["eu", "us", "asia", "mars", null];

    private static readonly string?[] Models = ["large", "small", null];

    public static readonly Metric[] Metrics =
    [
        Metric.Create("calls", "Calls", Aggregation.Count, null, "calls", "calls", new Measuring { FilterKeys = Keys }),
        Metric.Create("tokens", "Tokens", Aggregation.Sum, "units", "tokens", "tokens", new Measuring { FilterKeys = Keys }),
        Metric.Create("peak", "Peak", Aggregation.Max, "units", "users", "peak"),
        Metric.Create("disk", "Disk", Aggregation.WeightedSum, "units", "GB", "disk"),
        Metric.Create("state", "State", Aggregation.Latest, "units", "units", "state"),
        Metric.Create("licences", "Licences", Aggregation.Sum, "units", "licences", "licences", new Measuring { Recurring = true }),
        Metric.Create("people", "People", Aggregation.UniqueCount, "who", "people", "people", new Measuring { Recurring = true }),
        Metric.Create("visitors", "Visitors", Aggregation.UniqueCount, "who", "visitors", "visitors"),
        Metric.Create("storage", "Storage", Aggregation.WeightedSum, "units", "GB", "storage", new Measuring { Recurring = true }),
    ];

    /// <summary>The events of one subscription in order of storing, which is not the order of time.</summary>
    public static readonly Gen<IReadOnlyList<UsageEvent>> Events =
        Gen.Select(
            Gen.Int[0, Metrics.Length - 1], Gen.Int[0, 700 * 24 * 60], Gen.Int[-100, 3_000], Gen.Int[0, 900],
            Gen.Int[0, Regions.Length - 1], Gen.Int[0, Models.Length - 1], Gen.Int[0, 5], Gen.Int[0, 2])
        .Array[0, 120]
        .Select(all => (IReadOnlyList<UsageEvent>)
            [.. all.Select((e, i) => Event(i, Metrics[e.Item1], e.Item2, e.Item3, e.Item4, Texts(e.Item5, e.Item6, e.Item7, e.Item8)))]);

    private static UsageEvent Event(
        int id, Metric metric, int minutes, int units, int carried, Dictionary<string, string> texts) =>
        new(id, metric.EventName!, Begin + Duration.FromMinutes(minutes), new Dictionary<string, decimal>
        {
            ["units"] = metric.Recurring ? (units - 1_000) / 20m : (metric.Code is "tokens" or "peak" ? Math.Max(0, units) : units) / 10m,
            [UsageEvent.CarriedAmountProperty] = carried / 7 / 4m,
        }, texts);

    private static Dictionary<string, string> Texts(int region, int model, int who, int operation)
    {
        var texts = new Dictionary<string, string> { ["who"] = $"person {who}" };
        Add(texts, "region", Regions[region]);
        Add(texts, "model", Models[model]);
        Add(texts, UsageEvent.OperationProperty, operation switch { 0 => null, 1 => "add", _ => "remove" });
        return texts;
    }

    private static void Add(Dictionary<string, string> texts, string key, string? value)
    {
        if (value is not null)
        {
            texts[key] = value;
        }
    }
}
