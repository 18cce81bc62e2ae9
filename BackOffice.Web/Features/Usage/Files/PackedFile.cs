using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using BackOffice.Core.Common;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Opens what a compressed upload holds: gzip, or a zip archive with one file. Nothing is unpacked to disk.</summary>
/// <remarks>
/// A name inside an archive is never used for anything. How much may come out is bounded while it comes out: an archive's own word on its
/// size is not believed.
/// </remarks>
internal static class PackedFile
{
    /// <summary>Usage compresses ten to thirty times. What swells more than this is made to hurt.</summary>
    public const int MaxRatio = 100;

    /// <summary>Up to this size the ratio does not matter, as it hurts nobody.</summary>
    private const long Harmless = 10 << 20;

    private const string Damaged =
        "The compressed file is damaged, cut off or joined from several. Compress it again, or upload the CSV file itself.";

    /// <summary>The file itself, or what is packed in it. Disposing the result closes the file.</summary>
    /// <param name="file">Seekable, at its start.</param>
    /// <param name="maxBytes">The most that may come out of a compressed file.</param>
    /// <exception cref="RuleBroken">It is an archive of something else than one file, encrypted or damaged.</exception>
    public static Stream Open(Stream file, long maxBytes)
    {
        var head = new byte[4];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return head.AsSpan(0, length) switch
        {
            [0x1F, 0x8B, 0x08, ..] => Gzip(file, Limit(file.Length, maxBytes)),
            [0x50, 0x4B, 0x03, 0x04] or [0x50, 0x4B, 0x05, 0x06] => Zip(file, Limit(file.Length, maxBytes)),
            _ => file,
        };
    }

    /// <summary>Reads all of a compressed file once, so that what is wrong with it is said when it arrives and not in the middle.</summary>
    /// <exception cref="RuleBroken">Too much comes out, or it is damaged.</exception>
    public static async Task Verify(Stream opened, CancellationToken cancel)
    {
        if (opened is UnpackedStream)
        {
            await opened.CopyToAsync(Stream.Null, cancel);
        }
    }

    private static long Limit(long packed, long maxBytes) => Math.Min(maxBytes, Math.Max(Harmless, packed * MaxRatio));

    /// <summary>The last four bytes are the size of the content: to the framework, a file that is cut off merely ends.</summary>
    private static UnpackedStream Gzip(Stream file, long limit)
    {
        Span<byte> size = stackalloc byte[sizeof(uint)];
        file.Position = Math.Max(0, file.Length - size.Length);
        if (file.ReadAtLeast(size, size.Length, throwOnEndOfStream: false) < size.Length)
        {
            throw new RuleBroken(Damaged);
        }

        file.Position = 0;
        var content = new GZipStream(file, CompressionMode.Decompress);
        return new UnpackedStream(content, file, limit, BinaryPrimitives.ReadUInt32LittleEndian(size));
    }

    private static UnpackedStream Zip(Stream file, long limit)
    {
        try
        {
            var entry = Only(new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true));
            return new UnpackedStream(entry.Open(), file, limit, (uint)entry.Length);
        }
        catch (InvalidDataException)
        {
            throw new RuleBroken(Damaged);
        }
    }

    /// <summary>Folders, and what macOS adds about the file, are no files of usage.</summary>
    private static ZipArchiveEntry Only(ZipArchive archive)
    {
        var files = archive.Entries.Where(entry => entry.Name.Length > 0)
            .Where(entry => !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)).ToList();
        if (files.Any(entry => entry.FullName == "[Content_Types].xml"))
        {
            throw new RuleBroken("This is an Excel workbook or another Office document. Save the sheet as CSV and upload that.");
        }

        return files switch
        {
            [] => throw new RuleBroken("The zip archive is empty. Upload the CSV file itself."),
            [{ IsEncrypted: true }] => throw new RuleBroken("The zip archive is protected with a password. Upload it without one."),
            [var only] => only,
            _ => throw new RuleBroken(string.Create(
                CultureInfo.InvariantCulture,
                $"The zip archive holds {files.Count:N0} files; one is read. Upload each file by itself.")),
        };
    }

    /// <summary>Counts what comes out, stops at the limit, and compares at the end (the size modulo 2^32, as gzip keeps it).</summary>
    private sealed class UnpackedStream(Stream content, Stream packed, long maxBytes, uint sizeAtEnd) : Stream
    {
        private long _bytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            try
            {
                return Counted(content.Read(buffer));
            }
            catch (InvalidDataException)
            {
                throw new RuleBroken(Damaged);
            }
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return Counted(await content.ReadAsync(buffer, cancellationToken));
            }
            catch (InvalidDataException)
            {
                throw new RuleBroken(Damaged);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                content.Dispose();
                packed.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Counted(int count)
        {
            _bytes += count;
            if (count == 0 && (uint)_bytes != sizeAtEnd)
            {
                throw new RuleBroken(Damaged);
            }

            return _bytes <= maxBytes ? count : throw new RuleBroken(string.Create(
                CultureInfo.InvariantCulture,
                $"The compressed file holds more than {maxBytes >> 20:N0} MB, which is more than it may. Upload it in parts."));
        }
    }
}
