using System.Globalization;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using NodaTime;
using static BackOffice.Vectors.Kinds.InvoiceFigures;

namespace BackOffice.Vectors.Kinds;

/// <summary>Whole invoices, and what people do to them: edit, number, date, void.</summary>
internal static class Invoices
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("whole_invoice", (vector, check) => Taxes.InvoiceTotalsOf(check, Totals(vector))),
        new("fractional_fees_with_wallet", FractionalFees),
        new("edit_draft_fee", EditDraftFee),
        new("draft_then_edit_then_finalize", DraftThenEdit),
        new("edit_of_credited_fee", EditOfCreditedFee),
        new("issuing_date_offset_days", IssuingDateOffset),
        new("void", Void),
        new("void_rule", VoidRule),
        new("void_restores", VoidRestores),
        .. Numbering.Kinds,
    ];

    private static void FractionalFees(Vector vector, Check check)
    {
        var input = vector.Input;
        var wallet = CentsOrZero(input["wallet_balance_cents"]);
        IReadOnlyList<LineTax> taxes = [Tax(input["tax_rate"].Number)];
        var totals = InvoiceTotals.Of(
            [.. input["precise_fee_cents"].Items.Select(fee => new TaxableLine(Money.Rounded(fee.Number / Eur.Scale, Eur), taxes))],
            [], [new Settlement(SettlementKind.Wallet, "wallet", wallet)], Eur, TaxRounding.Overall);
        Taxes.InvoiceTotalsOf(check, totals);
        check.IfExpected("wallet_balance_after_cents", () => (wallet - totals.SettledBy(SettlementKind.Wallet)).MinorUnits);
    }

    /// <summary>The edited fee is the usage where the vector has a charge, and the subscription fee where it has none.</summary>
    private static void EditDraftFee(Vector vector, Check check)
    {
        var input = vector.Input;
        var hasCharge = input["charge_unit_price"].IsThere;
        var subscription = CentsOrZero(input["subscription_fee_cents"]);
        var units = input["edit"]["units"].IsThere ? input["edit"]["units"] : input["original_units"];
        var edit = new LineEdit(units.NumberOrNull ?? 1, input["edit"]["unit_amount"].NumberOrNull);
        var fee = LineEdit.Amount(edit.Steps(hasCharge ? input["charge_unit_price"].Number : subscription.Amount), Eur);
        Money[] fees = hasCharge ? [subscription, fee] : [fee];
        check.That("fee_cents", fee.MinorUnits);
        check.IfExpected("total_cents", () =>
            InvoiceTotals.Of([.. fees.Select(each => new TaxableLine(each, []))], [], [], Eur).Total.MinorUnits);
    }

    /// <summary>The draft's first fee is not in the input: it is what the vector says the draft shows.</summary>
    private static void DraftThenEdit(Vector vector, Check check)
    {
        var input = vector.Input;
        var (fee, unused, billed) = InAdvance(input);
        var advance = Untaxed(fee);
        var content = advance.Estimate([UnusedShare.Request(advance, 0, fee.Amount, unused, billed)]);
        var note = CreditNote.Prepare(
            InvoiceId.New(), CustomerId.New(), content, CreditNoteSplit.AllCredit(content.Total), (CreditNoteReason.OrderChange, null));
        note.Issue("INV-1", 1, input["terminated_at"].Moment.InUtc().Date);

        Dictionary<string, object?> Figures(InvoiceTotals totals) => new()
        {
            ["fees_cents"] = totals.Lines.MinorUnits,
            ["credit_notes_cents"] = totals.SettledBy(SettlementKind.CreditNote).MinorUnits,
            ["total_cents"] = totals.Due.MinorUnits,
            ["credit_note_balance_cents"] = note.BalanceMinor,
        };
        var edited = input["steps"].Items.Select(step => step.Text).Single(step => step.Contains('×', StringComparison.Ordinal));
        var amount = LineEdit.Amount(EditIn(edited).Steps(0), Eur);
        check.That("draft", Figures(Of(Cents(vector.Expected["draft"]["fees_cents"]), [])));
        check.That("after_edit", Figures(Of(amount, [])));
        var final = Of(amount, [new Settlement(SettlementKind.CreditNote, note.Number!, note.Balance)]);
        note.Use(final.SettledBy(SettlementKind.CreditNote));
        check.That("finalized", Figures(final));
    }

    private static InvoiceTotals Of(Money fee, IReadOnlyList<Settlement> settlements) =>
        InvoiceTotals.Of([new TaxableLine(fee, [])], [], settlements, Eur);

    private static void EditOfCreditedFee(Vector vector, Check check)
    {
        var (fee, unused, billed) = InAdvance(vector.Input);
        var edited = LineEdit.Amount(EditIn(vector.Input["draft_fee_edited_to"].Text).Steps(0), Eur);
        Dictionary<string, object?> Figures(Money amount)
        {
            var invoice = Untaxed(amount);
            var request = UnusedShare.Request(invoice, 0, amount.Amount, unused, billed);
            return new()
            {
                ["fee_cents"] = amount.MinorUnits,
                ["credit_note_cents"] = request.Amount == 0 ? 0 : invoice.Estimate([request]).Total.MinorUnits,
            };
        }

        check.That("before", Figures(fee));
        check.That("after", Figures(edited));
    }

    private static CreditableInvoice Untaxed(Money fee) =>
        CreditableInvoice.Of(TaxSheet.Of([new TaxableLine(fee, [])], Money.Zero(Eur)));

    /// <summary>A calendar month paid in advance: its fee, the days left when it is terminated, the days it was billed for.</summary>
    private static (Money Fee, int Unused, int Billed) InAdvance(Facts input)
    {
        var terminated = input["terminated_at"].Moment.InUtc().Date;
        var month = new BillingGrid(BillingInterval.Monthly, BillingTiming.Calendar, terminated).Containing(terminated);
        var start = input["started_at"].IsThere ? LocalDate.Max(month.Start, input["started_at"].Moment.InUtc().Date) : month.Start;
        var billed = new Core.Common.Period(start, month.End);
        var price = Cents(input["plan_amount_cents"]).Amount;
        var fee = Money.Rounded(new PriceStep("Subscription", billed.Days, price, month.Days).Amount, Eur);
        return (fee, NodaTime.Period.DaysBetween(terminated, month.LastDay), billed.Days);
    }

    /// <summary>"3 × 5.00", perhaps with words before it: units at a unit amount.</summary>
    private static LineEdit EditIn(string words)
    {
        var parts = words.Split('×', StringSplitOptions.TrimEntries);
        return new LineEdit(Number(parts[0].Split(' ')[^1]), Number(parts[1].Split(' ')[0]));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static void IssuingDateOffset(Vector vector, Check check)
    {
        var input = vector.Input;
        var rule = new IssuingDate(
            input["anchor"].TextOrNull == "current_period_end" ? IssuingAnchor.CurrentPeriodEnd : IssuingAnchor.NextPeriodStart,
            input["adjustment"].TextOrNull == "keep_anchor" ? IssuingAdjustment.KeepAnchor : IssuingAdjustment.AlignWithFinalizationDate,
            input["grace_days"].WholeOrNull ?? 0);
        check.That("days_after_billing_day", rule.OffsetDays(input["recurring_run"].IsMissing || input["recurring_run"].Flag));
    }

    private static void Void(Vector vector, Check check)
    {
        var input = vector.Input;
        var fees = Cents(input["fees_amount_cents"].IsThere ? input["fees_amount_cents"] : input["total_amount_cents"]);
        var billed = CentsOrZero(input["progressive_credit_cents"]);
        var totals = InvoiceTotals.Of(
            [new TaxableLine(fees, [])],
            [new LineDiscount(DiscountKind.ProgressiveCredit, "Billed before", billed, [billed.Amount])], [], Eur);
        var voided = VoidNotes.Of(CreditableInvoice.Of(totals), CentsOrZero(input["credit_cents"]), CentsOrZero(input["refund_cents"]));
        voided.Split?.Check(CentsOrZero(input["paid_cents"]), CentsOrZero(input["refunded_cents"]), Money.Zero(Eur));
        check.IfExpected("status", () => InvoiceVoid.WhyNot(DocumentStanding.Issued) is null ? "voided" : "finalized");
        check.IfExpected("total_amount_cents", () => totals.Total.MinorUnits);
        check.IfExpected("credit_notes", () => Notes(voided).Select(note => new Dictionary<string, object?>
        {
            ["total_cents"] = note.Total.MinorUnits,
            ["item_cents"] = note.Lines[0].AmountMinor,
            ["credit_cents"] = note.CreditMinor,
            ["refund_cents"] = note.RefundMinor,
            ["credit_status"] = note.CreditStatus == CreditStatus.None ? null : note.CreditStatus.ToString().ToLowerInvariant(),
        }));
    }

    private static IEnumerable<CreditNote> Notes(VoidNotes voided)
    {
        if (voided is { Given: { } given, Split: { } split })
        {
            yield return Issued(given, split, 1);
        }

        if (voided.Neutralised is { } rest)
        {
            var note = Issued(rest, CreditNoteSplit.AllCredit(rest.Total), 2);
            note.Void();
            yield return note;
        }
    }

    private static CreditNote Issued(CreditNoteContent content, CreditNoteSplit split, int sequence)
    {
        var note = CreditNote.Prepare(InvoiceId.New(), CustomerId.New(), content, split, (CreditNoteReason.OrderCancellation, null));
        note.Issue("INV-1", sequence, new LocalDate(2024, 1, 1));
        return note;
    }

    private static void VoidRule(Vector vector, Check check) => check.That("allowed", InvoiceVoid.WhyNot(vector.Input["status"].Text switch
    {
        "finalized" => DocumentStanding.Issued,
        "voided" => DocumentStanding.Voided,
        _ => DocumentStanding.NotIssued,
    }) is null);

    private static void VoidRestores(Vector vector, Check check)
    {
        var used = vector.Input["used"].TextOrNull ?? "";
        bool Says(string word) => used.Contains(word, StringComparison.OrdinalIgnoreCase);
        var goesBack = InvoiceVoid.GivesBack(
            Says("coupon") ? VoidedUse.Coupon
            : Says("wallet") ? Says("terminated") ? VoidedUse.EndedWallet : VoidedUse.ActiveWallet
            : Says("credit note") ? VoidedUse.CreditNote
            : vector.Input["invoice_type"].Text.Contains("wallet", StringComparison.Ordinal) ? VoidedUse.WalletTopUp
            : throw new FormatException($"Nothing is known of \"{used}\"."));
        check.IfExpected("restored", () => goesBack);
        check.IfExpected("wallet_changed", () => goesBack);
    }
}
