using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Vectors;

/// <summary>A place in a vector: a value, a list, an object, or nothing. Reading what is missing says what is missing.</summary>
public readonly record struct Facts(JsonElement Element, string Path)
{
    public bool IsMissing => Element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    public bool IsThere => !IsMissing;

    public bool IsObject => Element.ValueKind == JsonValueKind.Object;

    public bool IsList => Element.ValueKind == JsonValueKind.Array;

    /// <summary>A member of an object; missing when there is no such member.</summary>
    public Facts this[string name] => new(
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var value) ? value : default,
        Path.Length == 0 ? name : $"{Path}.{name}");

    public string Text => Element.ValueKind == JsonValueKind.String ? Element.GetString()! : throw Wrong("a text");

    public string? TextOrNull => IsMissing ? null : Text;

    /// <summary>A number, written as a number or as a text.</summary>
    public decimal Number => NumberOrNull ?? throw Wrong("a number");

    public decimal? NumberOrNull => Element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.Number => decimal.Parse(Element.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture),
        JsonValueKind.String when decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
        _ => throw Wrong("a number"),
    };

    public long Minor => checked((long)Number);

    public int Whole => checked((int)Number);

    public int? WholeOrNull => IsMissing ? null : Whole;

    /// <summary>True or false; missing is false.</summary>
    public bool Flag => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Undefined or JsonValueKind.Null => false,
        _ => throw Wrong("true or false"),
    };

    public Instant Moment => Read(InstantPattern.ExtendedIso, "a moment such as 2024-02-29T10:00:00Z");

    public LocalDate Day => Read(LocalDatePattern.Iso, "a day such as 2024-02-29");

    /// <summary>True for 2024-02-29, false for 2024-02-29T10:00:00Z.</summary>
    public bool IsDay => Element.ValueKind == JsonValueKind.String && LocalDatePattern.Iso.Parse(Element.GetString()!).Success;

    /// <summary>The elements of a list; a missing list is empty.</summary>
    public IReadOnlyList<Facts> Items
    {
        get
        {
            var path = Path;
            return Element.ValueKind switch
            {
                JsonValueKind.Array => [.. Element.EnumerateArray().Select((item, i) => new Facts(item, $"{path}[{i}]"))],
                JsonValueKind.Undefined or JsonValueKind.Null => [],
                _ => throw Wrong("a list"),
            };
        }
    }

    /// <summary>The members of an object; a missing object has none.</summary>
    public IReadOnlyList<(string Name, Facts Value)> Members
    {
        get
        {
            var facts = this;
            return Element.ValueKind switch
            {
                JsonValueKind.Object => [.. Element.EnumerateObject().Select(member => (member.Name, facts[member.Name]))],
                JsonValueKind.Undefined or JsonValueKind.Null => [],
                _ => throw Wrong("an object"),
            };
        }
    }

    /// <summary>The members that say something: what is null is not there.</summary>
    public IEnumerable<(string Name, Facts Value)> Given => Members.Where(member => member.Value.IsThere);

    private T Read<T>(IPattern<T> pattern, string what) =>
        Element.ValueKind == JsonValueKind.String && pattern.Parse(Element.GetString()!) is { Success: true } read
            ? read.Value
            : throw Wrong(what);

    private FormatException Wrong(string what) =>
        new($"{(Path.Length == 0 ? "the value" : Path)} should be {what}, is "
            + (Element.ValueKind == JsonValueKind.Undefined ? "missing" : Element.GetRawText()));
}
