using System.Text.Json.Serialization;

namespace BackOffice.Core.Common;

[JsonConverter(typeof(JsonStringEnumConverter<DecimalMark>))]
public enum DecimalMark
{
    Dot,
    Comma,
}

[JsonConverter(typeof(JsonStringEnumConverter<GroupMark>))]
public enum GroupMark
{
    None,
    Comma,
    Dot,

    /// <summary>Space, no-break space, thin space or narrow no-break space; one kind within a number.</summary>
    Space,

    /// <summary>The typewriter apostrophe or the typographic one (U+2019); one kind within a number.</summary>
    Apostrophe,
}

/// <summary>How a file writes numbers. It is declared, never guessed per number: "1,234" means two things.</summary>
public sealed record NumberFormat(DecimalMark DecimalMark, GroupMark GroupMark)
{
    /// <summary>1234.56, what programs write.</summary>
    public static readonly NumberFormat Plain = new(DecimalMark.Dot, GroupMark.None);

    /// <summary>A number in this format, for choices on a page and for messages.</summary>
    [JsonIgnore]
    public string Example => (DecimalMark, GroupMark) switch
    {
        (DecimalMark.Dot, GroupMark.Comma) => "1,234.56",
        (DecimalMark.Dot, GroupMark.Space) => "1 234.56",
        (DecimalMark.Dot, GroupMark.Apostrophe) => "1'234.56",
        (DecimalMark.Dot, _) => "1234.56",
        (_, GroupMark.Dot) => "1.234,56",
        (_, GroupMark.Space) => "1 234,56",
        (_, GroupMark.Apostrophe) => "1'234,56",
        _ => "1234,56",
    };

    internal bool IsDecimal(char c) => c == (DecimalMark == DecimalMark.Dot ? '.' : ',');

    internal bool IsGroup(char c) => !IsDecimal(c) && GroupMark switch
    {
        GroupMark.Comma => c == ',',
        GroupMark.Dot => c == '.',
        GroupMark.Space => c is ' ' or '\u00A0' or '\u2009' or '\u202F',
        GroupMark.Apostrophe => c is '\'' or '\u2019',
        _ => false,
    };
}
