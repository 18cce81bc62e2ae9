using BackOffice.Core.Usage;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Core.Tests.Usage;

public sealed class TimestampTextTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 12, 0);
    private static readonly DateTimeZone Utc = DateTimeZone.Utc;
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Theory]
    //          format                            text                            zone             instant                        why
    [InlineData(TimestampFormat.Iso8601, "2023-11-16 18:17:03.9799600", "UTC", "2023-11-16T18:17:03.97996Z", "the real trace")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02", "UTC", "2026-01-02T00:00:00Z", "a date is its first moment")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02T03:04", "UTC", "2026-01-02T03:04:00Z", "seconds may be left out")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02T03:04:05Z", "Europe/Berlin", "2026-01-02T03:04:05Z", "Z wins over the zone")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02 03:04:05 UTC", "Europe/Berlin", "2026-01-02T03:04:05Z", "exports write UTC")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02T03:04:05+05:45", "UTC", "2026-01-01T21:19:05Z", "a Nepalese offset")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02T03:04:05-0800", "UTC", "2026-01-02T11:04:05Z", "an offset without colon")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02T03:04:05.123456789Z", "UTC", "2026-01-02T03:04:05.123456Z", "cut off, not rounded")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02 03:04:05,5", "UTC", "2026-01-02T03:04:05.5Z", "a comma before the fraction")]
    [InlineData(TimestampFormat.Iso8601, "2026-07-02 03:04:05", "Europe/Berlin", "2026-07-02T01:04:05Z", "C24: the declared zone")]
    [InlineData(TimestampFormat.Iso8601, "2026-10-25 02:30:00+01:00", "Europe/Berlin", "2026-10-25T01:30:00Z", "an offset decides")]
    [InlineData(TimestampFormat.Iso8601, "2024-02-29", "UTC", "2024-02-29T00:00:00Z", "a leap day")]
    [InlineData(TimestampFormat.Iso8601, "2000-01-01", "UTC", "2000-01-01T00:00:00Z", "the earliest")]
    [InlineData(TimestampFormat.Iso8601, "2026-11-23T12:00:00Z", "UTC", "2026-11-23T12:00:00Z", "the latest")]
    [InlineData(TimestampFormat.DayMonthYearSlash, "03/04/2026", "UTC", "2026-04-03T00:00:00Z", "C25: as declared")]
    [InlineData(TimestampFormat.MonthDayYearSlash, "03/04/2026", "UTC", "2026-03-04T00:00:00Z", "C25: as declared")]
    [InlineData(TimestampFormat.MonthDayYearSlash, "3/4/2026 2:05 PM", "UTC", "2026-03-04T14:05:00Z", "an American spreadsheet")]
    [InlineData(TimestampFormat.MonthDayYearSlash, "3/4/2026 12:05 AM", "UTC", "2026-03-04T00:05:00Z", "12 AM is midnight")]
    [InlineData(TimestampFormat.MonthDayYearSlash, "3/4/2026 12:05:00 PM", "UTC", "2026-03-04T12:05:00Z", "12 PM is noon")]
    [InlineData(TimestampFormat.DayMonthYearDot, "3.4.2026 14:05:06.25", "Europe/Berlin", "2026-04-03T12:05:06.25Z", "German")]
    [InlineData(TimestampFormat.EpochSeconds, "1700158623", "UTC", "2023-11-16T18:17:03Z", "C27")]
    [InlineData(TimestampFormat.EpochSeconds, "1700158623.9799600", "UTC", "2023-11-16T18:17:03.97996Z", "a fraction of a second")]
    [InlineData(TimestampFormat.EpochMilliseconds, "1700158623979", "UTC", "2023-11-16T18:17:03.979Z", "C27")]
    [InlineData(TimestampFormat.EpochMicroseconds, "1700158623979960", "UTC", "2023-11-16T18:17:03.97996Z", "C27")]
    public void Reads_the_declared_format(TimestampFormat format, string text, string zone, string instant, string why)
    {
        var parsed = TimestampText.Parse(text, format, DateTimeZoneProviders.Tzdb[zone], Now);
        Assert.True(parsed.Ok && parsed.Value == InstantPattern.ExtendedIso.Parse(instant).Value, $"{why}: {parsed}");
    }

    [Theory]
    //          format                            text                      code                     why
    [InlineData(TimestampFormat.Iso8601, "", "timestamp_malformed", "nothing")]
    [InlineData(TimestampFormat.Iso8601, "yesterday", "timestamp_malformed", "words")]
    [InlineData(TimestampFormat.Iso8601, "2026-1-2", "timestamp_malformed", "ISO has two digits")]
    [InlineData(TimestampFormat.Iso8601, "03/04/2026", "timestamp_malformed", "another format")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02T", "timestamp_malformed", "half a time")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02T03", "timestamp_malformed", "an hour alone")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02T03:04:05.", "timestamp_malformed", "a fraction without digits")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02T03:04:05.1234567891", "timestamp_malformed", "ten digits")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02T03:04:05Zulu", "timestamp_malformed", "text after it")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02T03:04:05+2", "timestamp_malformed", "half an offset")]
    [InlineData(TimestampFormat.Iso8601, "２０２６-01-02", "timestamp_malformed", "full-width digits")]
    [InlineData(TimestampFormat.DayMonthYearSlash, "03/04/26", "timestamp_malformed", "a year has four digits")]
    [InlineData(TimestampFormat.MonthDayYearSlash, "3/4/2026 14:05 PM", "timestamp_malformed", "no 14 PM")]
    [InlineData(TimestampFormat.DayMonthYearDot, "03/04/2026", "timestamp_malformed", "dots are declared")]
    [InlineData(TimestampFormat.Iso8601, "0000-00-00", "timestamp_impossible", "C26")]
    [InlineData(TimestampFormat.Iso8601, "2026-02-30", "timestamp_impossible", "C26")]
    [InlineData(TimestampFormat.Iso8601, "2026-02-29", "timestamp_impossible", "no leap year")]
    [InlineData(TimestampFormat.MonthDayYearSlash, "31/12/2025", "timestamp_impossible", "there is no month 31")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02 24:00:00", "timestamp_impossible", "C26")]
    [InlineData(TimestampFormat.Iso8601, "2016-12-31 23:59:60Z", "timestamp_impossible", "C26: a leap second")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02 03:61:00", "timestamp_impossible", "minute 61")]
    [InlineData(TimestampFormat.Iso8601, "2026-01-02T03:04:05+19:00", "timestamp_impossible", "no such offset")]
    [InlineData(TimestampFormat.Iso8601, "1999-12-31T23:59:59Z", "timestamp_too_old", "C26")]
    [InlineData(TimestampFormat.Iso8601, "2026-11-23T12:00:01Z", "timestamp_in_future", "C26: 24 hours and a second")]
    [InlineData(TimestampFormat.Iso8601, "9999-12-31T23:59:59-18:00", "timestamp_in_future", "beyond the calendar")]
    [InlineData(TimestampFormat.EpochSeconds, "1700158623979", "timestamp_in_future", "milliseconds read as seconds")]
    [InlineData(TimestampFormat.EpochMilliseconds, "1700158623", "timestamp_too_old", "seconds read as milliseconds")]
    [InlineData(TimestampFormat.EpochSeconds, "79000000000000000000000000000", "timestamp_in_future", "no overflow")]
    [InlineData(TimestampFormat.EpochSeconds, "99999999999999999", "timestamp_in_future", "no overflow")]
    [InlineData(TimestampFormat.EpochSeconds, "-99999999999999999", "timestamp_too_old", "no overflow")]
    [InlineData(TimestampFormat.EpochSeconds, "0", "timestamp_too_old", "1970 is a missing time")]
    [InlineData(TimestampFormat.EpochSeconds, "1.7e9", "timestamp_malformed", "what spreadsheets make of it")]
    public void Refuses_what_is_no_time_of_usage(TimestampFormat format, string text, string code, string why) =>
        Assert.True(code == TimestampText.Parse(text, format, Utc, Now).Fault?.Code, why);

    [Theory]
    [InlineData("2026-03-29 02:30:00", "timestamp_in_gap", "C28: the clocks went forward")]
    [InlineData("2026-10-25 02:30:00", "timestamp_in_overlap", "C28: the clocks went back")]
    public void A_local_time_that_the_zone_skips_or_repeats_is_refused(string text, string code, string why)
    {
        var fault = TimestampText.Parse(text, TimestampFormat.Iso8601, Berlin, Now).Fault;
        Assert.True(fault?.Code == code && fault.Message.Contains("Europe/Berlin", StringComparison.Ordinal), why);
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", true)]
    [InlineData("2026-01-02T03:04:05+02:00", true)]
    [InlineData("2026-01-02T03:04:05", false)]
    [InlineData("03/04/2026", false)]
    public void Knows_whether_a_text_says_its_own_offset(string text, bool has) => Assert.Equal(has, TimestampText.HasOffset(text));
}
