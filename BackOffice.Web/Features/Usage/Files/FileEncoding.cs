using System.Text;
using System.Text.Json.Serialization;

namespace BackOffice.Web.Features.Usage.Files;

[JsonConverter(typeof(JsonStringEnumConverter<FileEncoding>))]
public enum FileEncoding
{
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
    Windows1252,
}

internal static class FileEncodings
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly UnicodeEncoding LittleEndian = new(bigEndian: false, byteOrderMark: false);
    private static readonly UnicodeEncoding BigEndian = new(bigEndian: true, byteOrderMark: false);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The decoder; what it cannot decode becomes U+FFFD, which the reader refuses in transcoded files.</summary>
    internal static Encoding Decoder(this FileEncoding encoding) => encoding switch
    {
        FileEncoding.Utf16LittleEndian => LittleEndian,
        FileEncoding.Utf16BigEndian => BigEndian,
        FileEncoding.Windows1252 => Windows1252,
        _ => Utf8,
    };

    /// <summary>A byte order mark is the file's own word and wins over any declaration.</summary>
    internal static FileEncoding? FromByteOrderMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => FileEncoding.Utf8,
        [0xFF, 0xFE, ..] => FileEncoding.Utf16LittleEndian,
        [0xFE, 0xFF, ..] => FileEncoding.Utf16BigEndian,
        _ => null,
    };
}
