using System.Buffers.Binary;
using System.Text;

namespace BackOffice.Web.Documents.Pdf;

/// <summary>
/// A minimal ICC v4 display profile with the primaries and the transfer curve of sRGB.
/// It is made here, so that no file of unclear licence has to be shipped.
/// </summary>
internal static class SrgbProfile
{
    private const int HeaderLength = 128;
    private const int TagLength = 12;

    public static readonly byte[] Bytes = Make();

    private static byte[] Make()
    {
        // The parameters of "if x >= d then (a·x + b)^g else c·x", in the order g, a, b, c, d.
        var curve = Numbers("para", [0, 3, 0, 0], 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);
        var adaptation = Numbers("sf32", [], 1.0479, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75167);
        (string Name, byte[] Data)[] tags =
        [
            ("desc", Text("sRGB")), ("cprt", Text("No copyright, use freely")),
            ("wtpt", WhitePoint()), ("chad", adaptation),
            ("rXYZ", Numbers("XYZ ", [], 0.43607, 0.22249, 0.01392)),
            ("gXYZ", Numbers("XYZ ", [], 0.38515, 0.71687, 0.09708)),
            ("bXYZ", Numbers("XYZ ", [], 0.14307, 0.06061, 0.7141)),
            ("rTRC", curve), ("gTRC", curve), ("bTRC", curve),
        ];
        var (table, data) = Lay(tags);
        return [.. Header(HeaderLength + table.Count + data.Count), .. table, .. data];
    }

    private static (List<byte> Table, List<byte> Data) Lay((string Name, byte[] Data)[] tags)
    {
        var (table, data) = (new List<byte>(BigEndian(tags.Length)), new List<byte>());
        var start = HeaderLength + 4 + TagLength * tags.Length;
        var offsets = new Dictionary<byte[], int>(); // The three curves are one array and are stored once.
        foreach (var tag in tags)
        {
            if (!offsets.TryGetValue(tag.Data, out var offset))
            {
                offset = start + data.Count;
                offsets.Add(tag.Data, offset);
                data.AddRange(tag.Data);
                data.AddRange(new byte[(4 - data.Count % 4) % 4]);
            }

            table.AddRange([.. Encoding.ASCII.GetBytes(tag.Name), .. BigEndian(offset), .. BigEndian(tag.Data.Length)]);
        }

        return (table, data);
    }

    private static byte[] Header(int size)
    {
        var header = new byte[HeaderLength];
        BigEndian(size).CopyTo(header, 0);
        (header[8], header[9]) = (4, 0x20); // version 4.2
        "mntrRGB XYZ "u8.CopyTo(header.AsSpan(12));
        BinaryPrimitives.WriteInt16BigEndian(header.AsSpan(24), 2026); // the profile's date: 1 January 2026
        (header[27], header[29]) = (1, 1);
        "acsp"u8.CopyTo(header.AsSpan(36));
        WhitePoint().AsSpan(8).CopyTo(header.AsSpan(68));
        return header;
    }

    private static byte[] WhitePoint() => Numbers("XYZ ", [], 0.9642, 1, 0.8249);

    private static byte[] Numbers(string type, byte[] prefix, params double[] values) =>
    [
        .. Encoding.ASCII.GetBytes(type), 0, 0, 0, 0, .. prefix,
        .. values.SelectMany(value => BigEndian((int)Math.Round(value * 65536))),
    ];

    private static byte[] Text(string text) =>
    [
        .. "mluc"u8, 0, 0, 0, 0, .. BigEndian(1), .. BigEndian(12), .. "enUS"u8, .. BigEndian(text.Length * 2), .. BigEndian(28),
        .. Encoding.BigEndianUnicode.GetBytes(text),
    ];

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
