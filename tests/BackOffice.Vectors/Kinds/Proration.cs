using System.Globalization;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
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
        var terms = InAdvance(input, Minor(input["plan_amount_cents"]), 0);
        var life = SubscriptionLife.Start(
            SubscriptionId.New(), "s", Periods.ZoneOf(input), Periods.TimingOf(input), terms,
            (startedOn.IsThere ? startedOn.Day : SaidBefore(vector, changedOn)).AtStartOfDayInZone(Periods.ZoneOf(input)).ToInstant());
        var at = life.FirstMomentOf(changedOn) + Duration.FromHours(12);
        var unused = UnusedDays(life.ChangeNow(terms, at), at);
        var invoice = InvoiceOf(terms.BaseFee, Money.Zero(Cents), input["tax_rate"].NumberOrNull ?? 0);
        var credit = unused is null ? null : UnusedShare.Note(invoice, 0, terms.BaseFee.Amount, unused.Days, unused.Whole.Days);
        check.That("credit_amount_cents", credit?.Total.MinorUnits);
        check.IfExpected("unused_days", () => unused?.Days);
        check.IfExpected("period_days", () => unused?.Whole.Days);
    }

    private static void UnusedPeriod(Vector vector, Check check)
    {
        var input = vector.Input;
        var price = Minor(input["fee_plan_amount_cents_when_billed"] is { IsThere: true } billed ? billed : input["plan_amount_cents"]);
        var ended = input["terminated_at"].Moment;
        var life = SubscriptionLife.Start(
            SubscriptionId.New(), "s", Periods.ZoneOf(input), Periods.TimingOf(input),
            InAdvance(input, price, TrialOf(input["trial_days"], default)?.Days ?? 0), input["started_at"].Moment).Terminate(ended);
        var unused = UnusedDays(life, ended);

        var coupon = input["coupon_on_fee_cents"].IsThere ? input["coupon_on_fee_cents"] : input["invoice"]["coupon_on_first_fee_cents"];
        var fee = InvoiceOf(Minor(input["fee_amount_cents"]), Minor(coupon), input["tax_rate"].NumberOrNull ?? 0);
        var invoice = input["invoice_voided"].Flag ? fee.After(fee.Estimate([CreditRequest.Whole(0)]))
            : input["previous_credit_notes_on_fee_cents"] is { IsThere: true, Minor: > 0 } before
                ? fee.After(fee.Estimate([CreditRequest.Of(0, Minor(before).Amount)]))
            : fee;
        var credit = unused is null ? null : UnusedShare.Note(invoice, 0, price.Amount, unused.Days, unused.Whole.Days);
        if (vector.Expected.Element.TryGetProperty("credit_note", out _))
        {
            check.That("credit_note", credit is null ? null : "a credit note");
            return;
        }

        var choice = input["on_termination"].TextOrNull ?? "credit";
        var total = input["invoice"]["total_cents"].IsThere ? Minor(input["invoice"]["total_cents"]) : fee.Left;
        var refund = credit is null ? (long?)null : choice == "credit" ? 0 : UnusedShare.Refund(
            invoice, 0, price.Amount, UsedDays(life, unused!), unused!.Whole.Days,
            Minor(input["paid_cents"]), total, credit.Total).MinorUnits;
        var rest = credit?.Total.MinorUnits - refund;
        check.That("item_amount_cents", credit?.Items[0].TruncatedMinor);
        check.That("tax_cents", credit?.Tax.MinorUnits);
        check.That("total_cents", credit?.Total.MinorUnits);
        check.That("refund_cents", refund);
        check.That("credit_cents", choice == "offset" ? 0 : rest);
        check.That("offset_cents", choice == "offset" ? rest : 0);
        check.IfExpected("unused_days", () => unused?.Days);
        check.IfExpected("period_days", () => unused?.Whole.Days);
    }

    private static PlanTerms InAdvance(Facts input, Money fee, int trialDays) => new()
    {
        PlanId = PlanId.New(),
        PlanCode = "p",
        PlanName = "P",
        Version = 1,
        Interval = Periods.IntervalOf(input),
        BaseFee = fee,
        Settings = new PlanSettings { PayInAdvance = true, TrialDays = trialDays },
    };

    /// <summary>What the life itself takes back at its end.</summary>
    private static DueItem? UnusedDays(SubscriptionLife life, Instant at) =>
        DueItems.Of(life, at).SingleOrDefault(item => item.Kind == DueKind.UnusedFee);

    private static int UsedDays(SubscriptionLife life, DueItem unused) =>
        DueItems.Of(life, unused.DueAt).Single(item => item.Key == unused.Of).Days - unused.Days;

    private static CreditableInvoice InvoiceOf(Money fee, Money coupon, decimal taxRate) => CreditableInvoice.Of(TaxSheet.Of(
        [new TaxableLine(fee, [new LineTax("tax", "Tax", taxRate)], coupon.Amount)], coupon));
}
