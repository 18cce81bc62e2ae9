using System.Runtime.InteropServices;
using NodaTime;

namespace BackOffice.Core.Usage;

/// <summary>A date and time as somebody wrote it: the digits are read, nothing is checked against a calendar yet.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CivilTime(
    int Year, int Month, int Day, int Hour, int Minute, int Second, int Microsecond, int? OffsetSeconds)
{
    private const int MaxOffsetSeconds = 18 * 3600;

    internal string? Impossible()
    {
        if (Year < 1 || Month is < 1 or > 12 || Day < 1 || Day > CalendarSystem.Iso.GetDaysInMonth(Year, Month))
        {
            return "There is no such day in the calendar. Correct the date, or choose the timestamp format of the file.";
        }

        return this switch
        {
            { Hour: 24 } => "A day ends at 23:59:59. Write 24:00 as 00:00 of the next day.",
            { Second: 60 } => "Leap seconds are not accepted. Write second 59.",
            { Hour: > 23 } or { Minute: > 59 } or { Second: > 59 } => "There is no such time of day. Correct it.",
            { OffsetSeconds: > MaxOffsetSeconds or < -MaxOffsetSeconds } => "There is no such UTC offset. Correct it.",
            _ => null,
        };
    }

    internal LocalDateTime ToLocal() =>
        new LocalDate(Year, Month, Day) + LocalTime.FromHourMinuteSecondTick(Hour, Minute, Second, Microsecond * 10);
}

/// <summary>The grammar of calendar timestamps: digits in fixed places, nothing optional that could be read two ways.</summary>
internal static class CalendarText
{
    internal static bool TryRead(ReadOnlySpan<char> text, TimestampFormat format, out CivilTime civil)
    {
        civil = default;
        var cursor = new TextCursor(text);
        var iso = format == TimestampFormat.Iso8601;
        if (!TryDate(ref cursor, format, out var year, out var month, out var day))
        {
            return false;
        }

        civil = new CivilTime(year, month, day, 0, 0, 0, 0, null);
        if (cursor.AtEnd)
        {
            return true;
        }

        return (cursor.Take(' ') || (iso && cursor.Take('T')))
            && TryTime(ref cursor, iso, ref civil)
            && (cursor.AtEnd || (iso ? TryOffset(ref cursor, ref civil) : TryHalfDay(ref cursor, ref civil)))
            && cursor.AtEnd;
    }

    private static bool TryDate(ref TextCursor cursor, TimestampFormat format, out int year, out int month, out int day)
    {
        (year, month, day) = (0, 0, 0);
        if (format == TimestampFormat.Iso8601)
        {
            return cursor.Digits(4, 4, out year) && cursor.Take('-')
                && cursor.Digits(2, 2, out month) && cursor.Take('-')
                && cursor.Digits(2, 2, out day);
        }

        var separator = format == TimestampFormat.DayMonthYearDot ? '.' : '/';
        if (!cursor.Digits(1, 2, out var first) || !cursor.Take(separator)
            || !cursor.Digits(1, 2, out var second) || !cursor.Take(separator)
            || !cursor.Digits(4, 4, out year))
        {
            return false;
        }

        (month, day) = format == TimestampFormat.MonthDayYearSlash ? (first, second) : (second, first);
        return true;
    }

    private static bool TryTime(ref TextCursor cursor, bool iso, ref CivilTime civil)
    {
        if (!cursor.Digits(iso ? 2 : 1, 2, out var hour) || !cursor.Take(':') || !cursor.Digits(2, 2, out var minute))
        {
            return false;
        }

        var (second, microsecond) = (0, 0);
        if (cursor.Take(':'))
        {
            if (!cursor.Digits(2, 2, out second))
            {
                return false;
            }

            if ((cursor.Take('.') || cursor.Take(',')) && !cursor.Fraction(out microsecond))
            {
                return false;
            }
        }

        civil = civil with { Hour = hour, Minute = minute, Second = second, Microsecond = microsecond };
        return true;
    }

    /// <summary>Z, UTC, +02:00, +0200 or +02, as the exports of databases write it.</summary>
    private static bool TryOffset(ref TextCursor cursor, ref CivilTime civil)
    {
        cursor.Take(' ');
        if (cursor.Take('Z') || cursor.Take("UTC"))
        {
            civil = civil with { OffsetSeconds = 0 };
            return true;
        }

        var negative = cursor.Take('-');
        if ((!negative && !cursor.Take('+')) || !cursor.Digits(2, 2, out var hours))
        {
            return false;
        }

        var minutes = 0;
        var colon = cursor.Take(':');
        if ((colon || !cursor.AtEnd) && !cursor.Digits(2, 2, out minutes))
        {
            return false;
        }

        var seconds = (hours * 3600) + (minutes * 60);
        civil = civil with { OffsetSeconds = negative ? -seconds : seconds };
        return minutes < 60;
    }

    /// <summary>AM and PM, as American spreadsheets write times; 12 AM is midnight.</summary>
    private static bool TryHalfDay(ref TextCursor cursor, ref CivilTime civil)
    {
        cursor.Take(' ');
        var afternoon = cursor.Take("PM");
        if ((!afternoon && !cursor.Take("AM")) || civil.Hour is < 1 or > 12)
        {
            return false;
        }

        civil = civil with { Hour = (civil.Hour % 12) + (afternoon ? 12 : 0) };
        return true;
    }
}

/// <summary>Walks over ASCII text. A step that fails leaves the position where it was.</summary>
internal ref struct TextCursor(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    internal readonly bool AtEnd => _position == _text.Length;

    internal bool Take(char expected)
    {
        var found = !AtEnd && _text[_position] == expected;
        _position += found ? 1 : 0;
        return found;
    }

    internal bool Take(string expected)
    {
        var found = _text[_position..].StartsWith(expected, StringComparison.OrdinalIgnoreCase);
        _position += found ? expected.Length : 0;
        return found;
    }

    internal bool Digits(int least, int most, out int value)
    {
        value = 0;
        var count = 0;
        for (; count < most && _position + count < _text.Length && char.IsAsciiDigit(_text[_position + count]); count++)
        {
            value = (value * 10) + (_text[_position + count] - '0');
        }

        _position += count >= least ? count : 0;
        return count >= least;
    }

    /// <summary>One to nine digits; what is finer than a microsecond is cut off.</summary>
    internal bool Fraction(out int microsecond)
    {
        microsecond = 0;
        var count = 0;
        for (; count < 9 && Digits(1, 1, out var digit); count++)
        {
            microsecond = count < 6 ? (microsecond * 10) + digit : microsecond;
        }

        for (var i = count; i < 6; i++)
        {
            microsecond *= 10;
        }

        return count > 0;
    }
}
