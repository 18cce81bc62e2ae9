using System.Buffers;

namespace BackOffice.Data.Usage;

/// <summary>Gives property sets their numbers and packs events by them.</summary>
/// <remarks>
/// A text with few values (a region, a model) belongs to the set, so that usage is added up by it. A text that is different in nearly every
/// event (a request id) would make a set of every event; from a thousand values on, new ones lie with the event.
/// </remarks>
internal sealed class PropertySets
{
    private const int MaxValues = 1_000;
    private const int MaxSets = 100_000;
    private const int MaxText = 100;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<PropertySet> _sets = [];
    private readonly Dictionary<string, HashSet<string>> _values = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<char> _key = new(256);
    private UsageProperty[] _sorted = new UsageProperty[8];
    private bool[] _inline = new bool[8];

    /// <summary>New ones that the database does not know yet: number and content.</summary>
    public List<(int Number, string Content)> Unsaved { get; } = [];

    public int Count => _sets.Count;

    public PropertySet this[int number] => _sets[number];

    /// <summary>Takes one over from the database; they come in the order of their numbers, from 0.</summary>
    public void Load(string content) => Add(PropertySet.Parse(content));

    /// <summary>Packs the properties of an event and finds or makes its set.</summary>
    /// <returns>The number of the set.</returns>
    public int Pack(ReadOnlySpan<UsageProperty> properties, ByteBuffer to)
    {
        var sorted = Sorted(properties);
        WriteKey(sorted);
        if (!_numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(_key.WrittenSpan, out var number))
        {
            var set = Make(sorted);
            number = Add(set);
            Unsaved.Add((number, set.ToJson()));
        }

        foreach (ref readonly var property in sorted)
        {
            if (property.Number is { } value)
            {
                to.Advance(PackedValue.Write(value, to.Room(PackedValue.MaxNumberBytes)));
            }
        }

        for (var i = 0; i < sorted.Length; i++)
        {
            if (_inline[i])
            {
                to.Advance(PackedValue.Write(sorted[i].Text!, to.Room(PackedValue.MaxBytes(sorted[i].Text!))));
            }
        }

        return number;
    }

    private int Add(PropertySet set)
    {
        var properties = set.Numbers.Select(n => new UsageProperty(n, 0, null))
            .Concat(set.Texts.Select(t => new UsageProperty(t.Key, null, t.Value)))
            .Concat(set.Inline.Select(name => new UsageProperty(name, null, null)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ToArray();
        foreach (var (name, value) in set.Texts)
        {
            _values.TryAdd(name, new HashSet<string>(StringComparer.Ordinal));
            _values[name].Add(value);
        }

        Resize(properties.Length);
        for (var i = 0; i < properties.Length; i++)
        {
            _inline[i] = properties[i] is { Number: null, Text: null };
        }

        Spell(properties);
        _sets.Add(set);
        _numbers.Add(_key.WrittenSpan.ToString(), _sets.Count - 1);
        return _sets.Count - 1;
    }

    private PropertySet Make(ReadOnlySpan<UsageProperty> sorted)
    {
        var (numbers, texts, inline) = (new List<string>(), new List<KeyValuePair<string, string>>(), new List<string>());
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Number is not null)
            {
                numbers.Add(sorted[i].Name);
            }
            else if (_inline[i])
            {
                inline.Add(sorted[i].Name);
            }
            else
            {
                texts.Add(KeyValuePair.Create(sorted[i].Name, sorted[i].Text!));
            }
        }

        return new PropertySet([.. numbers], [.. texts], [.. inline]);
    }

    private void WriteKey(ReadOnlySpan<UsageProperty> sorted)
    {
        for (var i = 0; i < sorted.Length; i++)
        {
            _inline[i] = sorted[i].Text is { } text && IsInline(sorted[i].Name, text);
        }

        Spell(sorted);
    }

    private bool IsInline(string name, string text)
    {
        if (text.Length > MaxText)
        {
            return true;
        }

        var known = _values.GetValueOrDefault(name);
        return known?.Contains(text) != true && (known?.Count >= MaxValues || _sets.Count >= MaxSets);
    }

    // Lengths before contents: no two different sets are spelled alike.
    private void Spell(ReadOnlySpan<UsageProperty> sorted)
    {
        _key.ResetWrittenCount();
        for (var i = 0; i < sorted.Length; i++)
        {
            Spell(sorted[i].Name);
            var text = _inline[i] ? null : sorted[i].Text;
            _key.GetSpan(1)[0] = sorted[i].Number is not null ? 'n' : text is null ? 'i' : 't';
            _key.Advance(1);
            if (text is not null)
            {
                Spell(text);
            }
        }
    }

    private void Spell(string text)
    {
        var room = _key.GetSpan(text.Length + 1);
        room[0] = (char)text.Length;
        text.CopyTo(room[1..]);
        _key.Advance(text.Length + 1);
    }

    private ReadOnlySpan<UsageProperty> Sorted(ReadOnlySpan<UsageProperty> properties)
    {
        Resize(properties.Length);
        properties.CopyTo(_sorted);
        var sorted = _sorted.AsSpan(0, properties.Length);
        for (var i = 1; i < sorted.Length; i++)
        {
            for (var j = i; j > 0 && string.CompareOrdinal(sorted[j - 1].Name, sorted[j].Name) > 0; j--)
            {
                (sorted[j - 1], sorted[j]) = (sorted[j], sorted[j - 1]);
            }
        }

        return sorted;
    }

    private void Resize(int count)
    {
        if (count > _sorted.Length)
        {
            (_sorted, _inline) = (new UsageProperty[count], new bool[count]);
        }
    }
}
