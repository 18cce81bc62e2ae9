using BackOffice.Core.Common;

namespace BackOffice.Core.CreditNotes;

/// <summary>The credit notes of a voided invoice: what the customer gets, and a second, voided note that neutralises the rest.</summary>
/// <param name="Given">Null when nothing is given.</param>
/// <param name="Split">What becomes of it; null when nothing is given.</param>
/// <param name="Neutralised">Null when nothing is left.</param>
public sealed record VoidNotes(CreditNoteContent? Given, CreditNoteSplit? Split, CreditNoteContent? Neutralised)
{
    /// <param name="credit">What the customer keeps for later invoices, with tax.</param>
    /// <param name="refund">What is paid back, with tax.</param>
    /// <exception cref="RuleBroken">More is given than is left of the invoice.</exception>
    public static VoidNotes Of(CreditableInvoice invoice, Money credit, Money refund)
    {
        var asked = credit + refund;
        if (asked.MinorUnits > invoice.Left.MinorUnits || credit.MinorUnits < 0 || refund.MinorUnits < 0)
        {
            throw new RuleBroken($"At most {invoice.Left} can be given back for this invoice; {asked} is asked for.");
        }

        if (asked.MinorUnits == 0)
        {
            return new VoidNotes(null, null, Rest(invoice));
        }

        var given = invoice.Estimate(Enumerable.Range(0, invoice.Sheet.Lines.Count).Select(line => asked == invoice.Left
            ? CreditRequest.Whole(line)
            : CreditRequest.Of(line, Math.Max(0, invoice.LeftOf(line).Amount * asked.MinorUnits / invoice.Left.MinorUnits))));
        var paidBack = Money.OfMinor(Math.Min(refund.MinorUnits, given.Total.MinorUnits), credit.Currency);
        return new VoidNotes(
            given, new CreditNoteSplit(given.Total - paidBack, paidBack, Money.Zero(credit.Currency)), Rest(invoice.After(given)));
    }

    private static CreditNoteContent? Rest(CreditableInvoice invoice) => invoice.Left.MinorUnits == 0
        ? null
        : invoice.Estimate(Enumerable.Range(0, invoice.Sheet.Lines.Count).Select(CreditRequest.Whole));
}
