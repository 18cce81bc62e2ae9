using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Vectors.Kinds;

/// <summary>Billing days and recurrences. These systems write half-open periods, as we do; moments without a zone are UTC.</summary>
internal static class BillingDays
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("add_periods", (vector, check) =>
            check.That("date", CadenceOf(vector.Input).From(vector.Input["start"].Day, vector.Input["count"].Whole))),
        new("whole_periods_between", (vector, check) =>
            check.That("count", CadenceOf(vector.Input).WholeBetween(vector.Input["start"].Day, vector.Input["end"].Day))),
        new("period_containing", PeriodContaining),
        new("previous_anchor", PreviousAnchor),
        new("billing_day_from_start", FromStart),
        new("local_date_stability", LocalDates),
    ];

    private static Cadence CadenceOf(Facts input) => input["billing_period"].Text switch
    {
        "daily" => Cadence.Days(1),
        "weekly" => Cadence.Days(7),
        "biweekly" => Cadence.Days(14),
        "thirty_days" => Cadence.Days(30),
        "thirty_one_days" => Cadence.Days(31),
        "sixty_days" => Cadence.Days(60),
        "ninety_days" => Cadence.Days(90),
        "bimestrial" => Cadence.Months(2),
        "triannual" => Cadence.Months(4),
        "sesquiennial" => Cadence.Months(18),
        "biennial" => Cadence.Months(24),
        "triennial" => Cadence.Months(36),
        _ => Cadence.Of(IntervalOf(input)),
    };

    private static BillingInterval IntervalOf(Facts input) => input["billing_period"].TextOrNull switch
    {
        "weekly" => BillingInterval.Weekly,
        null or "monthly" => BillingInterval.Monthly,
        "quarterly" => BillingInterval.Quarterly,
        "biannual" or "semiannual" => BillingInterval.SemiAnnual,
        "annual" or "yearly" => BillingInterval.Yearly,
        var other => throw new FormatException($"{other} is not a billing period"),
    };

    // P1M, P2W, P1D, P1Y: one unit of the calendar.
    private static Cadence Recurrence(Facts interval)
    {
        var span = PeriodPattern.Roundtrip.Parse(interval.Text).Value;
        return (span.Years, span.Months, span.Weeks, span.Days, span.HasTimeComponent) switch
        {
            (_, _, 0, 0, false) => Cadence.Months((span.Years * 12) + span.Months),
            (0, 0, _, _, false) => Cadence.Days((span.Weeks * 7) + span.Days),
            _ => throw new FormatException($"{interval.Text} mixes months with days or has hours"),
        };
    }

    private static void PeriodContaining(Vector vector, Check check)
    {
        var cadence = Recurrence(vector.Input["interval"]);
        var anchor = Utc(vector.Input["anchor"]);
        var n = cadence.WholeBetween(anchor, Utc(vector.Input["at"]));
        check.That("period", new[] { n, n + 1 }.Select(i => cadence.From(anchor, i).InUtc().ToInstant()));
    }

    private static void PreviousAnchor(Vector vector, Check check)
    {
        var cadence = Recurrence(vector.Input["interval"]);
        var anchor = Utc(vector.Input["anchor"]);
        var before = Utc(vector.Input["before"]);
        var at = vector.Input["boundary"].TextOrNull == "inclusive"
            ? cadence.LastThrough(anchor, before)
            : cadence.LastBefore(anchor, before);
        check.That("at", at.InUtc().ToInstant());
    }

    private static LocalDateTime Utc(Facts moment) => moment.Moment.InUtc().LocalDateTime;

    private static void FromStart(Vector vector, Check check)
    {
        var input = vector.Input;
        var start = input["start_local"].IsDay ? input["start_local"].Day : Local(input["start_local"].Text, input).Date;
        var startsOn = new Trial(start, input["trial_days"].WholeOrNull ?? 0).FirstPaidDay;
        var timing = input["billing_day"].WholeOrNull is { } day ? BillingTiming.OnDay(day) : BillingTiming.Anniversary;
        var first = BillingCalendar.Periods(new BillingGrid(IntervalOf(input), timing, startsOn), startsOn, null).First().Billed;
        check.That("billing_day", input["billing_day"].WholeOrNull ?? startsOn.Day);
        check.That("first_period", new[] { first.Start, first.End });
    }

    // A local time that does not exist is moved to the first one that does.
    private static ZonedDateTime Local(string text, Facts input) =>
        LocalDateTimePattern.ExtendedIso.Parse(text).Value.InZoneLeniently(Zone.Of(input["timezone"].Text));

    private static void LocalDates(Vector vector, Check check)
    {
        var input = vector.Input;
        var zone = Zone.Of(input["timezone"].Text);
        var startedAt = input["subscription_created_at"].IsThere
            ? input["subscription_created_at"].Moment
            : Local($"{input["subscription_local_date"].Text}T{input["local_time_of_day"].TextOrNull ?? "00:00:00"}", input).ToInstant();
        var startsOn = new SubscribedTime(zone, startedAt).FirstDay;
        var grid = new BillingGrid(IntervalOf(input), BillingTiming.OnDay(input["billing_day"].Whole), startsOn);

        check.IfExpected("start_local_date", () => startsOn);
        check.IfExpected("charged_through", () => BillingCalendar.Periods(grid, startsOn, null)
            .Take(vector.Expected["charged_through"].Items.Count).Select(period => period.Billed.End));
        if (input["cancel_local_date"].IsThere)
        {
            Cancelled(input, check, grid, new SubscribedTime(zone, startedAt, FirstMomentOf(input["cancel_local_date"].Day, zone)));
        }
    }

    // Cancelling from a day on leaves that day out: the day before is the last, and the run of that day knows it.
    private static void Cancelled(Facts input, Check check, BillingGrid grid, SubscribedTime life)
    {
        var cancelledOn = life.LastDay!.Value;
        var lastDay = cancelledOn.PlusDays(-1);
        var through = LocalDate.Min(lastDay, input["now"].Moment.InZone(life.Zone).Date);
        var billed = BillingCalendar.BegunThrough(grid, life.FirstDay, null, through).ToList();
        check.IfExpected("cancel_effective_local_date", () => cancelledOn);
        check.IfExpected("invoice_count", () => billed.Count);
        check.IfExpected("credit_lines", () => billed.Count(period =>
            BillingCalendar.Cut(period.Whole, life.FirstDay, lastDay)?.Billed != period.Billed));
    }

    private static Instant FirstMomentOf(LocalDate day, DateTimeZone zone) => new Core.Common.Period(day, day.PlusDays(1)).In(zone).Start;
}
