using System.IO.Compression;
using System.Text;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>C37: compressed files are read like any other, and nothing that swells or hides is.</summary>
public sealed class PackedFileTests
{
    private const string Usage = "id,at,customer,calls\na,2026-01-02,SUB-1,1\nb,2026-01-02,SUB-1,2\n";

    [Theory]
    [InlineData("usage.csv.gz")]
    [InlineData("usage.zip")]
    [InlineData("renamed.csv")]
    public async Task A_compressed_file_is_seen_checked_and_imported_like_the_file_in_it(string name)
    {
        await using var office = await UsageOffice.Open();
        var bytes = name.EndsWith("gz", StringComparison.Ordinal) ? Gzip(Bytes(Usage)) : Zip(("../../etc/passwd", Bytes(Usage)));
        var id = await office.Upload(bytes, name);
        Assert.Equal(["id", "at", "customer", "calls"], (await office.Inspect.Run(id)).Sniffed.Shape!.Columns);
        Assert.Equal(2, (await office.Check.Run(id, UsageFiles.Calls)).Report.Accepted);
        var import = await office.Import.Run(id, UsageFiles.Calls, ImportMode.AllOrNothing);
        Assert.Equal((2, 3m), (import.Report!.Accepted, import.Report.Totals["calls"]));
        Assert.Equal([$"{id.Value:N}.csv"], Directory.GetFiles(office.UploadFolder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_same_usage_packed_and_unpacked_is_stored_once()
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText(Usage);
        var again = await office.Import.Run(await office.Upload(Gzip(Bytes(Usage))), UsageFiles.Calls, ImportMode.AllOrNothing);
        Assert.Equal((0, 2), (again.Report!.Accepted, again.Report.Duplicates));
    }

    [Fact]
    public async Task Folders_and_what_macos_adds_are_not_counted()
    {
        await using var office = await UsageOffice.Open();
        var id = await office.Upload(Zip(("export/", []), ("export/usage.csv", Bytes(Usage)), ("__MACOSX/export/._usage.csv", [1])));
        Assert.NotNull((await office.Inspect.Run(id)).Sniffed.Shape);
    }

    public static TheoryData<string, byte[], string> Refused => new()
    {
        {
            "a bomb",
            Gzip(new byte[64 << 20]),
            "The compressed file holds more than 10 MB, which is more than it may. Upload it in parts."
        },
        {
            "a bomb in a zip archive",
            Zip(("usage.csv", new byte[64 << 20])),
            "The compressed file holds more than 10 MB, which is more than it may. Upload it in parts."
        },
        { "two files", Zip(("a.csv", [1]), ("b.csv", [1])), "The zip archive holds 2 files; one is read. Upload each file by itself." },
        { "no file", Zip(), "The zip archive is empty. Upload the CSV file itself." },
        {
            "a workbook",
            Zip(("[Content_Types].xml", [1]), ("xl/workbook.xml", [1])),
            "This is an Excel workbook or another Office document. Save the sheet as CSV and upload that."
        },
        {
            "cut off",
            Gzip(Bytes(string.Concat(Enumerable.Range(0, 9_999))))[..2_000],
            "The compressed file is damaged, cut off or joined from several. Compress it again, or upload the CSV file itself."
        },
        {
            "not what it begins like",
            [0x50, 0x4B, 0x03, 0x04, .. new byte[100]],
            "The compressed file is damaged, cut off or joined from several. Compress it again, or upload the CSV file itself."
        },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task What_is_packed_wrongly_is_refused_when_it_arrives_and_leaves_nothing(string why, byte[] file, string sentence)
    {
        await using var office = await UsageOffice.Open();
        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => office.Upload(file));
        Assert.True(sentence == refusal.Message, $"{why}: {refusal.Message}");
        Assert.Empty(Directory.GetFiles(office.UploadFolder));
    }

    [Fact]
    public async Task A_packed_file_in_a_packed_file_is_not_opened()
    {
        await using var office = await UsageOffice.Open();
        var id = await office.Upload(Zip(("usage.csv.gz", Gzip(Bytes(Usage)))));
        var fault = (await office.Inspect.Run(id)).Sniffed.Fault!;
        Assert.Equal(
            ("not_csv", "This is not a CSV file: it is compressed (gzip). Unpack it and upload the CSV file inside."),
            (fault.Code, fault.Message));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }
}
