using System.Text.Json.Serialization;

namespace BackOffice.Core.Usage;

/// <summary>How a file writes points in time. Declared for the whole file: 03/04/2026 means two days.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TimestampFormat>))]
public enum TimestampFormat
{
    /// <summary>2026-04-03, 2026-04-03 18:17:03.9799600, 2026-04-03T18:17:03Z, 2026-04-03T18:17:03+02:00.</summary>
    Iso8601,

    /// <summary>31/12/2026 18:17, day first.</summary>
    DayMonthYearSlash,

    /// <summary>12/31/2026 6:17 PM, month first.</summary>
    MonthDayYearSlash,

    /// <summary>31.12.2026 18:17.</summary>
    DayMonthYearDot,

    /// <summary>Seconds since 1970-01-01 UTC.</summary>
    EpochSeconds,

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    EpochMilliseconds,

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    EpochMicroseconds,
}
