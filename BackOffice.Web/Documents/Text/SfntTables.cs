using System.Buffers.Binary;
using System.Text;

namespace BackOffice.Web.Documents.Text;

/// <summary>Reads numbers out of the tables of a TrueType file. Only our own fonts are read, so nothing is defended against.</summary>
internal sealed class SfntTables(byte[] font)
{
    private const int DirectoryOffset = 12;
    private const int EntryLength = 16;

    private readonly Dictionary<string, int> _offsets = ReadDirectory(font);

    public short Int16(string table, int offset) =>
        BinaryPrimitives.ReadInt16BigEndian(font.AsSpan(_offsets[table] + offset));

    public ushort UInt16(string table, int offset) =>
        BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(_offsets[table] + offset));

    private static Dictionary<string, int> ReadDirectory(byte[] font)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(4));
        var offsets = new Dictionary<string, int>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var entry = font.AsSpan(DirectoryOffset + EntryLength * i, EntryLength);
            offsets[Encoding.ASCII.GetString(entry[..4])] = BinaryPrimitives.ReadInt32BigEndian(entry[8..]);
        }

        return offsets;
    }
}
