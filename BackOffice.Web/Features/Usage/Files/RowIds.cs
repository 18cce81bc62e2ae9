using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Makes transaction ids for files that have none, out of what the rows say.</summary>
/// <remarks>
/// <para>
/// The id must be the same when the same file comes again, renamed, re-ordered or with other rows added, or usage is
/// billed twice. A line number or a random id fails that. So the id is the first 128 bits of SHA-256 over the row: the
/// subscription and event name it was read for, then every cell in order as decoded text, each after its length, so that
/// ("ab","c") and ("a","bc") differ and a delimiter inside a cell cannot imitate two cells.
/// </para>
/// <para>
/// Two requests can be truly identical (same microsecond, same counts) and both must be billed. The second one gets its
/// occurrence number hashed in. Which of two identical rows is "the second" does not matter: they say the same.
/// </para>
/// <para>
/// A repaired file of rejects has the ids its rows would have had: its added columns do not count.
/// </para>
/// <para>
/// The price: identical rows in two different files are one event, and a changed cell is a new event. A source that can
/// give ids should.
/// </para>
/// </remarks>
internal sealed class RowIds
{
    private const int IdBytes = 16;

    private readonly OccurrenceCounts _seen = new();
    private readonly ArrayBufferWriter<byte> _content = new(1024);

    internal long Count { get; private set; }

    internal string Next(string subscription, string eventName, CsvReader row, int columns)
    {
        _content.ResetWrittenCount();
        WriteNumber(columns);
        Write(subscription);
        Write(eventName);
        for (var i = 0; i < columns; i++)
        {
            Write(columns == row.FieldCount ? row.GetSpan(i) : RejectsFile.Restored(row.GetSpan(i)));
        }

        Count++;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_content.WrittenSpan, hash);
        var occurrence = _seen.Next(BinaryPrimitives.ReadUInt64LittleEndian(hash));
        if (occurrence > 1)
        {
            WriteNumber(occurrence);
            SHA256.HashData(_content.WrittenSpan, hash);
        }

        return Convert.ToHexStringLower(hash[..IdBytes]);
    }

    private void Write(string text)
    {
        WriteNumber(Encoding.UTF8.GetByteCount(text));
        _content.Advance(Encoding.UTF8.GetBytes(text, _content.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        WriteNumber(bytes.Length);
        _content.Write(bytes);
    }

    private void WriteNumber(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_content.GetSpan(sizeof(int)), number);
        _content.Advance(sizeof(int));
    }
}
