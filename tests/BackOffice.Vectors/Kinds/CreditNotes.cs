using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Taxes;
using NodaTime;
using static BackOffice.Vectors.Kinds.InvoiceFigures;

namespace BackOffice.Vectors.Kinds;

internal static class CreditNotes
{
    private static readonly LocalDate Issue = new(2024, 1, 1);

    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("termination_same_day", Termination),
        new("manual", Manual),
        new("manual_last", Manual),
        new("invoice", Invoice),
        new("estimate", Estimate),
        new("create", Estimate),
        new("sequence_exhausting_invoice", Sequence),
        new("remaining_creditable", Remaining),
        new("prepaid_credit_invoice", PrepaidCredit),
        new("adjust", Adjust),
        new("issuing_date", IssuingDateOf),
        new("apply_to_invoice", Apply),
    ];

    private static void Termination(Vector vector, Check check)
    {
        var input = vector.Input;
        var price = Cents(input["plan_amount_cents"]);
        var invoice = CreditableInvoice.Of(TaxSheet.Of([new TaxableLine(price, [Tax(input["tax_rate"].Number)])], Money.Zero(Eur)));
        var note = invoice.Estimate(
            [UnusedShare.Request(invoice, 0, price.Amount, input["unused_days"].Whole, input["period_days"].Whole)]);
        check.IfExpected("item_precise_cents", () => note.Items[0].TruncatedMinor);
        check.IfExpected("item_cents", () => note.Items[0].Amount.MinorUnits);
        Say(check, invoice, note);
    }

    private static void Manual(Vector vector, Check check)
    {
        var input = vector.Input;
        var fee = Cents(input["fee_cents"]);
        var invoice = CreditableInvoice.Of(TaxSheet.Of([new TaxableLine(fee, [Tax(input["tax_rate"].Number)])], Money.Zero(Eur)));
        foreach (var earlier in input["earlier"].Items)
        {
            invoice = invoice.After(invoice.Estimate([Item(0, earlier["item_cents"])]));
        }

        var note = invoice.Estimate([Item(0, input["item_cents"])]);
        var asked = new CreditNoteSplit(
            input["requested_credit_cents"].IsThere ? Cents(input["requested_credit_cents"]) : note.Total,
            CentsOrZero(input["requested_refund_cents"]), Money.Zero(Eur));
        var split = asked.For(note.Total);
        check.IfExpected("credit_cents", () => split.Credit.MinorUnits);
        Say(check, invoice, note);
    }

    private static void Invoice(Vector vector, Check check) => Taxes.InvoiceTotalsOf(check, Totals(vector));

    private static void Estimate(Vector vector, Check check)
    {
        var input = vector.Input;
        var invoice = CreditableInvoice.Of(Totals(vector));
        var note = invoice.Estimate(input["items_cents"].Items.Select((item, line) => Item(line, item)));
        Say(check, invoice, note);
        check.IfExpected("max_creditable_cents", () => note.Total.MinorUnits);
        check.IfExpected("max_refundable_cents", () =>
            CreditNoteSplit.MostRefund(note.Total, Cents(input["paid_cents"]), CentsOrZero(input["refunded_cents"])).MinorUnits);
        if (vector.Kind == "create")
        {
            Create(vector, check, note);
        }
    }

    private static void Create(Vector vector, Check check, CreditNoteContent content)
    {
        var input = vector.Input;
        var note = CreditNote.Prepare(
            InvoiceId.New(), CustomerId.New(), content,
            new CreditNoteSplit(
                CentsOrZero(input["credit_cents"]), CentsOrZero(input["refund_cents"]), CentsOrZero(input["offset_cents"])),
            (CreditNoteReason.Other, null));
        note.Split.Check(CentsOrZero(input["paid_cents"]), CentsOrZero(input["refunded_cents"]), note.Split.Offset);
        note.Issue("INV-1", 1, Issue);
        check.IfExpected("credit_cents", () => note.CreditMinor);
        check.IfExpected("refund_cents", () => note.RefundMinor);
        check.IfExpected("offset_cents", () => note.OffsetMinor);
        check.IfExpected("credit_balance_cents", () => note.BalanceMinor);
        check.IfExpected("credit_status", () => note.CreditStatus == CreditStatus.None ? null : Lower(note.CreditStatus));
        check.IfExpected("refund_status", () => note.RefundStatus == RefundStatus.None ? null : Lower(note.RefundStatus));
    }

    private static void Sequence(Vector vector, Check check)
    {
        var input = vector.Input;
        var totals = Totals(vector);
        var invoice = CreditableInvoice.Of(totals);
        var notes = new List<CreditNoteContent>();
        foreach (var item in input["items"].Items)
        {
            var note = invoice.Estimate([Item(item["fee"].Whole - 1, item["item_cents"])]);
            invoice = invoice.After(note);
            notes.Add(note);
        }

        check.That("invoice", new Dictionary<string, object?>
        {
            ["fees_amount_cents"] = totals.Lines.MinorUnits,
            ["coupons_amount_cents"] = totals.Discount.MinorUnits,
            ["taxes_amount_cents"] = totals.Tax.MinorUnits,
            ["total_amount_cents"] = totals.Total.MinorUnits,
        });
        check.That("credit_notes", notes.Select(Figures));
        check.IfExpected("sum_of_totals_equals_invoice_total", () => notes.Select(note => note.Total).Sum(Eur) == totals.Total);
    }

    private static void Remaining(Vector vector, Check check)
    {
        var invoice = CreditableInvoice.Of(Totals(vector));
        foreach (var (item, line) in vector.Input["credited_items_cents"].Items.Select((item, line) => (item, line)))
        {
            invoice = invoice.After(invoice.Estimate([Item(line, item)]));
        }

        check.IfExpected("true_remaining_cents", () => invoice.Left.MinorUnits);
    }

    private static void PrepaidCredit(Vector vector, Check check)
    {
        var input = vector.Input;
        var refund = TopUpRefund.Of(
            Cents(input["total_cents"]), input["payment_status"].Text == "succeeded", CentsOrZero(input["refunded_cents"]),
            CentsOrZero(input["wallet_balance_cents"]));
        var asked = CentsOrZero(input["refund_cents"]);
        check.IfExpected("creditable_cents", () => refund.Creditable.MinorUnits);
        check.IfExpected("refundable_cents", () => refund.Refundable.MinorUnits);
        check.IfExpected("allowed", () => refund.Allows(asked));
        check.IfExpected("refund_cents", () => asked.MinorUnits);
        check.IfExpected("total_cents", () => asked.MinorUnits);
        check.IfExpected("wallet_balance_after_cents", () => refund.WalletAfter(asked).MinorUnits);
    }

    private static void Adjust(Vector vector, Check check)
    {
        var input = vector.Input;
        var net = Money.Rounded(input["item_precise_cents"].Number / Eur.Scale, Eur);
        var total = net + Cents(input["taxes_cents"]);
        var split = CreditNoteSplit.AllCredit(Cents(input["requested_total_cents"])).For(total);
        check.IfExpected("subtotal_cents", () => net.MinorUnits);
        check.IfExpected("item_cents", () => net.MinorUnits);
        check.IfExpected("taxes_cents", () => input["taxes_cents"].Minor);
        check.IfExpected("total_cents", () => total.MinorUnits);
        check.IfExpected("credit_cents", () => split.Credit.MinorUnits);
    }

    private static void IssuingDateOf(Vector vector, Check check) => check.That(
        "issuing_date", vector.Input["created_at"].Moment.InZone(Zone.Of(vector.Input["customer_timezone"].Text)).Date);

    /// <summary>Balances are listed from the oldest note on.</summary>
    private static void Apply(Vector vector, Check check)
    {
        var input = vector.Input;
        var due = Money.OfMinor(input["invoice_total_cents"].Minor, Currency.Of(input["invoice_currency"].TextOrNull ?? "EUR"));
        var balances = input["credit_notes"].IsThere
            ? input["credit_notes"].Items.Select(note => Money.OfMinor(note["balance_cents"].Minor, Currency.Of(note["currency"].Text)))
            : input["credit_notes_balance_cents"].Items.Select(note => Money.OfMinor(note.Minor, due.Currency));
        var notes = balances.Select((balance, i) => new CreditBalance($"CN{i}", Issue.PlusDays(i), balance)).ToList();
        var applied = CreditApplication.Of(due, notes);
        Money After(CreditBalance note) => applied.Applied.FirstOrDefault(each => each.Note == note)?.BalanceAfter ?? note.Balance;
        check.That("credits_cents", applied.Applied.Select(each => each.Amount.MinorUnits));
        check.IfExpected("credited_total_cents", () => applied.Total.MinorUnits);
        check.IfExpected("balances_after_cents", () => notes.Select(note => After(note).MinorUnits));
        check.IfExpected("fee_shares_cents", () => applied.FineSharesOver(
            [.. input["fees_incl_tax_cents"].Items.Select(fee => Money.OfMinor(fee.Minor, due.Currency))]));
        foreach (var currency in notes.Select(note => note.Balance.Currency).Distinct())
        {
            check.IfExpected(
                $"{currency.Code.ToLowerInvariant()}_balance_after_cents",
                () => notes.Where(note => note.Balance.Currency == currency).Select(After).Sum(currency).MinorUnits);
        }
    }

    private static CreditRequest Item(int line, Facts cents) => CreditRequest.Of(line, cents.Number / Eur.Scale);

    private static void Say(Check check, CreditableInvoice invoice, CreditNoteContent note)
    {
        foreach (var (member, figure) in Figures(note))
        {
            check.IfExpected(member, () => figure);
        }

        check.IfExpected("coupon_adjustment_cents", () => note.Discount.MinorUnits);
        check.IfExpected("taxes_rate", () => note.WeightedPercent(invoice.Sheet.Lines));
    }

    private static Dictionary<string, object?> Figures(CreditNoteContent note) => new()
    {
        ["subtotal_cents"] = note.Net.MinorUnits,
        ["taxes_cents"] = note.Tax.MinorUnits,
        ["total_cents"] = note.Total.MinorUnits,
    };

    private static string Lower<T>(T status)
        where T : Enum => status.ToString().ToLowerInvariant();
}
