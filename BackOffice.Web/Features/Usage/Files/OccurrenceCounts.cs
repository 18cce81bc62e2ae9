namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Counts how often each 64-bit hash was seen, in 8 bytes a slot where a dictionary takes about 40.</summary>
/// <remarks>
/// The low byte of a hash chooses one of 256 tables, the other 56 bits are kept next to an 8-bit count: nothing of the
/// hash is lost. Many small tables also grow one at a time, so growing never doubles the memory of the whole.
/// Two different rows that share 64 bits (one chance in 370,000 at ten million rows) would only make the id of one of them
/// depend on the order of the file.
/// </remarks>
internal sealed class OccurrenceCounts
{
    private const int MaxCount = byte.MaxValue;

    private readonly Table[] _tables = [.. Enumerable.Range(0, 256).Select(_ => new Table())];
    private readonly Dictionary<ulong, int> _overflow = [];

    /// <summary>1 for the first time a hash comes, 2 for the second.</summary>
    internal int Next(ulong hash)
    {
        var count = _tables[(byte)hash].Increment(hash >> 8);
        if (count < MaxCount)
        {
            return count;
        }

        var beyond = _overflow.GetValueOrDefault(hash, MaxCount - 1) + 1;
        _overflow[hash] = beyond;
        return beyond;
    }

    /// <summary>Open addressing with linear probing; a slot is the 56-bit key and its count, 0 is empty.</summary>
    private sealed class Table
    {
        private ulong[] _slots = new ulong[64];
        private int _used;

        internal int Increment(ulong key)
        {
            if (_used * 4 >= _slots.Length * 3)
            {
                Grow();
            }

            ref var slot = ref _slots[Find(_slots, key)];
            _used += slot == 0 ? 1 : 0;
            var count = Math.Min((int)(byte)slot + 1, MaxCount);
            slot = (key << 8) | (uint)count;
            return count;
        }

        private void Grow()
        {
            var larger = new ulong[_slots.Length * 2];
            foreach (var slot in _slots)
            {
                if (slot != 0)
                {
                    larger[Find(larger, slot >> 8)] = slot;
                }
            }

            _slots = larger;
        }

        private static int Find(ulong[] slots, ulong key)
        {
            var index = (int)(key & (ulong)(slots.Length - 1));
            while (slots[index] != 0 && slots[index] >> 8 != key)
            {
                index = (index + 1) & (slots.Length - 1);
            }

            return index;
        }
    }
}
