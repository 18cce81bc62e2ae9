using BackOffice.Core.CreditNotes;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>How pages speak of credit notes.</summary>
public static class CreditNoteWords
{
    public static string Of(CreditNoteReason reason) => reason switch
    {
        CreditNoteReason.DuplicatedCharge => "Charged twice",
        CreditNoteReason.ProductUnsatisfactory => "Service not as agreed",
        CreditNoteReason.OrderChange => "Order changed",
        CreditNoteReason.OrderCancellation => "Order cancelled",
        CreditNoteReason.FraudulentCharge => "Fraudulent charge",
        _ => "Other",
    };
}
