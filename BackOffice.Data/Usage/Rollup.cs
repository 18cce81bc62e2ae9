using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;

namespace BackOffice.Data.Usage;

/// <summary>What is added up together: the events of a subscription in a bucket that share name and property set.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RollupKey(int Subscription, int Bucket, bool IsLate, int Name, int Set)
{
    /// <summary>The order in which they lie in the database.</summary>
    public static int Order(RollupKey one, RollupKey other) => (one.Subscription, one.Bucket, one.IsLate, one.Name, one.Set)
        .CompareTo((other.Subscription, other.Bucket, other.IsLate, other.Name, other.Set));
}

/// <summary>What one number of many events adds up to.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct NumberTotals
{
    public decimal Sum;
    public decimal Largest;
    public decimal Latest;
    public long LatestAt;
    public long LatestId;

    /// <summary>The sum needs more than 28 digits: only the events can tell.</summary>
    public bool IsBeyond;

    public void Add(decimal value, long at, long id)
    {
        Add(value);
        Largest = Math.Max(Largest, value);
        if ((at, id).CompareTo((LatestAt, LatestId)) > 0)
        {
            (Latest, LatestAt, LatestId) = (value, at, id);
        }
    }

    public void Merge(in NumberTotals other)
    {
        IsBeyond |= other.IsBeyond;
        Add(other.Sum);
        Largest = Math.Max(Largest, other.Largest);
        if ((other.LatestAt, other.LatestId).CompareTo((LatestAt, LatestId)) > 0)
        {
            (Latest, LatestAt, LatestId) = (other.Latest, other.LatestAt, other.LatestId);
        }
    }

    private void Add(decimal value)
    {
        try
        {
            Sum = Exact.Add(Sum, value);
        }
        catch (ArithmeticException)
        {
            (Sum, IsBeyond) = (0, true);
        }
    }
}

/// <summary>How many events there are, when, and what their numbers add up to. The order of adding does not matter.</summary>
internal sealed class Rollup(int numbers)
{
    private const int BytesPerNumber = 1 + (3 * PackedValue.MaxNumberBytes) + (2 * sizeof(long));

    private readonly NumberTotals[] _numbers = CreateNumbers(numbers);

    public long Events { get; private set; }

    public long MinAt { get; private set; } = long.MaxValue;

    public long MaxAt { get; private set; } = long.MinValue;

    public ReadOnlySpan<NumberTotals> Numbers => _numbers;

    /// <summary>An event by itself, as it would be added up.</summary>
    public static (PropertySet Set, Rollup Rollup) Of(UsageEvent usage)
    {
        var set = new PropertySet([.. usage.Numbers.Keys], [.. usage.Texts], []);
        var rollup = new Rollup(set.Numbers.Length);
        rollup.Count(1, Micros.Of(usage.At), Micros.Of(usage.At));
        for (var i = 0; i < set.Numbers.Length; i++)
        {
            rollup._numbers[i].Add(usage.Numbers[set.Numbers[i]], Micros.Of(usage.At), usage.Id);
        }

        return (set, rollup);
    }

    /// <param name="packed">As packed by the set of this rollup: the numbers come first.</param>
    public void Add(ReadOnlySpan<byte> packed, long at, long id)
    {
        Count(1, at, at);
        foreach (ref var number in _numbers.AsSpan())
        {
            number.Add(PackedValue.ReadNumber(ref packed), at, id);
        }
    }

    public void Merge(Rollup other)
    {
        Count(other.Events, other.MinAt, other.MaxAt);
        for (var i = 0; i < _numbers.Length; i++)
        {
            _numbers[i].Merge(other._numbers[i]);
        }
    }

    public byte[] Pack()
    {
        Span<byte> bytes = new byte[_numbers.Length * BytesPerNumber];
        var at = 0;
        foreach (ref readonly var number in Numbers)
        {
            bytes[at++] = number.IsBeyond ? (byte)1 : (byte)0;
            at += PackedValue.Write(number.Sum, bytes[at..]);
            at += PackedValue.Write(number.Largest, bytes[at..]);
            at += PackedValue.Write(number.Latest, bytes[at..]);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[at..], number.LatestAt);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(at + sizeof(long))..], number.LatestId);
            at += 2 * sizeof(long);
        }

        return bytes[..at].ToArray();
    }

    public static Rollup Unpack(int numbers, long events, long minAt, long maxAt, ReadOnlySpan<byte> packed)
    {
        var rollup = new Rollup(numbers);
        rollup.Count(events, minAt, maxAt);
        foreach (ref var number in rollup._numbers.AsSpan())
        {
            number.IsBeyond = packed[0] == 1;
            packed = packed[1..];
            number.Sum = PackedValue.ReadNumber(ref packed);
            number.Largest = PackedValue.ReadNumber(ref packed);
            number.Latest = PackedValue.ReadNumber(ref packed);
            number.LatestAt = BinaryPrimitives.ReadInt64LittleEndian(packed);
            number.LatestId = BinaryPrimitives.ReadInt64LittleEndian(packed[sizeof(long)..]);
            packed = packed[(2 * sizeof(long))..];
        }

        return rollup;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(long events, long minAt, long maxAt)
    {
        Events += events;
        MinAt = Math.Min(MinAt, minAt);
        MaxAt = Math.Max(MaxAt, maxAt);
    }

    private static NumberTotals[] CreateNumbers(int numbers)
    {
        var all = new NumberTotals[numbers];
        foreach (ref var number in all.AsSpan())
        {
            (number.Largest, number.LatestAt) = (decimal.MinValue, long.MinValue);
        }

        return all;
    }
}
