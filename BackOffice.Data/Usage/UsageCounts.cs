using BackOffice.Core.Common;

namespace BackOffice.Data.Usage;

/// <summary>What became of the events handed to a writer.</summary>
public sealed class UsageCounts
{
    private readonly Dictionary<string, decimal> _totals = new(StringComparer.Ordinal);

    public long Accepted { get; private set; }

    public long Duplicates { get; private set; }

    public long Conflicts { get; internal set; }

    /// <summary>Accepted events of a period that is closed.</summary>
    public long Late { get; private set; }

    /// <summary>The earliest accepted or duplicate event; null when there is none.</summary>
    public long? FirstMicros { get; private set; }

    public long? LastMicros { get; private set; }

    /// <summary>The sum of each number over accepted and duplicate events.</summary>
    public IReadOnlyDictionary<string, decimal> Totals => _totals;

    /// <summary>A total needs more than 28 digits.</summary>
    public bool IsBeyond { get; private set; }

    internal void Count(bool duplicate, bool late, long at)
    {
        (Accepted, Duplicates) = duplicate ? (Accepted, Duplicates + 1) : (Accepted + 1, Duplicates);
        Late += late && !duplicate ? 1 : 0;
        FirstMicros = FirstMicros < at ? FirstMicros : at;
        LastMicros = LastMicros > at ? LastMicros : at;
    }

    internal void Add(PropertySet set, Rollup rollup)
    {
        for (var i = 0; i < set.Numbers.Length; i++)
        {
            try
            {
                IsBeyond |= rollup.Numbers[i].IsBeyond;
                _totals[set.Numbers[i]] = Exact.Add(_totals.GetValueOrDefault(set.Numbers[i]), rollup.Numbers[i].Sum);
            }
            catch (ArithmeticException)
            {
                IsBeyond = true;
            }
        }
    }
}
