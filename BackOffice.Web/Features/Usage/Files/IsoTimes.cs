using BackOffice.Core.Usage;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>
/// Reads the commonest way of writing a time, 2026-12-31T18:17:03.123456Z, straight from the bytes; everything else is left to
/// <see cref="TimestampText"/>, which also judges each day once.
/// </summary>
internal sealed class IsoTimes(Instant now)
{
    private const int DateLength = 10;
    private const int SecondsLength = 19;
    private const int TicksDigits = 7;

    private readonly byte[] _date = new byte[DateLength];
    private long? _midnight;

    /// <summary>Whole microseconds; finer digits are cut off.</summary>
    /// <returns>False when the text is for somebody else to read or to refuse.</returns>
    public bool TryRead(ReadOnlySpan<byte> cell, out Instant at)
    {
        at = default;
        if (cell.Length <= SecondsLength || cell[^1] != 'Z' || cell[DateLength] is not ((byte)'T' or (byte)' ')
            || cell[13] != ':' || cell[16] != ':' || Midnight(cell[..DateLength]) is not { } midnight)
        {
            return false;
        }

        var (hour, minute, second) = (Two(cell[11..]), Two(cell[14..]), Two(cell[17..]));
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || Micros(cell[SecondsLength..^1]) is not { } micros)
        {
            return false;
        }

        var seconds = (((hour * 60) + minute) * 60) + second;
        at = Instant.FromUnixTimeTicks(midnight + (((seconds * 1_000_000L) + micros) * 10));
        return at >= TimestampText.Earliest && at <= now + TimestampText.Ahead;
    }

    // Ticks since 1970; null when it is no date.
    private long? Midnight(ReadOnlySpan<byte> date)
    {
        if (!date.SequenceEqual(_date))
        {
            date.CopyTo(_date);
            Span<char> text = stackalloc char[DateLength];
            System.Text.Encoding.Latin1.GetChars(date, text);
            var parsed = TimestampText.Parse(text, TimestampFormat.Iso8601, DateTimeZone.Utc, now);
            _midnight = parsed.Ok ? parsed.Value.ToUnixTimeTicks() : null;
        }

        return _midnight;
    }

    private static int Two(ReadOnlySpan<byte> digits)
    {
        var (tens, ones) = (digits[0] - '0', digits[1] - '0');
        return (uint)tens <= 9 && (uint)ones <= 9 ? (tens * 10) + ones : -1;
    }

    private static long? Micros(ReadOnlySpan<byte> fraction)
    {
        if (fraction.IsEmpty)
        {
            return 0;
        }

        if (fraction[0] != '.' || fraction.Length is 1 or > TicksDigits + 1)
        {
            return null;
        }

        var micros = 0L;
        for (var i = 1; i <= 6; i++)
        {
            var digit = i < fraction.Length ? fraction[i] - '0' : 0;
            if ((uint)digit > 9)
            {
                return null;
            }

            micros = (micros * 10) + digit;
        }

        return fraction.Length <= TicksDigits || char.IsAsciiDigit((char)fraction[TicksDigits]) ? micros : null;
    }
}
