using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>A stretch of a subscription that is billed at once.</summary>
/// <param name="Billed">The days that are billed.</param>
/// <param name="Whole">The calendar period they are part of; longer than <paramref name="Billed"/> when it starts or ends inside.</param>
public sealed record BillingPeriod(Period Billed, Period Whole)
{
    public bool IsWhole => Billed == Whole;
}

/// <summary>Which periods a subscription has. Calendar months: each starts on the 1st, whatever day the subscription started on.</summary>
public static class BillingCalendar
{
    /// <summary>The periods that have ended by the end of <paramref name="through"/>, oldest first, billed or not.</summary>
    /// <remarks>All of them, not only the last: a server that slept through a month bills it when it wakes.</remarks>
    public static IEnumerable<BillingPeriod> EndedThrough(LocalDate startsOn, LocalDate? endsOn, LocalDate through)
    {
        // From the first month, never from the previous period's end: anchors must not drift.
        var first = DateAdjusters.StartOfMonth(startsOn);
        for (var n = 0; ; n++)
        {
            var whole = new Period(first.PlusMonths(n), first.PlusMonths(n + 1));
            var start = whole.Start < startsOn ? startsOn : whole.Start;
            var end = endsOn < whole.LastDay ? endsOn.Value.PlusDays(1) : whole.End;
            if (end.PlusDays(-1) > through || start >= end)
            {
                yield break;
            }

            yield return new BillingPeriod(new Period(start, end), whole);
        }
    }
}
