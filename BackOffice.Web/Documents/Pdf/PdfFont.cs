using System.Globalization;
using System.Text;
using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Documents.Pdf;

/// <summary>A face as one document uses it: it learns which glyphs are shown and what they mean, and embeds only these.</summary>
internal sealed class PdfFont(FontFace face, string name, int id)
{
    private const string NoText = "\u200B"; // a glyph in the middle of a cluster, whose text another one carries
    private const int EntriesPerBlock = 100; // the most a character map may have in one block

    // Sorted, or the order in which glyphs came up would change the bytes.
    private readonly SortedDictionary<ushort, string> _texts = [];

    public string Name => name;

    public int Id => id;

    /// <summary>The width as the file states it. Distances are reckoned from these rounded widths, or lines would drift.</summary>
    public int Width(int glyph) => Thousandths(face.Advance(glyph));

    /// <summary>Takes down that a glyph is shown, and what for; gives the one text the font will say it means.</summary>
    public string Learn(ushort glyph, string source, bool isAlone)
    {
        if (!_texts.TryGetValue(glyph, out var meaning))
        {
            meaning = Meaning(glyph, source, isAlone);
            _texts.Add(glyph, meaning);
        }

        return meaning;
    }

    public void WriteTo(PdfFile file)
    {
        ushort[] glyphs = [.. _texts.Keys];
        var baseFont = $"/{SubsetTag(glyphs)}+{face.Name}";
        var program = face.Subset(glyphs);
        var data = file.AddStream($"/Length1 {program.Length}", program);
        var descriptor = file.Add(Descriptor(baseFont, data));
        var descendant = file.Add(
            $"<</Type/Font/Subtype/CIDFontType2/BaseFont{baseFont}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            + $"/FontDescriptor {PdfSyntax.Reference(descriptor)}/DW 1000/W[{Widths(glyphs)}]/CIDToGIDMap/Identity>>");
        var toUnicode = file.AddStream("", Encoding.ASCII.GetBytes(CharacterMap()));
        file.Set(id,
            $"<</Type/Font/Subtype/Type0/BaseFont{baseFont}/Encoding/Identity-H"
            + $"/DescendantFonts[{PdfSyntax.Reference(descendant)}]/ToUnicode {PdfSyntax.Reference(toUnicode)}>>");
    }

    // The first odd use of a glyph must not decide for all others: an "e" under an accent is still an "e".
    private string Meaning(ushort glyph, string source, bool isAlone)
    {
        if (glyph == face.MissingGlyph)
        {
            return face.StandIn.ToString();
        }

        Rune.DecodeFromUtf16(source, out var first, out var length);
        if (source.Length > length && face.GlyphOf((uint)first.Value) == glyph)
        {
            return source[..length];
        }

        return isAlone ? source : NoText;
    }

    private static int Thousandths(float em) => (int)MathF.Round(em * 1000);

    private string Descriptor(string baseFont, int data)
    {
        var metrics = face.Metrics;
        float[] box = [metrics.XMin, metrics.YMin, metrics.XMax, metrics.YMax];
        return $"<</Type/FontDescriptor/FontName{baseFont}/Flags 4/FontBBox[{string.Join(' ', box.Select(Thousandths))}]/ItalicAngle 0"
            + $"/Ascent {Thousandths(metrics.Ascent)}/Descent {-Thousandths(metrics.Descent)}/CapHeight {Thousandths(metrics.CapHeight)}"
            + $"/StemV {50 + face.Weight / 10}/FontFile2 {PdfSyntax.Reference(data)}>>";
    }

    private string Widths(ushort[] glyphs) => string.Concat(glyphs.Select(glyph => $"{glyph}[{Width(glyph)}]"));

    private string CharacterMap()
    {
        var map = new StringBuilder(
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
            /CMapName/Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000><FFFF>
            endcodespacerange

            """);
        foreach (var block in _texts.Chunk(EntriesPerBlock))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (glyph, text) in block)
            {
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}><{PdfSyntax.Utf16(text)}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend").ToString();
    }

    // Six letters that tell subsets of one font apart; taken from the glyphs, so that they are the same for the same document.
    private static string SubsetTag(ushort[] glyphs)
    {
        var hash = glyphs.Aggregate(2166136261u, (current, glyph) => unchecked((current ^ glyph) * 16777619u));
        return string.Create(6, hash, (letters, rest) =>
        {
            for (var i = 0; i < letters.Length; i++, rest /= 26)
            {
                letters[i] = (char)('A' + rest % 26);
            }
        });
    }
}
