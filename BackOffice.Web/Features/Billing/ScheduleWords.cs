using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Billing;

/// <summary>The schedule as people say it.</summary>
internal static class ScheduleWords
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalTimePattern TimeWithSeconds = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");
    private static readonly ZonedDateTimePattern Planned = ZonedDateTimePattern.CreateWithInvariantCulture("ddd d MMM uuuu, HH:mm", null);
    private static readonly OffsetPattern Offsets = OffsetPattern.CreateWithInvariantCulture("+H:mm");

    /// <summary>"Every night at 02:30 Europe/Berlin".</summary>
    public static string Plan(LocalTime at, string zoneId) => $"Every night at {Time.Format(at)} {zoneId}";

    /// <summary>"Sun 29 Mar 2026, 03:30".</summary>
    public static string At(ZonedDateTime planned) => Planned.Format(planned);

    /// <summary>"UTC+2:00".</summary>
    public static string Zone(ZonedDateTime planned) => $"UTC{Offsets.Format(planned.Offset)}";

    /// <summary>"02:30", as the form's field has it.</summary>
    public static string TimeOfDay(LocalTime at) => Time.Format(at);

    /// <summary>Null when the text is no time of day. The browser sends a changed field with seconds, an untouched one without.</summary>
    public static LocalTime? TimeOfDay(string? text) => new[] { Time, TimeWithSeconds }
        .Select(pattern => pattern.Parse(text?.Trim() ?? "")).FirstOrDefault(parsed => parsed.Success)?.Value;
}
