namespace BackOffice.Web.Features.Usage.Files;

/// <summary>The file as UTF-8, read once from front to back.</summary>
/// <remarks>
/// Two small jobs. It gives back the bytes that were looked at for a byte order mark, so that the source need not be
/// seekable. And it remembers where line ends were among the last bytes: when a record turns out too large, that tells
/// an unclosed quote (which swallows lines) from one endless line.
/// </remarks>
internal sealed class InputStream(ReadOnlyMemory<byte> prefix, Stream inner) : Stream
{
    private const int ChunkBytes = 32 << 10;

    // Twice the largest row: the parser never holds more than that.
    private readonly Queue<(long Start, bool HasLineEnd)> _chunks = new();
    private ReadOnlyMemory<byte> _prefix = prefix;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens a file of a declared encoding. The caller keeps and disposes the source.</summary>
    internal static async ValueTask<(InputStream Utf8, FileEncoding Encoding)> OpenAsync(
        Stream source, FileEncoding declared, CancellationToken cancellationToken)
    {
        var head = new byte[3];
        var length = await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        var encoding = FileEncodings.FromByteOrderMark(head.AsSpan(0, length)) ?? declared;
        var whole = new InputStream(head.AsMemory(0, length), source);
        return encoding == FileEncoding.Utf8
            ? (whole, encoding)
            : (new InputStream(default, System.Text.Encoding.CreateTranscodingStream(
                whole, encoding.Decoder(), FileEncoding.Utf8.Decoder(), leaveOpen: true)), encoding);
    }

    /// <summary>Whether a line ended among the bytes read after an offset (give or take one chunk).</summary>
    internal bool HasLineEndAfter(long offset) => _chunks.Any(chunk => chunk.HasLineEnd && chunk.Start > offset);

    public override int Read(Span<byte> buffer)
    {
        buffer = buffer[..Math.Min(buffer.Length, ChunkBytes)];
        return Seen(buffer, TakePrefix(buffer) is var taken and > 0 ? taken : inner.Read(buffer));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        buffer = buffer[..Math.Min(buffer.Length, ChunkBytes)];
        var taken = TakePrefix(buffer.Span);
        var count = taken > 0 ? taken : await inner.ReadAsync(buffer, cancellationToken);
        return Seen(buffer.Span, count);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int TakePrefix(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _prefix.Length);
        _prefix.Span[..count].CopyTo(buffer);
        _prefix = _prefix[count..];
        return count;
    }

    private int Seen(ReadOnlySpan<byte> buffer, int count)
    {
        _chunks.Enqueue((_position, buffer[..count].ContainsAny((byte)'\n', (byte)'\r')));
        if (_chunks.Count > 2 * UsageFileLimits.MaxRowBytes / ChunkBytes)
        {
            _chunks.Dequeue();
        }

        _position += count;
        return count;
    }
}
