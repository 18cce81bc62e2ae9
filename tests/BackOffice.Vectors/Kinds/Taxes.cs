using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Taxes;
using static BackOffice.Vectors.Kinds.InvoiceFigures;

namespace BackOffice.Vectors.Kinds;

internal static class Taxes
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("invoice_taxes", InvoiceTaxes),
        new("invoice_totals", InvoiceTotalsOf),
        new("invoice_totals_provider_taxes", ProviderTaxes),
        new("advance_charges_invoice", AdvanceCharges),
        new("fee_taxes", FeeTaxes),
        new("one_off_tax_precedence", FeeTaxes),
        .. EuTaxes.Kinds,
    ];

    private static void InvoiceTaxes(Vector vector, Check check)
    {
        var totals = Totals(vector);
        check.IfExpected("lines", () => totals.Taxes.Rates.Select(rate => new Dictionary<string, object?>
        {
            ["code"] = rate.Code,
            ["rate"] = rate.Percent,
            ["base_cents"] = rate.Base.MinorUnits,
            ["amount_cents"] = rate.Tax.MinorUnits,
        }));
        InvoiceTotalsOf(check, totals);
    }

    private static void InvoiceTotalsOf(Vector vector, Check check) => InvoiceTotalsOf(check, Totals(vector));

    public static void InvoiceTotalsOf(Check check, InvoiceTotals totals)
    {
        var lines = totals.Taxes.Lines;
        check.IfExpected("fees_cents", () => lines.Select(line => line.Amount.MinorUnits));
        check.IfExpected("fee_taxes_cents", () => lines.Select(line => line.Tax.MinorUnits));
        check.IfExpected("coupon_shares_cents", () => lines.Select(line => line.Discount * line.Amount.Currency.Scale));
        check.IfExpected("fees_amount_cents", () => totals.Lines.MinorUnits);
        check.IfExpected("coupons_amount_cents", () => totals.DiscountBy(DiscountKind.Coupon).MinorUnits);
        check.IfExpected("progressive_credit_cents", () => totals.DiscountBy(DiscountKind.ProgressiveCredit).MinorUnits);
        check.IfExpected("subtotal_excl_tax_cents", () => totals.Net.MinorUnits);
        check.IfExpected("subtotal_cents", () => totals.Net.MinorUnits);
        check.IfExpected("taxes_amount_cents", () => totals.Tax.MinorUnits);
        check.IfExpected("taxes_rate", () => totals.Taxes.WeightedPercent);
        check.IfExpected("subtotal_incl_tax_cents", () => totals.Total.MinorUnits);
        check.IfExpected("before_credits_cents", () => totals.Total.MinorUnits);
        check.IfExpected("prepaid_credit_cents", () => totals.SettledBy(SettlementKind.Wallet).MinorUnits);
        check.IfExpected("credit_notes_cents", () => totals.SettledBy(SettlementKind.CreditNote).MinorUnits);
        check.IfExpected("total_amount_cents", () => totals.Due.MinorUnits);
    }

    /// <summary>A tax that an outside engine has worked out is a rate and an exact amount.</summary>
    private static void ProviderTaxes(Vector vector, Check check)
    {
        var taxes = vector.Input["provider_taxes"].Items
            .Select(tax => new ProvidedTax("provider", tax["rate"].Number, tax["amount_cents"].Number / Eur.Scale)).ToList();
        var fees = vector.Input["fees"].Items.Select(fee => Cents(fee["amount_cents"])).Sum(Eur);
        var tax = ProvidedTax.Sum(taxes, Eur);
        check.That("taxes_amount_cents", tax.MinorUnits);
        check.IfExpected("taxes_rate", () => taxes.Sum(each => each.Percent));
        check.IfExpected("fees_amount_cents", () => fees.MinorUnits);
        check.IfExpected("total_amount_cents", () => (fees + tax).MinorUnits);
    }

    /// <summary>The vector has no rates; any two that differ show whether the fee's own are kept.</summary>
    private static void AdvanceCharges(Vector vector, Check check)
    {
        IReadOnlyList<LineTax> paidWith = [Tax(10)];
        var levels = new TaxLevels
        {
            Kept = vector.Input["invoice_type"].Text == "advance_charges" ? paidWith : null,
            Company = [Tax(20)],
        };
        check.That("taxes_recomputed", !levels.Taxes.SequenceEqual(paidWith));
    }

    private static void FeeTaxes(Vector vector, Check check)
    {
        var input = vector.Input;
        var levels = new TaxLevels
        {
            Explicit = InvoiceFigures.Taxes(input["explicit_rates"]),
            Own = InvoiceFigures.Taxes(input["own_rates"]),
            Plan = InvoiceFigures.Taxes(input["plan_rates"]),
            Customer = InvoiceFigures.Taxes(input["customer_rates"]),
            Company = InvoiceFigures.Taxes(input["billing_entity_rates"]),
        };
        var amount = Cents(input["fee_cents"].IsThere ? input["fee_cents"] : input["amount_cents"]);
        var totals = InvoiceTotals.Of([new TaxableLine(amount, levels.Taxes)], [], [], Eur, TaxRounding.Overall);
        check.IfExpected("lines", () => totals.Taxes.Rates.Select(rate => new Dictionary<string, object?>
        {
            ["rate"] = rate.Percent,
            ["base_cents"] = rate.Base.MinorUnits,
            ["amount_cents"] = rate.Tax.MinorUnits,
        }));
        InvoiceTotalsOf(check, totals);
    }
}
