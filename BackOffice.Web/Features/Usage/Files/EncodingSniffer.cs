using System.Buffers;
using System.Text;

namespace BackOffice.Web.Features.Usage.Files;

internal static class EncodingSniffer
{
    internal static Guess<FileEncoding> Detect(ReadOnlySpan<byte> head, bool complete)
    {
        if (FileEncodings.FromByteOrderMark(head) is { } marked)
        {
            return new(marked, false, "The file starts with the byte order mark of this encoding.");
        }

        if (NotText.Utf16WithoutMark(head) is { } unmarked)
        {
            return new(unmarked, true, "Every other byte is zero, as in UTF-16 without a byte order mark. Check the sample.");
        }

        var (characters, strays) = Count(head, complete);
        if (strays == 0)
        {
            return new(FileEncoding.Utf8, false, characters == 0 ? "The file has only ASCII characters." : "The file is valid UTF-8.");
        }

        // One damaged byte in a UTF-8 file must not turn every other "ü" into "Ã¼".
        return characters > strays
            ? new(FileEncoding.Utf8, true, "The file is UTF-8 with some damaged bytes; the rows that have them will be refused.")
            : new(FileEncoding.Windows1252, true, "The file is not UTF-8. Check that accented letters in the sample look right.");
    }

    /// <summary>The text without its byte order mark, and without a last character that the cut may have halved.</summary>
    internal static string Decode(ReadOnlySpan<byte> head, FileEncoding encoding, bool complete)
    {
        var decoder = encoding.Decoder().GetDecoder();
        var chars = new char[encoding.Decoder().GetMaxCharCount(head.Length)];
        var count = decoder.GetChars(head, chars, flush: complete);
        return new string(chars, 0, count).TrimStart('\uFEFF');
    }

    /// <summary>Characters of two bytes or more that are well-formed UTF-8, and bytes that are not.</summary>
    private static (int Characters, int Strays) Count(ReadOnlySpan<byte> head, bool complete)
    {
        var (characters, strays) = (0, 0);
        while (!head.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(head, out _, out var length);
            characters += status == OperationStatus.Done && length > 1 ? 1 : 0;
            strays += status == OperationStatus.InvalidData || (status == OperationStatus.NeedMoreData && complete) ? 1 : 0;
            head = head[Math.Max(length, 1)..];
        }

        return (characters, strays);
    }
}
