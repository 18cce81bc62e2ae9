using System.Globalization;
using System.Text;

namespace BackOffice.Web.Documents.Pdf;

/// <summary>How values are written in a PDF file.</summary>
internal static class PdfSyntax
{
    public static string Number(float value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A text string: readable if it is ASCII, UTF-16 in hexadecimal if not.</summary>
    public static string TextString(string text) => text.All(c => c is >= ' ' and <= '~' and not ('(' or ')' or '\\'))
        ? $"({text})"
        : $"<FEFF{Utf16(text)}>";

    public static string Utf16(string text) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));

    public static string Date(DateOnly date) => date.ToString("'(D:'yyyyMMdd'000000Z)'", CultureInfo.InvariantCulture);

    /// <summary>A name, with what is not a letter, a figure or one of .-+ escaped.</summary>
    public static string Name(string name) => "/" + string.Concat(name.Select(c =>
        char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' ? c.ToString() : $"#{(int)c:X2}"));

    public static string Reference(int id) => string.Create(CultureInfo.InvariantCulture, $"{id} 0 R");

    public static string References(IEnumerable<int> ids) => string.Join(' ', ids.Select(Reference));
}
