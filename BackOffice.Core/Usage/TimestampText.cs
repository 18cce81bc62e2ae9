using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Usage;

/// <summary>Turns the text of a timestamp into an instant, or says what is wrong with it.</summary>
public static class TimestampText
{
    /// <summary>Usage older than this is a mistake of the clock that wrote it.</summary>
    public static readonly Instant Earliest = Instant.FromUtc(2000, 1, 1, 0, 0);

    /// <summary>How far ahead of now a timestamp may be: clocks and zones disagree by hours, not by days.</summary>
    public static readonly Duration Ahead = Duration.FromHours(24);

    private static readonly TextFault TooOld = new(
        "timestamp_too_old", "The time is before 2000-01-01. Check the date, or the timestamp format of the file.");

    private static readonly TextFault InFuture = new(
        "timestamp_in_future", "The time is more than 24 hours in the future. Check the date, or the timestamp format of the file.");

    /// <summary>
    /// The instant, in whole microseconds (finer digits are cut off, as the store keeps microseconds), from 2000-01-01
    /// to 24 hours after <paramref name="now"/>. <paramref name="zone"/> applies where the text has no offset. A local
    /// time that the zone skips or has twice is refused: choosing one would move usage by an hour without a word.
    /// </summary>
    public static Parsed<Instant> Parse(ReadOnlySpan<char> text, TimestampFormat format, DateTimeZone zone, Instant now)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var parsed = format >= TimestampFormat.EpochSeconds ? FromEpoch(text, format) : FromCalendar(text, format, zone);
        if (!parsed.Ok || (parsed.Value >= Earliest && parsed.Value <= now + Ahead))
        {
            return parsed;
        }

        return new(parsed.Value < Earliest ? TooOld : InFuture);
    }

    /// <summary>Whether a text in a calendar format carries its own offset, so that no zone has to be declared.</summary>
    public static bool HasOffset(ReadOnlySpan<char> text) =>
        CalendarText.TryRead(text, TimestampFormat.Iso8601, out var civil) && civil.OffsetSeconds is not null;

    private static Parsed<Instant> FromCalendar(ReadOnlySpan<char> text, TimestampFormat format, DateTimeZone zone)
    {
        if (!CalendarText.TryRead(text, format, out var civil))
        {
            return new(Malformed(format));
        }

        if (civil.Impossible() is { } reason)
        {
            return new(new TextFault("timestamp_impossible", reason));
        }

        // The ends of the calendar overflow once an offset is applied, and are refused anyway.
        if (civil.Year is < 1999 or > 9998)
        {
            return new(civil.Year < 1999 ? TooOld : InFuture);
        }

        return civil.OffsetSeconds is { } offset
            ? new(civil.ToLocal().WithOffset(Offset.FromSeconds(offset)).ToInstant())
            : InZone(civil.ToLocal(), zone);
    }

    private static Parsed<Instant> InZone(LocalDateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count switch
        {
            1 => new(mapping.Single().ToInstant()),
            0 => new(new TextFault(
                "timestamp_in_gap",
                $"This local time does not exist in {zone.Id}: the clocks went forward. Write it with its offset or in UTC.")),
            _ => new(new TextFault(
                "timestamp_in_overlap",
                $"This local time happened twice in {zone.Id}: the clocks went back. Write it with its offset or in UTC.")),
        };
    }

    private static Parsed<Instant> FromEpoch(ReadOnlySpan<char> text, TimestampFormat format)
    {
        var number = ExactDecimal.Parse(text, NumberFormat.Plain);
        if (!number.Ok)
        {
            return new(Malformed(format));
        }

        var perUnit = format switch
        {
            TimestampFormat.EpochSeconds => 1_000_000m,
            TimestampFormat.EpochMilliseconds => 1_000m,
            _ => 1m,
        };

        // Far outside every date: comparing first keeps the multiplication and the conversion from overflowing.
        const decimal Bound = 1e17m;
        if (number.Value is > Bound or < -Bound)
        {
            return new(number.Value < 0 ? TooOld : InFuture);
        }

        var microseconds = decimal.Truncate(number.Value * perUnit);
        return microseconds is > Bound or < -Bound
            ? new(microseconds < 0 ? TooOld : InFuture)
            : new(Instant.FromUnixTimeTicks((long)microseconds * 10));
    }

    private static TextFault Malformed(TimestampFormat format)
    {
        var shape = format switch
        {
            TimestampFormat.Iso8601 => "like 2026-12-31 18:17:03 or 2026-12-31T18:17:03Z",
            TimestampFormat.DayMonthYearSlash => "like 31/12/2026 18:17:03, day first",
            TimestampFormat.MonthDayYearSlash => "like 12/31/2026 18:17:03, month first",
            TimestampFormat.DayMonthYearDot => "like 31.12.2026 18:17:03",
            TimestampFormat.EpochSeconds => "in seconds since 1970, like 1798741023",
            TimestampFormat.EpochMilliseconds => "in milliseconds since 1970, like 1798741023000",
            _ => "in microseconds since 1970, like 1798741023000000",
        };

        return new("timestamp_malformed", $"This is not a time written {shape}. Correct it, or choose the timestamp format of the file.");
    }
}
