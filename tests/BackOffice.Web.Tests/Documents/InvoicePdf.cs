using BackOffice.Web.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace BackOffice.Web.Tests.Documents;

/// <summary>Renders a document and reads the file back as another program would.</summary>
internal static class InvoicePdf
{
    public static async Task<byte[]> Render(InvoiceDocument document)
    {
        using var pdf = new MemoryStream();
        await new PdfInvoiceRenderer().RenderAsync(document, pdf);
        return pdf.ToArray();
    }

    public static async Task<PdfDocument> Open(InvoiceDocument document) => PdfDocument.Open(await Render(document));

    /// <summary>The letters in the order they are painted, with a space between pages only.</summary>
    public static string PlainText(this PdfDocument pdf) => string.Join(' ', pdf.GetPages().Select(page => page.Text));

    /// <summary>Where the file itself says what some glyphs stand for.</summary>
    public static IEnumerable<string> ActualTexts(this PdfDocument pdf) =>
        pdf.GetPages().SelectMany(page => page.GetMarkedContents()).SelectMany(WithChildren)
            .Where(content => content.ActualText is not null).Select(content => content.ActualText!);

    private static IEnumerable<MarkedContentElement> WithChildren(MarkedContentElement content) =>
        content.Children.SelectMany(WithChildren).Prepend(content);

    public static string[] Words(this PdfDocument pdf) =>
        [.. pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text)];
}
