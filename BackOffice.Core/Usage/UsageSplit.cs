using System.Text;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;

namespace BackOffice.Core.Usage;

/// <summary>Usage that is priced and rounded on its own.</summary>
/// <param name="Filter">The filter it met; null for what met none and has the charge's own price.</param>
/// <param name="Group">The values of the group keys, null where events lack the property; empty without group keys.</param>
public sealed record UsageGroup(ChargeFilter? Filter, IReadOnlyDictionary<string, string?> Group, Measured Measured)
{
    /// <summary>Nothing happened here: a price without a flat fee owes nothing.</summary>
    public bool IsEmpty => Measured is { Events: 0, WithoutValue: 0, Level: 0 };

    /// <summary>The values of group keys as lines name them, such as "model: gpt, region: none"; null without group keys.</summary>
    /// <remarks>No two groups share their words: a value that could be mistaken for a missing one, or for two, is in quotes.</remarks>
    public static string? InWords(IReadOnlyDictionary<string, string?> group) =>
        group.Count == 0 ? null : string.Join(", ", group.Select(pair => $"{pair.Key}: {InWords(pair.Value)}"));

    private static string InWords(string? value) => value switch
    {
        null => "none",
        _ when value == "none" || value.Contains(", ", StringComparison.Ordinal) || value.StartsWith('“') => $"“{value}”",
        _ => value,
    };
}

/// <summary>An event that does not count, and why.</summary>
public sealed record ExcludedUsage(UsageEvent Event, Exclusion Why);

/// <summary>Sorts the events of a charge into its filters and groups, and measures each.</summary>
/// <remarks>
/// The filter with most conditions wins, the first of equals; what meets none is measured for the charge's own price. Each distinct
/// combination of group values is measured on its own, a missing property being a value too (guide §2.3).
/// </remarks>
public sealed class UsageSplit
{
    private readonly Metric _metric;
    private readonly UsageWindow? _window;
    private readonly MeterNeeds _needs;
    private readonly IReadOnlyList<ChargeFilter> _filters;
    private readonly IReadOnlyList<string> _groupKeys;
    private readonly int[] _bySpecificity;
    private readonly Bucket?[] _plain; // By filter, where there are no group keys.
    private readonly Dictionary<string, Bucket> _grouped = new(StringComparer.Ordinal);
    private readonly List<ExcludedUsage> _excluded = [];

    /// <param name="groupKeys">The charge's group keys, also for filters that name none of their own.</param>
    /// <param name="window">See <see cref="Meter"/>.</param>
    /// <param name="needs">What the prices need to know.</param>
    public UsageSplit(
        Metric metric, IReadOnlyList<ChargeFilter> filters, IReadOnlyList<string> groupKeys, UsageWindow? window = null,
        MeterNeeds needs = MeterNeeds.Nothing)
    {
        (_metric, _filters, _groupKeys, _window, _needs) = (metric, filters, groupKeys, window, needs);
        _bySpecificity = [.. Enumerable.Range(0, filters.Count).OrderByDescending(i => filters[i].Conditions.Count)];
        _plain = new Bucket?[filters.Count + 1];
        for (var i = 0; i < _plain.Length; i++)
        {
            _plain[i] = KeysOf(i).Count == 0 ? new Bucket(i, [], NewMeter()) : null;
        }
    }

    /// <summary>What does not count, in the order it was added; events of other names are not listed.</summary>
    public IReadOnlyList<ExcludedUsage> Excluded => _excluded;

    /// <summary>
    /// The filters in their order, then the charge's own price; groups by their first event. A filter without group keys is there even
    /// without events, since its price may have a flat fee.
    /// </summary>
    public IReadOnlyList<UsageGroup> Groups =>
    [
        .. _plain.OfType<Bucket>().Concat(_grouped.Values).OrderBy(bucket => bucket.Filter).ThenBy(bucket => bucket.First)
            .Select(bucket => new UsageGroup(
                bucket.Filter < _filters.Count ? _filters[bucket.Filter] : null, GroupOf(bucket), bucket.Meter.Result)),
    ];

    /// <summary>Sorts events that are all there.</summary>
    public static UsageSplit Of(
        IEnumerable<UsageEvent> events, Metric metric, IReadOnlyList<ChargeFilter> filters, IReadOnlyList<string> groupKeys,
        UsageWindow? window = null, MeterNeeds needs = MeterNeeds.Nothing)
    {
        var split = new UsageSplit(metric, filters, groupKeys, window, needs);
        foreach (var usage in events)
        {
            split.Add(usage);
        }

        return split;
    }

    /// <summary>Whether an event belongs to the line that names this filter and this group.</summary>
    /// <param name="filter">In words, as the line has it; null for usage that met none.</param>
    /// <param name="group">In words, as the line has it; null without group keys.</param>
    public bool IsIn(UsageEvent usage, string? filter, string? group)
    {
        var met = FilterOf(usage);
        var values = KeysOf(met).ToDictionary(key => key, usage.TextOf, StringComparer.Ordinal);
        return (met < _filters.Count ? _filters[met].InWords : null) == filter && UsageGroup.InWords(values) == group;
    }

    /// <exception cref="ArithmeticException">A total needs more than 28 digits.</exception>
    public void Add(UsageEvent usage)
    {
        var excluded = Reading.Take(_metric, usage, out var reading);
        if (excluded == Exclusion.OtherName)
        {
            return;
        }

        if (_window?.Excludes(usage.At, _metric.Recurring) == true)
        {
            _excluded.Add(new(usage, Exclusion.OutsideWindow));
            return;
        }

        var bucket = BucketOf(usage);
        bucket.Note(reading);
        if (bucket.Meter.Add(usage, excluded, reading) is { } why)
        {
            _excluded.Add(new(usage, why));
        }
    }

    /// <summary>Adds what a store added up before for one set of properties.</summary>
    /// <param name="alike">An event with the properties that all of them share, and the time of the first.</param>
    /// <param name="carried">Whether it happened before the window and is carried in.</param>
    /// <exception cref="RuleBroken">Something is carried and the metric is not recurring.</exception>
    public void Merge(UsageEvent alike, MeterState state, bool carried = false)
    {
        var bucket = BucketOf(alike);
        bucket.Note(new Reading(alike.At, alike.Id, 0));
        if (carried)
        {
            bucket.Meter.Carry(state);
        }
        else
        {
            bucket.Meter.Merge(state);
        }
    }

    private Bucket BucketOf(UsageEvent usage)
    {
        var filter = FilterOf(usage);
        if (_plain[filter] is { } plain)
        {
            return plain;
        }

        var keys = KeysOf(filter);
        var name = new StringBuilder().Append(filter).Append(':');
        var values = new string?[keys.Count];
        for (var i = 0; i < keys.Count; i++)
        {
            // With its length before it, no value can be mistaken for two.
            values[i] = usage.TextOf(keys[i]);
            name.Append(values[i]?.Length ?? -1).Append(',').Append(values[i]);
        }

        var id = name.ToString();
        if (!_grouped.TryGetValue(id, out var bucket))
        {
            _grouped.Add(id, bucket = new Bucket(filter, values, NewMeter()));
        }

        return bucket;
    }

    private int FilterOf(UsageEvent usage)
    {
        foreach (var i in _bySpecificity)
        {
            if (_filters[i].Matches(usage, _metric.FilterKeys))
            {
                return i;
            }
        }

        return _filters.Count;
    }

    private IReadOnlyList<string> KeysOf(int filter) => filter < _filters.Count ? _filters[filter].GroupKeys ?? _groupKeys : _groupKeys;

    private Dictionary<string, string?> GroupOf(Bucket bucket)
    {
        var keys = KeysOf(bucket.Filter);
        return Enumerable.Range(0, keys.Count).ToDictionary(i => keys[i], i => bucket.Values[i], StringComparer.Ordinal);
    }

    private Meter NewMeter() => new(_metric, _window, _needs);

    private sealed class Bucket(int filter, string?[] values, Meter meter)
    {
        public int Filter => filter;

        public string?[] Values => values;

        public Meter Meter => meter;

        public Reading? First { get; private set; }

        public void Note(Reading reading) => First = First is { } first && first < reading ? first : reading;
    }
}
