using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Usage;

/// <summary>The lists of an import's form, in words.</summary>
internal static class ImportChoices
{
    public static IReadOnlyList<(FileEncoding Value, string Text)> Encodings { get; } =
    [
        (FileEncoding.Utf8, "UTF-8"),
        (FileEncoding.Windows1252, "Windows-1252 (Western European)"),
        (FileEncoding.Utf16LittleEndian, "UTF-16, little-endian"),
        (FileEncoding.Utf16BigEndian, "UTF-16, big-endian"),
    ];

    public static IReadOnlyList<(char Value, string Text)> Delimiters { get; } =
        [(',', "Comma ( , )"), (';', "Semicolon ( ; )"), ('\t', "Tab"), ('|', "Vertical bar ( | )")];

    public static IReadOnlyList<NumberFormat> NumberFormats { get; } =
    [
        NumberFormat.Plain, new(DecimalMark.Comma, GroupMark.None),
        new(DecimalMark.Dot, GroupMark.Comma), new(DecimalMark.Comma, GroupMark.Dot),
        new(DecimalMark.Dot, GroupMark.Space), new(DecimalMark.Comma, GroupMark.Space),
        new(DecimalMark.Dot, GroupMark.Apostrophe), new(DecimalMark.Comma, GroupMark.Apostrophe),
    ];

    public static IReadOnlyList<(TimestampFormat Value, string Text)> TimestampFormats { get; } =
    [
        (TimestampFormat.Iso8601, "2026-04-03 18:17:03 (ISO 8601)"),
        (TimestampFormat.DayMonthYearSlash, "03/04/2026 is 3 April (day first)"),
        (TimestampFormat.MonthDayYearSlash, "03/04/2026 is March 4 (month first)"),
        (TimestampFormat.DayMonthYearDot, "03.04.2026 18:17"),
        (TimestampFormat.EpochSeconds, "Seconds since 1970 (UTC)"),
        (TimestampFormat.EpochMilliseconds, "Milliseconds since 1970 (UTC)"),
        (TimestampFormat.EpochMicroseconds, "Microseconds since 1970 (UTC)"),
    ];

    public static IReadOnlyList<(ColumnUse Value, string Text)> Uses { get; } =
    [
        (ColumnUse.Ignore, "Ignore"),
        (ColumnUse.Timestamp, "Time"),
        (ColumnUse.Subscription, "Subscription"),
        (ColumnUse.EventName, "Event name"),
        (ColumnUse.TransactionId, "Id of the row"),
        (ColumnUse.Metric, "Metric code"),
        (ColumnUse.Quantity, "Quantity of the metric"),
        (ColumnUse.Number, "Number"),
        (ColumnUse.Text, "Text"),
    ];

    /// <summary>Zones by name, with the chosen one even if it is an alias.</summary>
    public static IEnumerable<Choice> Zones(string chosen) => Choices.Zones.Any(zone => zone.Value == chosen)
        ? Choices.Zones
        : Choices.Zones.Prepend(new Choice(chosen, chosen));

    public static (string Text, Tone Tone, string? Icon) Status(ImportStatus status) => status switch
    {
        ImportStatus.Uploaded => ("Waiting for mapping", Tone.Attention, null),
        ImportStatus.Importing => ("Importing", Tone.Info, null),
        ImportStatus.Imported => ("Imported", Tone.Good, null),
        ImportStatus.ImportedWithRejects => ("Imported, rows rejected", Tone.Attention, StatusLook.IconOf(Tone.Bad)),
        ImportStatus.Undone => ("Undone", Tone.Void, null),
        _ => ("Refused, nothing stored", Tone.Bad, null),
    };
}
