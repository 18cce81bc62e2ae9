using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Documents;

/// <summary>The fonts every document is set in. They come with the assembly: the machine's own fonts are never asked.</summary>
internal static class DocumentFonts
{
    private static readonly Lazy<FontStack> Loaded = new(Load);

    public static FontStack Stack => Loaded.Value;

    private static FontStack Load() => new(
        [Face("Inter-Regular", 400), Face("Inter-Medium", 500), Face("Inter-SemiBold", 600), Face("Inter-Bold", 700)],
        [Face("NotoSansArabic-Regular", 400), Face("NotoSansArabic-Bold", 700)]);

    private static FontFace Face(string name, int weight)
    {
        using var resource = typeof(DocumentFonts).Assembly.GetManifestResourceStream($"Fonts/{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is missing from the assembly.");
        var font = new byte[resource.Length];
        resource.ReadExactly(font);
        return new FontFace(name, weight, font);
    }
}
