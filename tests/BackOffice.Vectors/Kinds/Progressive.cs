using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using LocalDate = NodaTime.LocalDate;

namespace BackOffice.Vectors.Kinds;

internal static class Progressive
{
    private static readonly Currency Eur = Currency.Of("EUR");

    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("thresholds_passed", Passed),
        new("next_threshold", Next),
        new("credit_on_final_invoice", CreditOnFinalInvoice),
        new("credit_note_on_progressive_invoice", CreditNote),
        new("scenario", Scenario),
    ];

    internal static ThresholdLadder Ladder(Facts thresholds, Facts step) => new(
        [.. thresholds.Items.Select(threshold => new UsageThreshold(Cents(threshold)))],
        step.IsThere ? new UsageThreshold(Cents(step)) : null);

    private static Money Cents(Facts facts) => Money.OfMinor(facts.IsMissing ? 0 : facts.Minor, Eur);

    private static void Passed(Vector vector, Check check)
    {
        var input = vector.Input;
        var usage = new LifetimeUsage(
            Cents(input["imported_history_cents"]), Cents(input["invoiced_earlier_periods_cents"]),
            Cents(input["usage_this_period_cents"]), Cents(input["already_billed_this_period_cents"]));
        check.That("passed", Ladder(input["fixed"], input["recurring"]).Passed(usage).Select(passed => passed.Threshold.Amount.MinorUnits));
    }

    private static void Next(Vector vector, Check check)
    {
        var place = Ladder(vector.Input["fixed"], vector.Input["recurring"]).PlaceOf(Cents(vector.Input["lifetime_cents"]));
        check.That("last", place.Last?.MinorUnits);
        check.That("next", place.Next?.MinorUnits);
        check.That("ratio", place.Ratio);
    }

    private static void CreditOnFinalInvoice(Vector vector, Check check)
    {
        var credit = ProgressiveCredit.Of(
            Lines(vector.Input["final_fees_cents"]),
            [.. vector.Input["progressive_invoices"].Items.Select(invoice => Lines(invoice["fees_cents"]))], Eur);
        check.IfExpected("credit_cents", () => credit.Total.MinorUnits);
        check.IfExpected("fee_reductions_cents", () => credit.Reductions.Select(reduction => reduction.MinorUnits));
        check.IfExpected("excess_cents", () => credit.Excess.MinorUnits);
        check.IfExpected("credit_note_cents", () => credit.Excess.MinorUnits > 0 ? credit.Excess.MinorUnits : null);
    }

    /// <summary>The n-th fee of one invoice is for the same charge as the n-th fee of the other.</summary>
    private static List<ProgressiveLine> Lines(Facts fees) => [.. fees.Items.Select((fee, i) => new ProgressiveLine($"{i}", Cents(fee)))];

    private static void CreditNote(Vector vector, Check check)
    {
        var note = ProgressiveCreditNote.Of(
            [.. vector.Input["fees"].Items.Select(fee => (Cents(fee["amount_cents"]), fee["rate"].NumberOrNull ?? 0))],
            Cents(vector.Input["amount_to_give_back_cents"]));
        check.IfExpected("items_cents", () => note.Items.Select(item => item.MinorUnits));
        check.IfExpected("credit_cents", () => note.Total.MinorUnits);
        check.IfExpected("total_cents", () => note.Total.MinorUnits);
        check.IfExpected("taxes_cents", () => note.Tax.MinorUnits);
    }

    private static void Scenario(Vector vector, Check check)
    {
        var input = vector.Input;
        var grid = new BillingGrid(
            ProgressiveFacts.Interval(input["interval"].Text),
            input["billing_time"].TextOrNull == "anniversary" ? BillingTiming.Anniversary : BillingTiming.Calendar,
            ProgressiveFacts.Day(input["started_at"]));
        var life = new ProgressiveFacts.Life(grid, new PerUnitPrice(input["unit_price"].Number), Ladder(input["thresholds"],
            input["recurring_threshold"]));
        var invoices = input["events"].Items
            .Select(used => life.Use(ProgressiveFacts.Day(used["at"]), used["units"].Number)?.Total.MinorUnits).ToList();
        check.IfExpected("progressive_invoices_cents", () => invoices);

        var whole = grid.Containing(ProgressiveFacts.Day(input["started_at"]));
        var ended = input["terminated_at"].IsThere ? ProgressiveFacts.Day(input["terminated_at"]).PlusDays(1) : whole.End;
        var billed = new Period(LocalDate.Max(whole.Start, ProgressiveFacts.Day(input["started_at"])), LocalDate.Min(ended, whole.End));
        foreach (var member in new[] { "period_end", "termination" })
        {
            check.IfExpected(member, () => life.Final(whole, billed, Cents(input["plan_amount_cents"]),
                input["grace_days"].WholeOrNull is > 0));
        }
    }
}
