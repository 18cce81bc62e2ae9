namespace BackOffice.Web.Documents;

/// <summary>Makes a PDF of an invoice. The same document always gives the same bytes; renderers may be shared by threads.</summary>
public interface IInvoiceDocumentRenderer
{
    ValueTask RenderAsync(InvoiceDocument document, Stream pdf, CancellationToken cancel = default);
}
