using BackOffice.Core.Pricing;
using NodaTime;

namespace BackOffice.Core.Usage;

/// <summary>For how many days of a period units were there (guide §3.1, kept exact: shares are days of days, never rounded).</summary>
/// <remarks>
/// Units count from the day they come to the end of the billed days. Units taken away stop on the day of the event when they are numbers;
/// an item is still billed on the day it is removed, and once a day however often it comes and goes.
/// </remarks>
internal static class DayParts
{
    /// <param name="ordered">Events of the period in order, without those that change nothing.</param>
    /// <param name="carried">Units that were there before.</param>
    public static IReadOnlyList<UnitsForDays> Of(IReadOnlyList<Reading> ordered, decimal carried, UsageWindow window)
    {
        var whole = window.Whole.Days;
        var parts = new List<UnitsForDays>(ordered.Count + 1);
        var free = new Dictionary<string, LocalDate>(StringComparer.Ordinal);
        if (carried != 0)
        {
            parts.Add(new(carried, window.Billed.Days, whole));
        }

        foreach (var reading in ordered)
        {
            if (reading.Value != 0)
            {
                parts.Add(new(reading.Value, window.DaysFrom(FirstDay(reading, window.DayOf(reading.At), free)), whole));
            }
        }

        return parts;
    }

    private static LocalDate FirstDay(Reading reading, LocalDate day, Dictionary<string, LocalDate> free)
    {
        if (reading.Item is not { } item)
        {
            return day;
        }

        // The day of the removal is billed, so a removal works from the next one – and so does coming back on the same day.
        return reading.Removes ? free[item] = day.PlusDays(1)
            : free.TryGetValue(item, out var next) && next > day ? next
            : day;
    }
}
