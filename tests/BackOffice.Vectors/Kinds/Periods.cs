using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Vectors.Kinds;

/// <summary>Boundaries, life cycles, billing days. An inclusive end is our half-open end less a second.</summary>
internal static class Periods
{
    private static readonly Duration Second = Duration.FromSeconds(1);

    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("boundary", Boundary),
        new("lifecycle", LifeCycle),
        new("billing_days", Runs),
        new("billing_day_matrix", DayMatrix),
        new("is_billing_day", IsBillingDay),
        new("day_count", (vector, check) => check.Is(BillingCalendar.DaysTouched(
            vector.Input["from"].Moment, vector.Input["to"].Moment, ZoneOf(vector.Input)))),
    ];

    internal static BillingInterval IntervalOf(Facts input) => input["interval"].TextOrNull switch
    {
        "weekly" => BillingInterval.Weekly,
        null or "monthly" => BillingInterval.Monthly,
        "quarterly" => BillingInterval.Quarterly,
        "semiannual" => BillingInterval.SemiAnnual,
        "yearly" => BillingInterval.Yearly,
        var other => throw new FormatException($"{other} is not an interval"),
    };

    internal static BillingTiming TimingOf(Facts input) => input["billing_time"].TextOrNull switch
    {
        null or "calendar" => BillingTiming.Calendar,
        "anniversary" => BillingTiming.Anniversary,
        var other => throw new FormatException($"{other} is not a billing time"),
    };

    internal static DateTimeZone ZoneOf(Facts input) => Zone.Of(input["timezone"].TextOrNull ?? "UTC");

    /// <summary>A day as it stands, or the customer's day of a moment.</summary>
    internal static LocalDate DayOf(Facts facts, DateTimeZone zone) => facts.IsDay ? facts.Day : facts.Moment.InZone(zone).Date;

    private static BillingRhythm RhythmOf(Facts input, LocalDate anchor) => new(
        new(IntervalOf(input), TimingOf(input), anchor),
        input["pay_in_advance"].Flag,
        input["bill_charges_monthly"].Flag,
        input["bill_fixed_charges_monthly"].Flag);

    private static void Boundary(Vector vector, Check check)
    {
        var input = vector.Input;
        var zone = ZoneOf(input);
        var rhythm = RhythmOf(input, DayOf(input["subscription_at"], zone));
        var query = vector.Root["query"].Text;
        var day = DayOf(input["billing_at"], zone);
        check.Is(query switch
        {
            "next_end_of_period" => rhythm.Grid.Containing(day).In(zone).End - Second,
            "previous_beginning_of_period" =>
                rhythm.Grid.Nth(rhythm.Grid.IndexOf(day) - (input["current_period"].Flag ? 0 : 1)).In(zone).Start,
            "period_duration_days" when input["period_containing_date"].IsThere =>
                rhythm.Grid.Containing(input["period_containing_date"].Day).Days,
            _ when query.StartsWith("first_month_in_first_", StringComparison.Ordinal) =>
                rhythm.Grid.IsFirstMonth(day) && rhythm.Grid.Containing(day).Contains(rhythm.Grid.Anchor),
            _ when query.StartsWith("first_month_in_", StringComparison.Ordinal) => rhythm.Grid.IsFirstMonth(day),
            _ => input["started_at"].IsMissing ? null : OfRun(query, BoundariesOf(input, rhythm, zone)),
        });
    }

    private static object? OfRun(string query, RunBoundaries run) => query switch
    {
        "period_duration_days" => run.Fee.Whole.Days,
        "charges_duration_days" => run.Usage.Whole.Days,
        "fixed_charges_duration_days" => run.FixedCharges.Whole.Days,
        "fixed_charges_period_to" => LastMoment(run.FixedCharges),
        "charges_period_to" => LastMoment(run.Usage),
        _ => Moments(run).TryGetValue(query, out var moment) ? moment : throw new FormatException($"{query} is not a boundary"),
    };

    private static RunBoundaries BoundariesOf(Facts input, BillingRhythm rhythm, DateTimeZone zone)
    {
        var terminated = input["status"].TextOrNull == "terminated" ? input["terminated_at"].Moment : (Instant?)null;
        return RunBoundaries.Of(
            rhythm,
            new SubscribedTime(zone, input["started_at"].Moment, terminated),
            input["billing_at"].Moment,
            input["current_usage"].Flag,
            input["previous_invoice"] is { IsThere: true } previous ? PreviousOf(previous) : null);
    }

    // The zone's name may be followed by words, the moments may lack their Z.
    private static PreviousRun PreviousOf(Facts previous) => new(
        Zone.Of(previous["timezone"].Text.Split(' ')[0]), AfterEnd(previous["charges_to"]), AfterEnd(previous["fixed_charges_to"]));

    private static Instant? AfterEnd(Facts end) => end.IsMissing
        ? null
        : NodaTime.Text.InstantPattern.ExtendedIso.Parse(end.Text.EndsWith('Z') ? end.Text : end.Text + "Z").Value + Second;

    private static Dictionary<string, object?> Moments(RunBoundaries run) => new(StringComparer.Ordinal)
    {
        ["from"] = First(run.Fee),
        ["to"] = Last(run.Fee),
        ["charges_from"] = First(run.Usage),
        ["charges_to"] = Last(run.Usage),
        ["fixed_charges_from"] = First(run.FixedCharges),
        ["fixed_charges_to"] = Last(run.FixedCharges),
    };

    private static object? First(RunStretch stretch) => stretch.IsDue ? stretch.From : null;

    private static object? Last(RunStretch stretch) => stretch.IsDue ? LastMoment(stretch) : null;

    // A termination and a start are moments; the end of a period is written as its last second.
    private static Instant LastMoment(RunStretch stretch) => stretch.EndedBy == StretchEnd.Period ? stretch.To - Second : stretch.To;

    private static void LifeCycle(Vector vector, Check check)
    {
        var input = vector.Input;
        var zone = ZoneOf(input);
        var life = new SubscribedTime(zone, input["subscription_at"].Moment);
        var rhythm = RhythmOf(input, life.FirstDay);
        foreach (var step in vector.Root["steps"].Items)
        {
            var at = step["at"].Moment;
            if (step["invoices_created"].IsThere)
            {
                check.At(step["invoices_created"], rhythm.DueOn(at.InZone(zone).Date, life.FirstDay, null).Count > 0 ? 1 : 0);
            }

            var moments = Moments(RunBoundaries.Of(rhythm, life, at));
            foreach (var (name, expected) in step["boundaries"].Members)
            {
                check.At(expected, moments[name]);
            }
        }
    }

    private static void Runs(Vector vector, Check check)
    {
        var input = vector.Input;
        var zone = ZoneOf(input);
        var startsOn = DayOf(input["subscription_created_at"], zone);
        var rhythm = RhythmOf(input, startsOn);
        var billed = new HashSet<LocalDate>();
        foreach (var runs in new[] { "runs_before", "runs", "runs_after" })
        {
            billed.UnionWith(input[runs].Items.Select(run => DayOf(run, zone)).Where(day => rhythm.DueOn(day, startsOn, null).Count > 0));
            check.That($"invoices_after_{runs}", runs == "runs_after" && input[runs].Items.Count == 0 ? null : billed.Count);
        }
    }

    private static void DayMatrix(Vector vector, Check check)
    {
        var zone = ZoneOf(vector.Input);
        var startsOn = DayOf(vector.Input["subscription_at"], zone);
        var rhythm = RhythmOf(vector.Input, startsOn);
        bool IsDue(LocalDate day) => rhythm.DueOn(day, startsOn, null).Count > 0;

        check.That("billed_on", vector.Expected["billed_on"].Items.Select(item => item.Day).Where(IsDue));
        check.That("not_billed_on", vector.Expected["not_billed_on"].Items.Select(item => item.Day).Where(day => !IsDue(day)));
    }

    private static void IsBillingDay(Vector vector, Check check)
    {
        var zone = ZoneOf(vector.Input);
        var day = DayOf(vector.Input["run_at"], zone);
        var startsOn = vector.Input["subscription_at"] is { IsThere: true } start ? DayOf(start, zone) : day.PlusYears(-1);
        check.Is(RhythmOf(vector.Input, startsOn).DueOn(day, startsOn, null).Count > 0);
    }
}
