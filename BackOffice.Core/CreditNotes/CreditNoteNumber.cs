using System.Globalization;
using BackOffice.Core.Common;

namespace BackOffice.Core.CreditNotes;

/// <summary>A credit note is numbered after its invoice, so that the two are never confused nor parted.</summary>
public static class CreditNoteNumber
{
    /// <param name="sequence">1 for the invoice's first note, without gaps.</param>
    /// <exception cref="RuleBroken">The sequence is not above zero.</exception>
    public static string Of(string invoiceNumber, int sequence) => sequence > 0
        ? $"{invoiceNumber}-CN{sequence.ToString("000", CultureInfo.InvariantCulture)}"
        : throw new RuleBroken("Credit notes of an invoice are counted from 1.");
}
