using BackOffice.Core.Subscriptions;
using BackOffice.Web.Shared;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>Says what the next billing run would bill of a subscription that starts on a day.</summary>
public static class FirstBill
{
    /// <param name="today">The customer's day: periods that ended before it are due.</param>
    public static string InWords(LocalDate startsOn, LocalDate today)
    {
        var due = BillingCalendar.EndedThrough(startsOn, null, today.PlusDays(-1)).ToList();
        if (due.Count == 0)
        {
            var first = BillingCalendar.EndedThrough(startsOn, null, startsOn.PlusMonths(1)).First().Billed;
            return $"Nothing is due yet. The first period is {DateText.Days(first)}; it can be billed from {DateText.Day(first.End)}.";
        }

        var days = DateText.Days(due[0].Billed.Start, due[^1].Billed.LastDay);
        return due.Count == 1
            ? $"The next billing run bills one period that is over: {days}."
            : $"The next billing run bills {due.Count} months that are over: {days}, each with an invoice of its own.";
    }
}
