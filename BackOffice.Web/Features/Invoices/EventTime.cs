using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Invoices;

/// <summary>The moment of an event, as exactly as it is stored.</summary>
internal static class EventTime
{
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("d MMM uuuu HH:mm:ss.FFFFFF");

    /// <summary>"16 Nov 2023 19:17:03.97996".</summary>
    public static string In(Instant at, DateTimeZone zone) => Pattern.Format(at.InZone(zone).LocalDateTime);
}
