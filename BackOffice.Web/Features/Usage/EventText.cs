using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Usage;

/// <summary>Moments of usage as pages show them: to the microsecond where there are any.</summary>
internal static class EventText
{
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss;FFFFFF");

    public static string Utc(Instant at) => Pattern.Format(at.InUtc().LocalDateTime);

    public static string In(DateTimeZone zone, Instant at) => Pattern.Format(at.InZone(zone).LocalDateTime);
}
