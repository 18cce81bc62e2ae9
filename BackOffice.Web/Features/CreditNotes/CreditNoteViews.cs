using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>A credit note in a list.</summary>
/// <param name="Left">What later invoices can still use.</param>
public sealed record CreditNoteRow(
    CreditNoteId Id, string? Number, CreditNoteStatus Status, string Customer, string? InvoiceNumber, LocalDate? IssuedOn, Money Total,
    Money Left);

/// <summary>What a note takes back of a line.</summary>
/// <param name="Line">The place of the line on the invoice, from 1.</param>
/// <param name="Units">Zero when an amount was asked for.</param>
public sealed record CreditedRow(int Line, string Name, decimal Units, string? Unit, Money Amount);

/// <summary>The tax that goes back, at the invoice's own percentage.</summary>
public sealed record CreditedTaxRow(string Name, decimal Percent, Money Base, Money Tax);

/// <summary>What a note comes to: the estimate and the note alike.</summary>
/// <param name="Discount">The lines' part of the invoice's discounts, which the customer did not pay.</param>
/// <param name="Offset">Taken off what the invoice still asks for.</param>
/// <param name="Credit">Kept for later invoices.</param>
public sealed record CreditNoteSums(
    IReadOnlyList<CreditedRow> Lines, Money Discount, Money Net, IReadOnlyList<CreditedTaxRow> Taxes, Money Total, Money Offset,
    Money Credit);

/// <summary>A credit note to look at.</summary>
/// <param name="IsMine">Whether the reader prepared it, and may therefore not approve it.</param>
public sealed record CreditNoteView(
    CreditNoteRow Row, InvoiceId InvoiceId, CreditNoteReason Reason, string? Description, CreditNoteSums Sums, Person? PreparedBy,
    Person? ApprovedBy, bool IsMine, int Revision)
{
    /// <summary>Why an approver sent it back; null when nobody did.</summary>
    public string? ReturnComment { get; init; }
}

/// <summary>A line of an invoice of which something may be taken back.</summary>
/// <param name="Left">Before its discount and tax.</param>
public sealed record CreditableLine(string Name, decimal Quantity, string? Unit, Money Amount, Money Left);

/// <summary>An invoice of which something may be taken back.</summary>
/// <param name="Left">With tax.</param>
public sealed record CreditableView(
    InvoiceId Id, string Number, string Customer, Money Total, Money Left, Money Due, IReadOnlyList<CreditableLine> Lines);
