using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Core.Taxes;
using BackOffice.Web.Documents;
using BackOffice.Web.Shared;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Invoices;

/// <summary>Writes an invoice down as it is printed. Depends on nothing but the invoice, so an issued one always reads the same.</summary>
internal static class InvoiceToDocument
{
    // Documents are English, whoever prints them.
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly LocalDatePattern Day = LocalDatePattern.Create("d MMMM uuuu", English);
    private static readonly LocalDatePattern DayAndMonth = LocalDatePattern.Create("d MMMM", English);

    private const string SoFar =
        "Usage so far, billed before the end of its period as agreed. The invoice of the period will take it off.";

    /// <param name="company">The zone in which a draft is dated; an issued invoice has its date.</param>
    public static InvoiceDocument Of(Invoice invoice, DateTimeZone company) => new()
    {
        IsDraft = invoice.Number is null,
        Voided = invoice.Voided is { } voided
            ? $"Voided on {Day.Format(voided.At.InZone(company).Date)}. It keeps its number and asks for nothing."
            : null,
        Number = invoice.Number,
        IssueDate = (invoice.IssuedOn ?? invoice.PreparedAt.InZone(company).Date).ToDateOnly(),
        DueDate = invoice.DueOn?.ToDateOnly(),
        ServicePeriod = Days(invoice.Period),
        Currency = invoice.Currency.Code,
        Seller = PartyOf(invoice.Seller),
        Buyer = PartyOf(invoice.Buyer),
        Groups = [.. invoice.Lines.GroupBy(line => line.SubscriptionCode).Select(group => GroupOf([.. group], invoice))],
        Subtotal = Amount(invoice.Subtotal),
        Taxes = [.. invoice.Taxes.Select(tax => new TaxBreakdownRow(TaxLabel(tax), Amount(tax.Base), Amount(tax.Tax)))],
        Total = Amount(invoice.Total),
        Discounts = [.. invoice.Discounts.Select(discount => new LabelledText(discount.Name, Amount(-discount.Amount)))],
        Settlements = [.. invoice.Settlements.Select(settled => new LabelledText(InvoiceText.PaidBy(settled), Amount(-settled.Amount)))],
        AmountDue = Amount(invoice.Due),
        Payment = PaymentOf(invoice),
        Notes = [.. new[] { invoice.IsProgressive ? SoFar : null, invoice.TaxNote, Terms(invoice.PaymentDays) }.OfType<string>()],
        FooterLines = [string.Join(" · ", new[] { invoice.Seller.Name, invoice.Seller.TaxNumber, invoice.Seller.Email }.OfType<string>())],
    };

    /// <summary>"1–30 November 2023": the last day is the last one that is billed.</summary>
    internal static string Days(Period period) => (period.Start, period.LastDay) switch
    {
        var (first, last) when first == last => Day.Format(first),
        var (first, last) when (first.Year, first.Month) == (last.Year, last.Month) => $"{first.Day.ToString(English)}–{Day.Format(last)}",
        var (first, last) when first.Year == last.Year => $"{DayAndMonth.Format(first)} – {Day.Format(last)}",
        var (first, last) => $"{Day.Format(first)} – {Day.Format(last)}",
    };

    private static InvoiceDocumentGroup GroupOf(IReadOnlyList<InvoiceLine> lines, Invoice invoice)
    {
        // A subscription has one period on an invoice as a rule; where it has several, each line says its own.
        var one = lines.Select(line => line.Period).Distinct().Count() == 1;
        return new($"{lines[0].PlanName} · {lines[0].SubscriptionCode}", [.. lines.Select(line => LineOf(line, invoice, one))])
        {
            Period = one ? Days(lines[0].Period) : null,
        };
    }

    private static InvoiceDocumentLine LineOf(InvoiceLine line, Invoice invoice, bool periodIsInHeading)
    {
        // One price for all units fits on the line; packages and tiers are told step by step.
        var simple = line.Steps is [{ Flat: 0 } only] && (line.Kind == LineKind.BaseFee || only.Quantity == line.Quantity);
        var detail = InvoiceText.Detail(line.Filter, line.Group);
        return new(detail is null ? line.Name : $"{line.Name} ({detail})", Amount(line.Amount))
        {
            Period = periodIsInHeading ? null : Days(line.Period),
            Quantity = InvoiceText.Quantity(simple ? line.Steps[0].Quantity : line.Quantity, UnitOf(line), English),
            UnitPrice = simple ? InvoiceText.UnitPrice(line.Kind, line.Steps[0].UnitPrice, line.Steps[0].Per, line.Currency, English)
                : null,
            TaxRate = TaxRateOf(invoice.TaxesOf(line)),
            Steps = simple ? [] : [.. line.Steps.Select(step => StepOf(step, line))],
        };
    }

    private static string? UnitOf(InvoiceLine line) => line switch
    {
        { Kind: not LineKind.BaseFee } => line.Unit,
        { Steps: [{ Per: 1 } whole] } => whole.Label.Split(' ')[^1], // "Whole month", "Whole quarter" …
        _ => "days",
    };

    private static PriceStep StepOf(Core.Pricing.PriceStep step, InvoiceLine line)
    {
        var price = InvoiceText.UnitPrice(line.Kind, step.UnitPrice, step.Per, line.Currency, English);
        var flat = step.Flat == 0 ? "" : $" + {DecimalText.Format(step.Flat, line.Currency.Exponent, English)}";
        return new(step.Label, DecimalText.Format(step.Quantity, 0, English), price + flat,
            InvoiceText.Unrounded(step.Amount, line.Currency, English));
    }

    internal static DocumentParty PartyOf(Party party) => new(party.Name, party.Address.Lines())
    {
        TaxId = party.TaxNumber is null ? null : $"Tax number {party.TaxNumber}",
        Email = party.Email,
        CustomerCode = party.Code,
    };

    private static PaymentDetails? PaymentOf(Invoice invoice) => invoice is { Status: InvoiceStatus.Issued, Seller.Iban: { } iban }
        ? new() { Beneficiary = invoice.Seller.Name, Iban = iban, Bic = invoice.Seller.Bic, Reference = invoice.Number }
        : null;

    private static string Terms(int days) => days == 0 ? "Payable on receipt."
        : $"Payable within {days.ToString(English)} days of the issue date.";

    private static string TaxLabel(InvoiceTax tax) => tax.Code is null ? tax.Name : $"{tax.Name} {Percent(tax.Percent)}";

    private static string? TaxRateOf(IReadOnlyList<LineTax> taxes) => taxes.Any(tax => tax.Code is not null)
        ? string.Join(" + ", taxes.Where(tax => tax.Code is not null).Select(tax => Percent(tax.Percent)))
        : null;

    private static string Percent(decimal percent) => $"{DecimalText.Format(percent, 0, English)}\u00A0%";

    private static string Amount(Money money) => DecimalText.Format(money.Amount, money.Currency.Exponent, English);
}
