using BackOffice.Core.Common;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Recognises files that are no text, whatever their name says, and tells what to do instead.</summary>
internal static class NotText
{
    internal static readonly TextFault NoRows = Fault("its first row does not end within 64 KiB. Export a CSV with one row a line.");

    private static readonly (byte[] Start, string Advice)[] Signatures =
    [
        ([0x50, 0x4B, 0x03, 0x04], "it is a zip archive or an Excel workbook (.xlsx). Save the sheet as CSV, or unpack the archive."),
        ([0x50, 0x4B, 0x05, 0x06], "it is an empty zip archive. Upload the CSV file itself."),
        ([0xD0, 0xCF, 0x11, 0xE0], "it is an old Excel workbook (.xls). Save the sheet as CSV."),
        ([0x1F, 0x8B], "it is compressed (gzip). Unpack it and upload the CSV file inside."),
        ([0x42, 0x5A, 0x68], "it is compressed (bzip2). Unpack it and upload the CSV file inside."),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "it is compressed (xz). Unpack it and upload the CSV file inside."),
        ([0x28, 0xB5, 0x2F, 0xFD], "it is compressed (zstd). Unpack it and upload the CSV file inside."),
        ([0x37, 0x7A, 0xBC, 0xAF], "it is a 7-Zip archive. Unpack it and upload the CSV file inside."),
        ([0x89, 0x50, 0x4E, 0x47], "it is an image (PNG). Upload the CSV file with the usage."),
        ([0xFF, 0xD8, 0xFF], "it is an image (JPEG). Upload the CSV file with the usage."),
        ("GIF8"u8.ToArray(), "it is an image (GIF). Upload the CSV file with the usage."),
        ("%PDF-"u8.ToArray(), "it is a PDF. Export the usage as CSV."),
        ("PAR1"u8.ToArray(), "it is a Parquet file. Export the usage as CSV."),
        ("SQLite format 3"u8.ToArray(), "it is a SQLite database. Export the table as CSV."),
    ];

    internal static TextFault? Refuse(ReadOnlySpan<byte> head)
    {
        foreach (var (start, advice) in Signatures)
        {
            if (head.StartsWith(start))
            {
                return Fault(advice);
            }
        }

        if (FileEncodings.FromByteOrderMark(head) is FileEncoding.Utf16LittleEndian or FileEncoding.Utf16BigEndian)
        {
            return null;
        }

        if (Utf16WithoutMark(head) is not null)
        {
            return null;
        }

        if (head.Contains((byte)0))
        {
            return Fault("it has NUL bytes, as programs and databases have. Export the usage as CSV.");
        }

        return Controls(head) > head.Length / 50 ? Fault("it is full of control characters. Export the usage as CSV.") : null;
    }

    /// <summary>In Western text every other byte of UTF-16 is zero, and only those.</summary>
    internal static FileEncoding? Utf16WithoutMark(ReadOnlySpan<byte> head)
    {
        Span<int> zeros = [0, 0];
        for (var i = 0; i < head.Length; i++)
        {
            zeros[i & 1] += head[i] == 0 ? 1 : 0;
        }

        var (fewer, more) = (Math.Min(zeros[0], zeros[1]), Math.Max(zeros[0], zeros[1]));
        return head.Length < 8 || more <= head.Length / 3 || fewer > head.Length / 50 ? null
            : zeros[1] > zeros[0] ? FileEncoding.Utf16LittleEndian
            : FileEncoding.Utf16BigEndian;
    }

    private static int Controls(ReadOnlySpan<byte> head)
    {
        var count = 0;
        foreach (var b in head)
        {
            count += b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f') ? 1 : 0;
        }

        return count;
    }

    private static TextFault Fault(string advice) => new("not_csv", $"This is not a CSV file: {advice}");
}
