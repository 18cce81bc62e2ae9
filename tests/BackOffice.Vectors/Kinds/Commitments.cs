using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using NodaTime;
using static BackOffice.Vectors.Kinds.InvoiceFigures;
using Period = BackOffice.Core.Common.Period;

namespace BackOffice.Vectors.Kinds;

/// <summary>Minimums of charges and commitments of plans, as far as they need one period and not the life of a subscription.</summary>
internal static class Commitments
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("charge_minimum", ChargeMinimumOf),
        new("charge_minimum_pricing_unit", InPricingUnits),
        new("commitment_proration", Prorated),
        new("fees_counted", FeesCounted),
        new("true_up", TrueUpOf),
        new("true_up_with_usage", WithUsage),
        new("true_up_and_coupon", AndCoupon),
    ];

    private static void ChargeMinimumOf(Vector vector, Check check)
    {
        var input = vector.Input;
        var used = input["filters_cents"].IsThere
            ? input["filters_cents"].Given.Select(filter => Cents(filter.Value)).ToList()
            : [Cents(input["used_cents"])];
        var trueUp = new ChargeMinimum(Cents(input["min_amount_cents"]).Amount, Eur)
            .TrueUp(used.Sum(Eur).Amount, input["billed_days"].Whole, input["period_days"].Whole);
        check.That("true_up_cents", trueUp?.Amount.MinorUnits);
        check.IfExpected("precise", () => AsWritten((trueUp?.Missing ?? 0) * Eur.Scale, vector.Expected["precise"]));
        Invoice(check, input, [.. used, .. trueUp is null ? [] : new[] { trueUp.Amount }]);
    }

    private static void Invoice(Check check, Facts input, IReadOnlyList<Money> fees)
    {
        IReadOnlyList<LineTax> taxes = input["tax_rate"].IsThere ? [Tax(input["tax_rate"].Number)] : [];
        IReadOnlyList<Settlement> credits = input["credit_note_balance_cents"].IsThere
            ? [new Settlement(SettlementKind.CreditNote, "earlier", Cents(input["credit_note_balance_cents"]))]
            : [];
        var totals = InvoiceTotals.Of([.. fees.Select(fee => new TaxableLine(fee, taxes))], [], credits, Eur, TaxRounding.Overall);
        check.IfExpected("true_up_tax_cents", () => totals.Taxes.Lines[^1].Tax.MinorUnits);
        check.IfExpected("usage_tax_cents", () => totals.Taxes.Lines[0].Tax.MinorUnits);
        check.IfExpected("fees_total_cents", () => totals.Lines.MinorUnits);
        check.IfExpected("invoice_tax_cents", () => totals.Tax.MinorUnits);
        check.IfExpected("credit_applied_cents", () => totals.SettledBy(SettlementKind.CreditNote).MinorUnits);
        check.IfExpected("invoice_total_cents", () => totals.Due.MinorUnits);
    }

    /// <summary>A pricing unit has two decimals, so its hundredths are written as cents.</summary>
    private static void InPricingUnits(Vector vector, Check check)
    {
        var input = vector.Input;
        var trueUp = new ChargeMinimum(input["min_amount_units_cents"].Number / 100, Eur, input["conversion_rate"].Number)
            .TrueUp(input["used_units_cents"].Number / 100, input["billed_days"].WholeOrNull ?? 1, input["period_days"].WholeOrNull ?? 1);
        check.That("true_up_units_cents", trueUp?.Missing * 100);
        check.That("true_up_fiat_cents", trueUp?.Amount.MinorUnits);
    }

    /// <summary>"billed_to" is the last day. A plan that a downgrade ended after its last day was billed to the end of it.</summary>
    private static void Prorated(Vector vector, Check check)
    {
        var input = vector.Input;
        var billed = new Period(input["billed_from"].Day, input["billed_to"].Day.PlusDays(1));
        var whole = Grid(input, billed.Start).Containing(billed.Start);
        var commitment = new Commitment(
            "Commitment", input["commitment_cents"].IsThere ? Cents(input["commitment_cents"]) : Money.Of(1, Eur));
        check.IfExpected("amount_cents", () => commitment.Prorated(billed.Days, whole.Days).MinorUnits);
        check.IfExpected("coefficient", () => AsWritten(Commitment.Coefficient(billed.Days, whole.Days), vector.Expected["coefficient"]));
        check.IfExpected("active_days", () => billed.Days);
        check.IfExpected("period_days", () => whole.Days);
    }

    /// <summary>A figure of another period than the one that is billed does not count; the vector names the period, not its days.</summary>
    private static void FeesCounted(Vector vector, Check check)
    {
        var input = vector.Input;
        var grid = Grid(input, new LocalDate(2024, 1, 1));
        var start = grid.StartOf(0);
        var hasPeriod = input["previous_invoice"].IsMissing || input["previous_invoice"].Flag;
        var period = Commitment.EndedBefore(grid, start, hasPeriod ? grid.StartOf(1) : start);
        var fees = input.Given
            .Where(member => member.Name.EndsWith("_cents", StringComparison.Ordinal) && member.Name != "commitment_cents")
            .SelectMany(member => member.Value.IsList ? member.Value.Items : [member.Value])
            .Select(fee => new CountedFee("Fee", Cents(fee), grid.Nth(0)));
        var others = input["other"].Given.Where(member => member.Name.EndsWith("_cents", StringComparison.Ordinal))
            .Select(fee => new CountedFee("Fee", Cents(fee.Value), Named(grid, input["other"]["for_period"].TextOrNull)));
        var trueUp = period is null
            ? null
            : new Commitment("Commitment", Cents(input["commitment_cents"])).TrueUp([.. fees, .. others], period);
        check.That("true_up_cents", trueUp?.Amount.MinorUnits ?? 0);
    }

    private static Period Named(BillingGrid grid, string? name) => name switch
    {
        "next" => grid.Nth(1),
        "previous" => grid.Nth(-1),
        null or "current" => grid.Nth(0),
        _ => throw new FormatException($"There is no period \"{name}\"."),
    };

    private static void TrueUpOf(Vector vector, Check check)
    {
        var input = vector.Input;
        var period = input["period"].IsThere ? Written(input) : Ended(input, Day(input["billed_at"]));
        var commitment = new Commitment("Commitment", Cents(input["minimum_commitment_cents"]));
        var fee = input["plan_amount_cents"].IsThere ? SubscriptionFee(input, period) : null;
        var others = input["fees_cents"].Given.Select(other => other.Name.EndsWith("_of_next_period", StringComparison.Ordinal)
            ? new CountedFee(other.Name, Cents(other.Value), new Period(period.Whole.End, period.Whole.End.PlusDays(1)))
            : new CountedFee(other.Name, Cents(other.Value), period.Billed));
        CountedFee[] own = fee is null ? [] : [new CountedFee("Subscription", fee, period.Billed)];
        var trueUp = commitment.TrueUp([.. others, .. own], period);
        check.IfExpected("subscription_fee_cents", () => fee?.MinorUnits);
        check.IfExpected("prorated_commitment_cents", () => commitment.Prorated(period.Billed.Days, period.Whole.Days).MinorUnits);
        check.IfExpected("active_days", () => period.Billed.Days);
        check.IfExpected("period_days", () => period.Whole.Days);
        check.That("true_up_cents", trueUp?.Amount.MinorUnits ?? (vector.Expected["true_up_cents"].IsMissing ? null : 0L));
        check.IfExpected("invoice_total_cents", () => ((fee ?? Money.Zero(Eur)) + (trueUp?.Amount ?? Money.Zero(Eur))).MinorUnits);
    }

    /// <summary>Period 1 is the first, perhaps cut; in period 2 only units that stay are charged again.</summary>
    private static void WithUsage(Vector vector, Check check)
    {
        var input = vector.Input;
        var start = Day(input["subscription_start"]);
        var grid = Grid(input, start);
        var number = vector.Expected["period"].Whole;
        var whole = grid.Nth(grid.IndexOf(start) + number - 1);
        var period = new BillingPeriod(new Period(LocalDate.Max(whole.Start, start), whole.End), whole);
        var fee = SubscriptionFee(input, period);
        var stays = input["usage_in_first_period"]["recurring_in_advance_cents"];
        var usage = number == 1
            ? input["usage_in_first_period"].Given.Select(member => Cents(member.Value)).Sum(Eur)
            : CentsOrZero(stays);
        var commitment = new Commitment("Commitment", Cents(input["minimum_commitment_cents"]));
        CountedFee[] fees = [new("Subscription", fee, period.Billed), new("Usage", usage, period.Billed)];
        var trueUp = commitment.TrueUp(fees, period);
        check.IsProse("billed_on", "period");
        check.IfExpected("subscription_fee_cents", () => fee.MinorUnits);
        check.IfExpected("recurring_in_advance_cents", () => CentsOrZero(stays).MinorUnits);
        check.IfExpected("prorated_commitment_cents", () => commitment.Prorated(period.Billed.Days, period.Whole.Days).MinorUnits);
        check.That("true_up_cents", trueUp?.Amount.MinorUnits ?? 0);
    }

    private static void AndCoupon(Vector vector, Check check)
    {
        var fees = vector.Input["fees_cents"].Items.Select(Cents).Sum(Eur);
        var trueUp = new Commitment("Commitment", Cents(vector.Input["minimum_commitment_cents"])).TrueUp(fees, 1, 1);
        check.That("true_up_cents", trueUp?.Amount.MinorUnits ?? 0);
    }

    private static Money SubscriptionFee(Facts input, BillingPeriod period)
    {
        var amount = Cents(input["plan_amount_cents"]);
        var step = new PriceStep("Subscription", period.Billed.Days, amount.Amount, period.Whole.Days);
        return Money.Rounded(step.Amount, Eur);
    }

    private static BillingPeriod Ended(Facts input, LocalDate billedOn)
    {
        var start = Day(input["subscription_start"]);
        return Commitment.EndedBefore(Grid(input, start), start, billedOn)
            ?? throw new FormatException("No period has ended on the day of billing.");
    }

    /// <summary>"2023-03-15..2023-12-31": the days that are billed, with the last one.</summary>
    private static BillingPeriod Written(Facts input)
    {
        var days = input["period"].Text.Split("..").Select(day => NodaTime.Text.LocalDatePattern.Iso.Parse(day[..10]).Value).ToList();
        var billed = new Period(days[0], days[1].PlusDays(1));
        return new BillingPeriod(billed, Grid(input, billed.Start).Containing(billed.Start));
    }

    private static LocalDate Day(Facts facts) => facts.IsDay ? facts.Day : facts.Moment.InUtc().Date;

    private static BillingGrid Grid(Facts input, LocalDate anchor) => new(
        input["interval"].TextOrNull switch
        {
            "weekly" => BillingInterval.Weekly,
            "monthly" or null => BillingInterval.Monthly,
            "quarterly" => BillingInterval.Quarterly,
            "semiannual" => BillingInterval.SemiAnnual,
            "yearly" => BillingInterval.Yearly,
            var other => throw new FormatException($"There is no interval \"{other}\"."),
        },
        input["billing_time"].TextOrNull == "anniversary" ? BillingTiming.Anniversary : BillingTiming.Calendar,
        anchor);
}
