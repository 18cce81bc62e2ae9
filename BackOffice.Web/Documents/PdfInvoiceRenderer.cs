using BackOffice.Web.Documents.Layout;
using BackOffice.Web.Documents.Pdf;

namespace BackOffice.Web.Documents;

/// <summary>Renders invoices with our own engine, in this process: some milliseconds each, no clock, no state.</summary>
public sealed class PdfInvoiceRenderer : IInvoiceDocumentRenderer
{
    public async ValueTask RenderAsync(InvoiceDocument document, Stream pdf, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        await pdf.WriteAsync(Render(document), cancel);
    }

    private static byte[] Render(InvoiceDocument document)
    {
        var words = new InvoiceWords(document);
        var body = new Column(
            new InvoiceHead(document, words).Compose(),
            new InvoiceLines(document).Compose(),
            new InvoiceSummary(document, words).Compose());
        var surface = new PdfSurface();
        Paginator.Draw(Paginator.Paginate(body, new InvoicePages(document, words).Compose()), surface);
        return surface.Save(Info(document, words));
    }

    private static PdfInfo Info(InvoiceDocument document, InvoiceWords words)
    {
        var seller = Text.PrintableText.Of(document.Seller.Name);
        var title = Text.PrintableText.Of(words.TitleWithNumber);
        var subject = $"{title} from {seller} to {Text.PrintableText.Of(document.Buyer.Name)}";
        return new PdfInfo(title, seller, subject, document.IssueDate);
    }
}
