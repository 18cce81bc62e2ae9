using System.Globalization;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Vectors.Kinds;

/// <summary>Shares of a base fee: first, last and whole periods, trials, upgrades, and what is given back of a fee in advance.</summary>
internal static class Proration
{
    // Amounts are in cents; the currency of these vectors has two decimal places.
    private static readonly Currency Cents = Currency.Of("EUR");

    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("subscription_fee", SubscriptionFee),
        new("termination_fee_in_arrears", TerminationFee),
        new("first_fee_after_upgrade", FirstFeeAfterUpgrade),
        new("upgrade_credit_note", UpgradeCredit),
        new("unused_period_credit_note", UnusedPeriod),
    ];

    private static Money Minor(Facts facts) => Money.OfMinor(facts.IsMissing ? 0 : facts.Minor, Cents);

    private static BillingGrid GridOf(Facts input, LocalDate anchor) => new(Periods.IntervalOf(input), Periods.TimingOf(input), anchor);

    // Some vectors explain the number behind it: "184 (= days since …)".
    private static Trial? TrialOf(Facts days, LocalDate firstStart) => days.IsMissing
        ? null
        : new(firstStart, days.Element.ValueKind == System.Text.Json.JsonValueKind.String
            ? int.Parse(days.Text.Split(' ')[0], CultureInfo.InvariantCulture)
            : days.Whole);

    // A scenario says once when its subscription began; an anniversary keeps that day over every later plan.
    private static LocalDate SaidBefore(Vector vector, LocalDate own) => Periods.TimingOf(vector.Input) != BillingTiming.Anniversary
        ? own
        : vector.Earlier.Select(earlier => earlier.Input)
            .Where(said => said["start"].IsDay && said["billing_time"].TextOrNull == vector.Input["billing_time"].TextOrNull)
            .Select(said => said["start"].Day).Append(own).Min();

    private static void SubscriptionFee(Vector vector, Check check)
    {
        var input = vector.Input;
        var from = (input["period_billed_from"].IsThere ? input["period_billed_from"] : input["start"]).Day;
        var firstStart = input["subscription_start"].IsThere ? input["subscription_start"].Day : from;
        var anchor = input["anchor"].IsThere ? input["anchor"].Day
            : input["subscription_start"].IsThere ? firstStart
            : SaidBefore(vector, firstStart);
        var grid = GridOf(input, anchor);
        var lastDay = input["period_billed_to"].IsThere ? input["period_billed_to"].Day : (LocalDate?)null;
        Fee(vector, check, BillingCalendar.Periods(grid, from, lastDay).First().FeeShare(TrialOf(input["trial_days"], firstStart)));
    }

    private static void TerminationFee(Vector vector, Check check)
    {
        var input = vector.Input;
        var startsOn = (input["billed_from"].IsThere ? input["billed_from"] : input["subscription_start"]).Day;
        var firstStart = input["subscription_start"].IsThere ? input["subscription_start"].Day : startsOn;
        var lastDay = input["terminated_on"].Day.PlusDays(input["reason"].TextOrNull == "upgrade" ? -1 : 0);
        var grid = GridOf(input, input["anchor"].IsThere ? input["anchor"].Day : firstStart);
        var whole = grid.Containing(input["terminated_on"].Day);
        var share = BillingCalendar.Cut(whole, startsOn, lastDay)?.FeeShare(TrialOf(input["trial_days"], firstStart));
        Fee(vector, check, share ?? new(0, whole.Days));
    }

    private static void FirstFeeAfterUpgrade(Vector vector, Check check)
    {
        var input = vector.Input;
        var upgradedOn = input["upgraded_on"].Day;

        // The end of the period says where the next one begins, which is all that a grid needs.
        var whole = new BillingGrid(Periods.IntervalOf(input), BillingTiming.Anniversary, input["period_end"].Day.PlusDays(1)).Nth(-1);
        var firstStart = input["first_subscription_start"].IsThere ? input["first_subscription_start"].Day : upgradedOn;
        var trial = input["trial_ends_after_period"].Flag
            ? new Trial(upgradedOn, whole.Days)
            : TrialOf(input["trial_days"], firstStart);
        Fee(vector, check, BillingCalendar.Cut(whole, upgradedOn, null)!.FeeShare(trial));
    }

    private static void Fee(Vector vector, Check check, Core.Subscriptions.Proration share)
    {
        var price = Minor(vector.Input["plan_amount_cents"]);
        check.That("fee_amount_cents", share.Of(price).MinorUnits);
        check.IfExpected("billed_days", () => share.Days);
        check.IfExpected("period_days", () => share.OfDays);
        check.IfExpected("precise_amount_cents", () => AsWritten(vector.Expected["precise_amount_cents"], share.Exactly(price.MinorUnits)));
    }

    // Written by a system that computes in binary floating point: its last digit is noise, and is taken as it is when all others agree.
    private static decimal AsWritten(Facts written, decimal exact) =>
        written.NumberOrNull is { } number && Math.Abs(number - exact) <= Math.Abs(exact) * 1e-15m ? number : exact;

    private static void UpgradeCredit(Vector vector, Check check)
    {
        var input = vector.Input;
        var changedOn = input["changed_on"].Day;
        var startedOn = new[] { "anchor", "started_on", "start" }.Select(name => input[name]).FirstOrDefault(facts => facts.IsThere);
        var whole = GridOf(input, startedOn.IsThere ? startedOn.Day : SaidBefore(vector, changedOn)).Containing(changedOn);
        var price = Minor(input["plan_amount_cents"]);
        var fee = new AdvanceFee(price, price, new(whole, whole), Money.Zero(Cents), input["tax_rate"].NumberOrNull ?? 0);
        var credit = UnusedCredit.Of(fee, changedOn.PlusDays(-1), Money.Zero(Cents));
        check.That("credit_amount_cents", credit?.Total.MinorUnits);
        check.IfExpected("unused_days", () => credit?.Unused.Days);
        check.IfExpected("period_days", () => whole.Days);
    }

    private static void UnusedPeriod(Vector vector, Check check)
    {
        var input = vector.Input;
        var life = new SubscribedTime(Periods.ZoneOf(input), input["started_at"].Moment, input["terminated_at"].Moment);
        var fee = FeeOf(input, life);

        // A voided invoice has been taken back as a whole.
        var credit = UnusedCredit.Of(
            fee, life.LastDay!.Value, input["invoice_voided"].Flag ? fee.Amount : Minor(input["previous_credit_notes_on_fee_cents"]));
        if (vector.Expected.Element.TryGetProperty("credit_note", out _))
        {
            check.That("credit_note", credit is null ? null : "a credit note");
            return;
        }

        var choice = input["on_termination"].TextOrNull ?? "credit";
        var refund = choice == "credit" ? 0 : credit?.Refund(Minor(input["paid_cents"]), InvoiceTotal(input, fee)).MinorUnits;
        var rest = credit?.Total.MinorUnits - refund;
        check.That("item_amount_cents", credit is null ? null : Truncated(credit.Item * 100));
        check.That("tax_cents", credit?.Tax.MinorUnits);
        check.That("total_cents", credit?.Total.MinorUnits);
        check.That("refund_cents", refund);
        check.That("credit_cents", choice == "offset" ? 0 : rest);
        check.That("offset_cents", choice == "offset" ? rest : 0);
        check.IfExpected("unused_days", () => credit?.Unused.Days);
        check.IfExpected("period_days", () => credit?.Unused.OfDays);
    }

    private static AdvanceFee FeeOf(Facts input, SubscribedTime life)
    {
        var whole = GridOf(input, life.FirstDay).Containing(life.LastDay!.Value);
        var price = input["fee_plan_amount_cents_when_billed"] is { IsThere: true } billed ? billed : input["plan_amount_cents"];
        var coupon = input["coupon_on_fee_cents"].IsThere ? input["coupon_on_fee_cents"] : input["invoice"]["coupon_on_first_fee_cents"];
        return new(
            Minor(price), Minor(input["fee_amount_cents"]), BillingCalendar.Cut(whole, life.FirstDay, null)!, Minor(coupon),
            input["tax_rate"].NumberOrNull ?? 0, TrialOf(input["trial_days"], life.FirstDay));
    }

    // A fee alone on its invoice is the invoice.
    private static Money InvoiceTotal(Facts input, AdvanceFee fee) =>
        input["invoice"]["total_cents"].IsThere ? Minor(input["invoice"]["total_cents"]) : fee.Total;

    // Credit items are written with five places, cut and not rounded.
    private static decimal Truncated(decimal amount) => decimal.Truncate(amount * 100_000m) / 100_000m;
}
