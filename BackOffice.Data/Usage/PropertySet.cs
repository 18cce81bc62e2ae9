using System.Collections.Concurrent;
using System.Text.Json;

namespace BackOffice.Data.Usage;

/// <summary>
/// What many events have in common and is therefore stored once: which numbers they carry, and their texts with values. The numbers
/// themselves, and texts that hardly repeat, lie with the event in the order of the names here.
/// </summary>
/// <param name="Numbers">Names of numbers, in order.</param>
/// <param name="Texts">Texts with their values, in order of the names.</param>
/// <param name="Inline">Names of texts whose values lie with the event, in order.</param>
internal sealed record PropertySet(string[] Numbers, KeyValuePair<string, string>[] Texts, string[] Inline)
{
    private const int Remembered = 10_000;

    private static readonly ConcurrentDictionary<string, PropertySet> Read = new(StringComparer.Ordinal);

    /// <summary>Interned sets repeat, so do their texts; reading one again costs a look-up.</summary>
    public static PropertySet Parse(string content)
    {
        if (Read.TryGetValue(content, out var known))
        {
            return known;
        }

        var set = JsonSerializer.Deserialize<PropertySet>(content) ?? throw new JsonException("A property set is an object, not null.");
        if (Read.Count < Remembered)
        {
            Read.TryAdd(content, set);
        }

        return set;
    }

    /// <summary>The names of all properties, in order.</summary>
    public IReadOnlyList<string> Names =>
        [.. Numbers.Concat(Texts.Select(text => text.Key)).Concat(Inline).Order(StringComparer.Ordinal)];

    /// <summary>Whether events of this set carry a property of that name, as number or text.</summary>
    public bool Has(string name) =>
        Array.IndexOf(Numbers, name) >= 0 || Array.IndexOf(Inline, name) >= 0 || Array.Exists(Texts, text => text.Key == name);

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Reads what lies with an event.</summary>
    public (Dictionary<string, decimal> Numbers, Dictionary<string, string> Texts) Unpack(ReadOnlySpan<byte> packed)
    {
        var numbers = new Dictionary<string, decimal>(Numbers.Length, StringComparer.Ordinal);
        foreach (var name in Numbers)
        {
            numbers.Add(name, PackedValue.ReadNumber(ref packed));
        }

        var texts = new Dictionary<string, string>(Texts, StringComparer.Ordinal);
        foreach (var name in Inline)
        {
            texts.Add(name, PackedValue.ReadText(ref packed));
        }

        return (numbers, texts);
    }

    /// <summary>Whether two events say the same, however each was packed.</summary>
    public static bool SayTheSame(PropertySet one, ReadOnlySpan<byte> packed, PropertySet other, ReadOnlySpan<byte> otherPacked)
    {
        var (a, b) = (one.Unpack(packed), other.Unpack(otherPacked));
        return a.Numbers.Count == b.Numbers.Count && a.Texts.Count == b.Texts.Count
            && a.Numbers.All(n => b.Numbers.TryGetValue(n.Key, out var value) && value == n.Value)
            && a.Texts.All(t => b.Texts.TryGetValue(t.Key, out var value) && value == t.Value);
    }
}
