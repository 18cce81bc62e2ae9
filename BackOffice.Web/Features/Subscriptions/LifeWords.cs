using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Web.Shared;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>What pages say about the life of a subscription.</summary>
public static class LifeWords
{
    /// <summary>"month".</summary>
    public static string Of(BillingInterval interval) => interval switch
    {
        BillingInterval.Weekly => "week",
        BillingInterval.Monthly => "month",
        BillingInterval.Quarterly => "quarter",
        BillingInterval.SemiAnnual => "half-year",
        _ => "year",
    };

    /// <summary>"Each month, from the 1st on".</summary>
    public static string Of(BillingInterval interval, BillingTiming timing, LocalDate anchor) => timing switch
    {
        BillingTiming.CalendarTiming => $"Each {Of(interval)} of the calendar",
        BillingTiming.FixedDayTiming { Day: var day } => $"Each {Of(interval)}, beginning on day {day} of a month",
        _ => $"Each {Of(interval)}, counted from {DateText.Day(anchor)}",
    };

    /// <summary>"49.00 EUR a month, paid beforehand".</summary>
    public static string Fee(PlanTerms terms) => terms.BaseFee.MinorUnits == 0 ? "None"
        : $"{MoneyText.Of(terms.BaseFee)} a {Of(terms.Interval)}, {(terms.Settings.PayInAdvance ? "in advance" : "after it has ended")}";

    /// <summary>What becomes of a fee that was paid for days after the end.</summary>
    public static string Of(UnusedFee unused) => unused switch
    {
        UnusedFee.Credit => "Credit it: later invoices use it up",
        UnusedFee.Refund => "Refund what was paid of it, credit the rest",
        UnusedFee.Offset => "Refund what was paid, take the rest off the open invoice",
        _ => "Keep it: nothing is given back",
    };

    /// <summary>Everything that happens in a life, oldest first.</summary>
    internal static IReadOnlyList<LifeDay> Days(SubscriptionLife life, Instant now)
    {
        var days = new List<LifeDay> { Start(life, now) };
        for (var i = 1; i < life.Phases.Count; i++)
        {
            days.Add(Change(life, life.Phases[i - 1].End!, life.Phases[i], now));
        }

        days.AddRange(life.UnitChanges.Select(change => new LifeDay(
            change.From, $"{UnitsName(life, change)}: {MoneyText.Quantity(change.Units)} units", Decided(life, change.KnownAt) + ".",
            change.From > life.DayOf(now))));
        if (life.End is { } end)
        {
            days.Add(new LifeDay(
                end.Day.PlusDays(-1), "Last day",
                $"{Decided(life, end.KnownAt)}. {(end.Invoice ? "What is still owed is billed" : "What is still owed is not billed")}. "
                + $"Fee for days after it: {Of(end.Unused)}.",
                end.At > now));
        }

        return [.. days.OrderBy(day => day.Day)];
    }

    private static LifeDay Start(SubscriptionLife life, Instant now)
    {
        var (first, time) = (life.First, life.First.From.InZone(life.Zone).TimeOfDay);
        return new LifeDay(
            first.FirstDay, $"Starts on {Name(first)}, {Fee(first.Terms)}",
            time == LocalTime.Midnight ? null : $"Usage counts from {time:HH:mm}; the day is billed as a whole.", first.From > now);
    }

    private static LifeDay Change(SubscriptionLife life, PhaseEnd end, Phase next, Instant now)
    {
        var why = end.Why switch
        {
            EndReason.Upgrade => "Upgrade to",
            EndReason.Downgrade => "Downgrade to",
            _ => "Changes to",
        };
        return new LifeDay(next.FirstDay, $"{why} {Name(next)}, {Fee(next.Terms)}", Decided(life, end.KnownAt) + ".", next.From > now);
    }

    private static string Name(Phase phase) =>
        $"{phase.Terms.PlanName}, version {phase.Terms.Version}" + (phase.Terms.Agreed is null ? "" : ", with prices agreed for it");

    private static string Decided(SubscriptionLife life, Instant at) => $"Decided {DateText.Moment(at, life.Zone)}";

    private static string UnitsName(SubscriptionLife life, UnitChange change) =>
        life.Phases.SelectMany(phase => phase.Terms.Settings.FixedCharges).FirstOrDefault(charge => charge.Code == change.Code)?.Name
        ?? change.Code;
}
