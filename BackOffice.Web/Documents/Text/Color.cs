namespace BackOffice.Web.Documents.Text;

/// <summary>A colour in sRGB, the one colour space our documents declare.</summary>
internal readonly record struct Color(byte Red, byte Green, byte Blue)
{
    public static Color Rgb(int hex) => new((byte)(hex >> 16), (byte)(hex >> 8), (byte)hex);
}
