namespace BackOffice.Web.Documents;

/// <summary>What a document calls itself and its parts.</summary>
internal sealed class InvoiceWords(InvoiceDocument document)
{
    private bool IsCredit => document.Kind == InvoiceDocumentKind.CreditNote;

    public string Title => document.IsDraft ? $"Draft {Name.ToLowerInvariant()}" : document.Voided is not null ? $"{Name} (void)" : Name;

    public string TitleWithNumber => document.Number is null ? Title : $"{Title} {document.Number}";

    public string NumberLabel => $"{Name} number";

    public string DateLabel => document.IsDraft ? "Drawn up on" : "Issue date";

    public string AmountLabel => IsCredit ? "Amount credited" : "Amount due";

    public string AmountDue => $"{document.Currency} {document.AmountDue}";

    /// <summary>The banner of a draft or a voided document; its title, its footer and the watermark say so on every further page.</summary>
    public string Notice => $"{Title} – not a demand for payment";

    private string Name => IsCredit ? "Credit note" : "Invoice";
}
