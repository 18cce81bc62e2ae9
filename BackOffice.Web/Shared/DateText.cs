using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Shared;

/// <summary>Days, periods and moments as pages show them. Periods are stored half-open and shown with their last day.</summary>
public static class DateText
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly LocalDatePattern DayPattern = LocalDatePattern.Create("d MMM uuuu", CultureInfo.InvariantCulture);
    private static readonly LocalDatePattern DayAndMonth = LocalDatePattern.Create("d MMM", CultureInfo.InvariantCulture);
    private static readonly LocalDateTimePattern MomentPattern =
        LocalDateTimePattern.Create("d MMM uuuu HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"30 Nov 2023".</summary>
    public static string Day(LocalDate day) => DayPattern.Format(day);

    /// <summary>"–" when there is none.</summary>
    public static string Day(LocalDate? day) => day is { } given ? Day(given) : "–";

    /// <summary>"2023-11-30", for tooltips and files.</summary>
    public static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);

    /// <summary>"1–30 Nov 2023", "15 Nov – 14 Dec 2023", "15 Dec 2023 – 14 Jan 2024", or one day.</summary>
    public static string Days(Period period) => Days(period.Start, period.LastDay);

    /// <summary>A range of days, both included.</summary>
    public static string Days(LocalDate first, LocalDate last) => (first, last) switch
    {
        _ when first == last => Day(first),
        _ when first.Year == last.Year && first.Month == last.Month => $"{first.Day.ToString(English)}–{Day(last)}",
        _ when first.Year == last.Year => $"{DayAndMonth.Format(first)} – {Day(last)}",
        _ => $"{Day(first)} – {Day(last)}",
    };

    /// <summary>"30 Nov 2023 14:05", in the given zone. Name the zone nearby, or use <see cref="MomentWithZone"/>.</summary>
    public static string Moment(Instant at, DateTimeZone zone) => MomentPattern.Format(at.InZone(zone).LocalDateTime);

    /// <summary>"30 Nov 2023 14:05 Europe/Berlin".</summary>
    public static string MomentWithZone(Instant at, DateTimeZone zone) => $"{Moment(at, zone)} {zone.Id}";
}
