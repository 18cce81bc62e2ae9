using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Hosting;

namespace BackOffice.Web.Features.Usage;

/// <summary>A file that has arrived whole and has no name yet.</summary>
public sealed record ReceivedFile(string Path, long Bytes, string Sha256);

/// <summary>The uploaded files, under the data directory and under names of our own: no stranger's name ever reaches the disk.</summary>
public sealed class UploadStore(DataPlace place, IConfiguration settings)
{
    private readonly string _folder = Path.Combine(place.Directory, "uploads");

    /// <summary>The largest file that is taken; the configuration key is Imports:MaxBytes.</summary>
    public long MaxBytes { get; } = settings.GetValue("Imports:MaxBytes", 512L << 20);

    /// <summary>The most that may be packed in a compressed file; the configuration key is Imports:MaxUnpackedBytes.</summary>
    public long MaxUnpackedBytes { get; } = settings.GetValue("Imports:MaxUnpackedBytes", 4L << 30);

    public string MaxText => MaxBytes >= 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{MaxBytes >> 20:N0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{MaxBytes:N0} bytes");

    /// <summary>Writes what arrives to disk, and to its last byte. If that fails, nothing is left.</summary>
    /// <exception cref="RuleBroken">The content is empty, too large, or a compressed file that cannot be read.</exception>
    public async Task<ReceivedFile> Receive(Stream content, CancellationToken cancel)
    {
        Directory.CreateDirectory(_folder);
        var part = Path.Combine(_folder, $"{Guid.CreateVersion7():N}.part");
        ReceivedFile? received = null;
        try
        {
            var written = await Write(content, part, cancel);
            await using (var opened = Opened(part))
            {
                await PackedFile.Verify(opened, cancel);
            }

            return received = written;
        }
        finally
        {
            if (received is null)
            {
                File.Delete(part);
            }
        }
    }

    /// <summary>Gives the file its lasting name.</summary>
    public void Keep(ReceivedFile file, ImportId id) => File.Move(file.Path, PathOf(id));

    /// <summary>Takes back what <see cref="Receive"/> and <see cref="Keep"/> did; for when the row could not be stored.</summary>
    public void Discard(ReceivedFile file, ImportId? id)
    {
        File.Delete(file.Path);
        if (id is { } kept)
        {
            File.Delete(PathOf(kept));
        }
    }

    /// <summary>The file from its first byte; of a compressed one, what is packed in it.</summary>
    /// <exception cref="RuleBroken">The file is gone, for example because only the database was restored.</exception>
    public Stream Open(ImportId id)
    {
        try
        {
            return Opened(PathOf(id));
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RuleBroken("The uploaded file is not on this server any more. Upload it again.");
        }
    }

    /// <summary>Writes the file of rejects of an import; an earlier one is replaced when it is whole.</summary>
    public async Task WriteRejects(ImportId id, Func<TextWriter, Task> write)
    {
        var part = $"{RejectsOf(id)}.part";
        try
        {
            await using (var text = new StreamWriter(part, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
            {
                await write(text);
            }

            File.Move(part, RejectsOf(id), overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    public void DropRejects(ImportId id) => File.Delete(RejectsOf(id));

    public bool HasRejects(ImportId id) => File.Exists(RejectsOf(id));

    /// <summary>Null when no row was rejected, or the file is gone.</summary>
    public Stream? OpenRejects(ImportId id) =>
        HasRejects(id) ? new FileStream(RejectsOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete) : null;

    private string RejectsOf(ImportId id) => Path.Combine(_folder, $"{id.Value:N}.rejects.csv");

    private Stream Opened(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 << 10, FileOptions.SequentialScan);
        try
        {
            return PackedFile.Open(file, MaxUnpackedBytes);
        }
        catch (RuleBroken)
        {
            file.Dispose();
            throw;
        }
    }

    private string PathOf(ImportId id) => Path.Combine(_folder, $"{id.Value:N}.csv");

    private async Task<ReceivedFile> Write(Stream content, string part, CancellationToken cancel)
    {
        await using var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 << 10];
        var bytes = 0L;
        while (await content.ReadAsync(buffer, cancel) is var count and > 0)
        {
            bytes += count;
            RequireSmallEnough(bytes);
            hash.AppendData(buffer, 0, count);
            await file.WriteAsync(buffer.AsMemory(0, count), cancel);
        }

        if (bytes == 0)
        {
            throw new RuleBroken("The file is empty. Export it again, or choose another file.");
        }

        file.Flush(flushToDisk: true); // A row must not point to a file that a power cut took away.
        return new ReceivedFile(part, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <exception cref="RuleBroken">It is larger than <see cref="MaxBytes"/>.</exception>
    public void RequireSmallEnough(long bytes)
    {
        if (bytes > MaxBytes)
        {
            throw new RuleBroken($"The file is larger than {MaxText}. Split it into parts and import them one after the other.");
        }
    }
}
