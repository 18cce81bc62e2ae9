namespace BackOffice.Core.Invoices;

/// <summary>Where a document stands. Whether it is paid or sent are other questions.</summary>
public enum InvoiceStatus
{
    /// <summary>Being worked on: returned by an approver, to be refreshed or submitted again.</summary>
    Draft,

    /// <summary>Waits for a second person.</summary>
    NeedsApproval,

    /// <summary>A second person vouches for it; it has no number yet.</summary>
    Approved,

    /// <summary>Has its number and never changes again.</summary>
    Issued,

    /// <summary>Withdrawn: it keeps its number and what it says, and asks for nothing any more.</summary>
    Voided,
}
