using System.Collections.Immutable;
using BackOffice.Core.Common;

namespace BackOffice.Core.Usage;

/// <summary>The last thing that happened to each item: an item is there when it was added last.</summary>
/// <remarks>
/// Adding what is there and removing what is not change nothing, so the last event of an item decides alone, and parts can be merged in
/// any order. It grows with the number of items; a store keeps a row for each.
/// </remarks>
public sealed record ItemsState : MeterState
{
    private ItemsState(ImmutableDictionary<string, Reading> last, long count) => (Last, Count) = (last, count);

    public static new ItemsState Empty { get; } = new(ImmutableDictionary.Create<string, Reading>(StringComparer.Ordinal), 0);

    /// <summary>The last event of each item.</summary>
    public ImmutableDictionary<string, Reading> Last { get; }

    public long Count { get; }

    public override long Events => Count;

    public override decimal Level => Last.Values.Count(reading => !reading.Removes);

    /// <summary>A state from the rows of a store.</summary>
    /// <param name="last">The last event of each item.</param>
    /// <param name="events">How many events there were in all.</param>
    public static ItemsState Of(IEnumerable<Reading> last, long events)
    {
        var state = Empty.Last.ToBuilder();
        foreach (var reading in last)
        {
            Keep(state, reading);
        }

        return new(state.ToImmutable(), events);
    }

    public override MeterState With(Reading reading)
    {
        var item = reading.Item ?? throw new ArgumentException("Items are counted by their names; this reading has none.", nameof(reading));
        return new ItemsState(Last.TryGetValue(item, out var known) && known > reading ? Last : Last.SetItem(item, reading), Count + 1);
    }

    public override MeterState Merge(MeterState other)
    {
        var that = Same<ItemsState>(other);
        var (large, small) = Last.Count >= that.Last.Count ? (Last, that.Last) : (that.Last, Last);
        var merged = large.ToBuilder();
        foreach (var reading in small.Values)
        {
            Keep(merged, reading);
        }

        return new ItemsState(merged.ToImmutable(), Count + that.Count);
    }

    public override Quotient Finish(UsageWindow? window = null, MeterState? carried = null) =>
        Quotient.Of(carried is null ? Level : carried.Merge(this).Level);

    public bool Equals(ItemsState? other) => other is not null && Count == other.Count && Last.Count == other.Last.Count
        && Last.All(pair => other.Last.TryGetValue(pair.Key, out var reading) && reading == pair.Value);

    public override int GetHashCode() => HashCode.Combine(Count, Last.Count);

    private static void Keep(ImmutableDictionary<string, Reading>.Builder items, Reading reading)
    {
        if (!items.TryGetValue(reading.Item!, out var known) || reading > known)
        {
            items[reading.Item!] = reading;
        }
    }
}
