using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace BackOffice.Web.Documents.Pdf;

/// <summary>The objects of a PDF 1.7 file, written with object and cross-reference streams. Same objects, same bytes.</summary>
internal sealed class PdfFile
{
    private const int ObjectsPerStream = 400;

    // Numbers start at 1; object 0 is the head of the list of free objects.
    private readonly List<PdfObject?> _objects = [null];

    /// <summary>A number for an object that is set later, so that others can refer to it.</summary>
    public int Reserve() => Append(null);

    public int Add(string body) => Append(new PdfObject(body, null));

    public int AddStream(string dictionary, byte[] content, bool compressed = true) =>
        Append(PdfObject.Stream(dictionary, content, compressed));

    public void Set(int id, string body) => _objects[id] = new PdfObject(body, null);

    public void SetStream(int id, string dictionary, byte[] content) =>
        _objects[id] = PdfObject.Stream(dictionary, content, compressed: true);

    public byte[] Save(int catalog, int info)
    {
        var (plain, streams) = Sort();
        var output = new Output(_objects.Count + plain.Count / ObjectsPerStream + 2);
        foreach (var id in streams)
        {
            output.Write(id, _objects[id]!);
        }

        var next = _objects.Count;
        foreach (var chunk in plain.Chunk(ObjectsPerStream))
        {
            WritePacked(output, chunk, next++);
        }

        return output.Finish(next, $"/Root {PdfSyntax.Reference(catalog)}/Info {PdfSyntax.Reference(info)}");
    }

    private int Append(PdfObject? item)
    {
        _objects.Add(item);
        return _objects.Count - 1;
    }

    private (List<int> Plain, List<int> Streams) Sort()
    {
        var (plain, streams) = (new List<int>(), new List<int>());
        for (var id = 1; id < _objects.Count; id++)
        {
            var item = _objects[id] ?? throw new InvalidOperationException($"PDF object {id} was reserved and never set.");
            (item.Content is null ? plain : streams).Add(id);
        }

        return (plain, streams);
    }

    private void WritePacked(Output output, int[] ids, int streamId)
    {
        var (index, bodies) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < ids.Length; i++)
        {
            index.Append(ids[i]).Append(' ').Append(bodies.Length).Append(' ');
            bodies.Append(_objects[ids[i]]!.Body).Append('\n');
            output.IsPacked(ids[i], streamId, i);
        }

        var dictionary = $"/Type/ObjStm/N {ids.Length}/First {index.Length}";
        output.Write(streamId, PdfObject.Stream(dictionary, Encoding.Latin1.GetBytes($"{index}{bodies}"), compressed: true));
    }

    /// <summary>A plain object, or with content the dictionary of a stream and its bytes.</summary>
    private sealed record PdfObject(string Body, byte[]? Content)
    {
        public static PdfObject Stream(string dictionary, byte[] content, bool compressed)
        {
            var (bytes, filter) = compressed ? (Deflate(content), "/Filter/FlateDecode") : (content, "");
            return new PdfObject($"<<{dictionary}{filter}/Length {bytes.Length}>>", bytes);
        }

        private static byte[] Deflate(byte[] content)
        {
            using var compressed = new MemoryStream(content.Length / 3 + 64);
            using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            {
                zlib.Write(content);
            }

            return compressed.ToArray();
        }
    }

    /// <summary>The bytes of the file and where in them the objects are.</summary>
    private sealed class Output
    {
        private const int EntryLength = 7;
        private const byte Free = 0;
        private const byte InFile = 1;
        private const byte InStream = 2;

        private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
        private readonly byte[] _table;

        public Output(int objects)
        {
            _table = new byte[(objects + 1) * EntryLength];
            Entry(0, Free, 0, ushort.MaxValue);
            // The bytes above 127 tell programs that copy files that this is not text.
            Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        }

        public void IsPacked(int id, int streamId, int index) => Entry(id, InStream, streamId, index);

        public void Write(int id, PdfObject stream)
        {
            Entry(id, InFile, _bytes.WrittenCount, 0);
            Write($"{id} 0 obj\n{stream.Body}\nstream\n");
            _bytes.Write(stream.Content);
            Write("\nendstream\nendobj\n");
        }

        public byte[] Finish(int id, string trailer)
        {
            var fileId = Convert.ToHexString(SHA256.HashData(_bytes.WrittenSpan)[..16]);
            var start = _bytes.WrittenCount;
            Entry(id, InFile, start, 0);
            var dictionary = $"/Type/XRef/Size {id + 1}/W[1 4 2]{trailer}/ID[<{fileId}><{fileId}>]";
            Write(id, PdfObject.Stream(dictionary, _table[..((id + 1) * EntryLength)], compressed: true));
            Write($"startxref\n{start}\n%%EOF\n");
            return _bytes.WrittenSpan.ToArray();
        }

        private void Entry(int id, byte type, int first, int second)
        {
            var entry = _table.AsSpan(id * EntryLength, EntryLength);
            entry[0] = type;
            BinaryPrimitives.WriteInt32BigEndian(entry[1..], first);
            BinaryPrimitives.WriteUInt16BigEndian(entry[5..], (ushort)second);
        }

        private void Write(string text) => _bytes.Write(Encoding.Latin1.GetBytes(text));
    }
}
