using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace BackOffice.Web.Tests.Documents;

/// <summary>What makes the file more than a picture: tags, metadata, embedded fonts, a colour space.</summary>
public sealed class PdfStructureTests
{
    [Fact]
    public async Task The_structure_tree_names_headings_tables_rows_and_cells()
    {
        using var pdf = await InvoicePdf.Open(SampleInvoices.WithLines(60));

        var roles = Roles(pdf);
        Assert.Equal(3, roles["Table"]);
        Assert.Equal(2, roles["THead"]); // the lines and the taxes; repeated headers are decoration, the totals have none
        Assert.Equal(1, roles["H1"]);
        Assert.Equal(3, roles["H2"]);
        // A head, 4 groups, 60 lines, 12 of them with 3 steps; taxes 1 + 2, totals 6.
        Assert.Equal(1 + 4 + 60 + 36 + 3 + 6, roles["TR"]);
        Assert.True(roles["TD"] > 300);
        Assert.True(roles["TH"] > 5);
    }

    [Fact]
    public async Task Every_mark_on_every_page_leads_to_its_place_in_the_tree()
    {
        using var pdf = await InvoicePdf.Open(SampleInvoices.WithLines(60));
        var root = Get<DictionaryToken>(pdf, pdf.Structure.Catalog.CatalogDictionary.Data["StructTreeRoot"]);
        var numbers = Get<ArrayToken>(pdf, Get<DictionaryToken>(pdf, root.Data["ParentTree"]).Data["Nums"]);

        foreach (var page in pdf.GetPages())
        {
            var parents = Get<ArrayToken>(pdf, numbers.Data[2 * (page.Number - 1) + 1]);
            var marks = page.GetMarkedContents().Where(content => content.MarkedContentIdentifier >= 0)
                .Select(content => content.MarkedContentIdentifier).Order().ToList();
            Assert.Equal(Enumerable.Range(0, parents.Length), marks);
        }
    }

    [Fact]
    public async Task The_metadata_claims_archival_level_b_and_no_more()
    {
        using var pdf = await InvoicePdf.Open(SampleInvoices.WithLines(1));

        Assert.True(pdf.TryGetXmpMetadata(out var metadata));
        var xmp = Encoding.UTF8.GetString(metadata.GetXmlBytes().ToArray());
        Assert.Contains("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>", xmp);
        Assert.DoesNotContain("pdfuaid", xmp);
        Assert.Contains("Northwind &amp; Fjord", xmp);
        Assert.Contains("<xmp:CreateDate>2026-11-01T00:00:00Z</xmp:CreateDate>", xmp);
        Assert.Equal("Invoice INV-2026-000205", pdf.Information.Title);
        Assert.Equal("D:20261101000000Z", pdf.Information.CreationDate);
        metadata.GetXDocument();
    }

    [Fact]
    public async Task The_catalog_has_language_colour_and_tags()
    {
        using var pdf = await InvoicePdf.Open(SampleInvoices.WithLines(1));
        var catalog = pdf.Structure.Catalog.CatalogDictionary.Data;

        Assert.Equal("en", Get<StringToken>(pdf, catalog["Lang"]).Data);
        Assert.Equal(BooleanToken.True, Get<DictionaryToken>(pdf, catalog["MarkInfo"]).Data["Marked"]);
        var intent = Get<DictionaryToken>(pdf, Get<ArrayToken>(pdf, catalog["OutputIntents"]).Data[0]);
        Assert.Equal("GTS_PDFA1", ((NameToken)intent.Data["S"]).Data);
        var profile = Get<StreamToken>(pdf, intent.Data["DestOutputProfile"]);
        Assert.True(profile.Data.Length > 200);
    }

    [Fact]
    public async Task Only_our_fonts_are_used_and_only_the_glyphs_that_are_shown_are_embedded()
    {
        var bytes = await InvoicePdf.Render(SampleInvoices.WithLines(1));
        using var pdf = PdfDocument.Open(bytes);

        Assert.All(pdf.GetPage(1).Letters, letter => Assert.Matches("^[A-Z]{6}\\+Inter-", letter.FontName));
        Assert.InRange(bytes.Length, 10_000, 60_000); // the four faces alone are 1.4 MB
    }

    private static Dictionary<string, int> Roles(PdfDocument pdf)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        Count(pdf.Structure.Catalog.CatalogDictionary.Data["StructTreeRoot"]);
        return counts;

        void Count(IToken token)
        {
            if (token is NumericToken)
            {
                return;
            }

            var value = token is IndirectReferenceToken reference ? pdf.Structure.GetObject(reference.Data).Data : token;
            if (value is ArrayToken array)
            {
                array.Data.ToList().ForEach(Count);
            }
            else if (value is DictionaryToken node)
            {
                var role = node.Data.TryGetValue("S", out var name) ? ((NameToken)name).Data : "";
                counts[role] = counts.GetValueOrDefault(role) + 1;
                Count(node.Data.TryGetValue("K", out var kids) ? kids : new NumericToken(0));
            }
        }
    }

    private static T Get<T>(PdfDocument pdf, IToken token)
        where T : class, IToken =>
        (token is IndirectReferenceToken reference ? pdf.Structure.GetObject(reference.Data).Data : token) as T
        ?? throw new InvalidOperationException($"{token} is not a {typeof(T).Name}");
}
