using BackOffice.Core.Common;

namespace BackOffice.Core.Invoices;

/// <summary>How far a document is, where withdrawing it is concerned.</summary>
public enum DocumentStanding
{
    NotIssued,
    Issued,
    Voided,
}

/// <summary>What may have reduced or paid an invoice that is voided.</summary>
public enum VoidedUse
{
    /// <summary>A coupon took something off.</summary>
    Coupon,

    /// <summary>A wallet that is still there paid some of it.</summary>
    ActiveWallet,

    /// <summary>A wallet paid some of it that has been ended since.</summary>
    EndedWallet,

    /// <summary>A credit note paid some of it.</summary>
    CreditNote,

    /// <summary>The invoice sold wallet credits; the wallet itself is another question.</summary>
    WalletTopUp,
}

/// <summary>Withdrawing an issued invoice: it keeps its number, and what it used can be used again.</summary>
public static class InvoiceVoid
{
    /// <summary>
    /// Why an invoice cannot be voided; null when it can. Payments do not stand in the way: they become a refund or a credit.
    /// </summary>
    public static string? WhyNot(DocumentStanding standing) => standing switch
    {
        DocumentStanding.Issued => null,
        DocumentStanding.Voided => "This invoice is voided already.",
        _ => "Only an issued invoice can be voided. Discard the draft instead.",
    };

    /// <summary>The same of an invoice in a state of its own.</summary>
    public static string? WhyNot(InvoiceStatus status) => WhyNot(status switch
    {
        InvoiceStatus.Issued => DocumentStanding.Issued,
        InvoiceStatus.Voided => DocumentStanding.Voided,
        _ => DocumentStanding.NotIssued,
    });

    /// <summary>Refuses while something else stands on the invoice, which would be left without its ground.</summary>
    /// <param name="notes">Its credit notes that are not voided, as people call them.</param>
    /// <param name="spentNotes">Its voided notes that have paid an invoice before, or were paid back.</param>
    /// <param name="adjustments">The documents that adjust usage it billed.</param>
    /// <exception cref="RuleBroken">There is such a thing; the sentence says what to do first.</exception>
    public static void RequireNothingBuiltOn(
        IReadOnlyList<string> notes, IReadOnlyList<string> spentNotes, IReadOnlyList<string> adjustments)
    {
        if (notes.Count > 0)
        {
            throw new RuleBroken(
                $"Credit note {string.Join(", ", notes)} takes back a part of this invoice. Void or discard it first, "
                + "or take back the rest with another credit note.");
        }

        if (spentNotes.Count > 0)
        {
            throw new RuleBroken(
                $"Money of credit note {string.Join(", ", spentNotes)} of this invoice has been used. "
                + "Take back the rest of the invoice with another credit note.");
        }

        if (adjustments.Count > 0)
        {
            throw new RuleBroken(
                $"Usage of its periods is billed again on {string.Join(", ", adjustments)}. "
                + "Void that first; a draft has to be issued before.");
        }
    }

    /// <summary>
    /// Whether the money goes back to where it came from. An ended wallet has none, and a voided top-up takes nothing from its
    /// wallet.
    /// </summary>
    /// <remarks>Money of credit notes is given back. Lago keeps it: the customer would pay twice.</remarks>
    public static bool GivesBack(VoidedUse use) => use is VoidedUse.Coupon or VoidedUse.ActiveWallet or VoidedUse.CreditNote;
}
