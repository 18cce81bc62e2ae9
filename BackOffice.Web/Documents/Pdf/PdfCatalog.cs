using System.Text;
using static BackOffice.Web.Documents.Pdf.PdfSyntax;

namespace BackOffice.Web.Documents.Pdf;

/// <summary>The objects that hold a file together: pages, metadata, colour, attachment.</summary>
internal sealed class PdfCatalog(PdfFile file, PdfInfo info)
{
    public byte[] Save(IReadOnlyList<PdfPage> pages, IReadOnlyList<PdfFont> fonts, int structure)
    {
        var tree = AddPages(pages, fonts);
        var profile = file.AddStream("/N 3", SrgbProfile.Bytes);
        // Metadata stays readable to programs that know nothing of PDF: neither compressed nor packed.
        var metadata = file.AddStream("/Type/Metadata/Subtype/XML", Encoding.UTF8.GetBytes(Xmp.For(info)), compressed: false);
        var catalog = file.Add(
            $"<</Type/Catalog/Version/1.7/Pages {Reference(tree)}/Lang {TextString(info.Language)}/MarkInfo<</Marked true>>"
            + $"/ViewerPreferences<</DisplayDocTitle true>>/StructTreeRoot {Reference(structure)}/Metadata {Reference(metadata)}"
            + "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
            + $"/Info(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)/DestOutputProfile {Reference(profile)}>>]"
            + $"{(info.Attachment is null ? "" : Attach(info.Attachment))}>>");
        var description = file.Add(
            $"<</Title {TextString(info.Title)}/Author {TextString(info.Author)}/Subject {TextString(info.Subject)}"
            + $"/Creator {TextString(PdfInfo.Producer)}/Producer {TextString(PdfInfo.Producer)}"
            + $"/CreationDate {Date(info.Date)}/ModDate {Date(info.Date)}>>");
        return file.Save(catalog, description);
    }

    private int AddPages(IReadOnlyList<PdfPage> pages, IReadOnlyList<PdfFont> fonts)
    {
        var tree = file.Reserve();
        var resources = file.Add($"<</Font<<{string.Concat(fonts.Select(font => $"/{font.Name} {Reference(font.Id)}"))}>>>>");
        for (var i = 0; i < pages.Count; i++)
        {
            var page = pages[i];
            file.Set(page.Id,
                $"<</Type/Page/Parent {Reference(tree)}/MediaBox[0 0 {Number(page.Width)} {Number(page.Height)}]"
                + $"/Resources {Reference(resources)}/Contents {Reference(page.ContentId)}/StructParents {i}/Tabs/S>>");
        }

        file.Set(tree, $"<</Type/Pages/Count {pages.Count}/Kids[{References(pages.Select(page => page.Id))}]>>");
        return tree;
    }

    private string Attach(Attachment attachment)
    {
        var name = TextString(attachment.Name);
        var data = file.AddStream(
            $"/Type/EmbeddedFile/Subtype{Name(attachment.MimeType)}"
            + $"/Params<</Size {attachment.Content.Length}/ModDate {Date(info.Date)}>>",
            attachment.Content);
        var specification = file.Add(
            $"<</Type/Filespec/F {name}/UF {name}/Desc {TextString(attachment.Description)}"
            + $"/AFRelationship{Name(attachment.Relationship)}/EF<</F {Reference(data)}/UF {Reference(data)}>>>>");
        return $"/Names<</EmbeddedFiles<</Names[{name} {Reference(specification)}]>>>>/AF[{Reference(specification)}]";
    }
}
