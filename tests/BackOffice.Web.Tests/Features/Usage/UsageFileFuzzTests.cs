using System.Diagnostics;
using System.Globalization;
using System.Text;
using BackOffice.Core.Common;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>
/// Good files, broken at random from a seed: ten seconds in every run, longer with BACKOFFICE_FUZZ_SECONDS, another way with
/// BACKOFFICE_FUZZ_SEED. Each file has a watchdog on its time and on the memory it takes.
/// </summary>
[Collection(nameof(Alone))] // What it takes is counted for the whole process.
public sealed class UsageFileFuzzTests
{
    private const int FirstSeed = 20261122;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);
    private const long MaxAllocated = 64 << 20;

    // The parser leaves some 70 bytes of litter for each record, the file is read up to three times, and a byte can be a record: an
    // empty line.
    private const long MaxAllocatedForAByte = 200;

    private static readonly byte[][] Corpus =
    [
        Bytes("\uFEFFid,at,customer,calls\na,2026-01-02 03:04:05,\"ac\"\"me\",5\r\n"
            + "\"b\nc\",2026-01-02T03:04:05Z,ü,1.5\nd,2026-01-02,acme,5\n\n,,,\n"),
        Bytes("sep=;\nid;at;customer;calls\na;2026-01-02;acme;1.234,5\nb;03/04/2026;acme;-0\n"),
        Bytes("at\tid\tcustomer\tcalls\n1700158623\t'=a\tacme\t1e308\n2026-01-02\t=b\t@c\t+5\n"),
        Bytes("id,at,customer,calls,line_no,error_code,error_message\n'=a,2026-01-02,acme,x,3,number_malformed,\"This, is\"\n"),
        [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("id,at,customer,calls\nä,2026-01-02,acme,5\n")],
        Encoding.BigEndianUnicode.GetBytes("id,at,customer,calls\nb,2026-01-02,acme,5\n"),
        Encoding.Latin1.GetBytes("id|at|customer|calls\nMüller|2026-01-02|acme|5\n"),
    ];

    private static readonly byte[] Spice =
    [
        0, (byte)'"', (byte)',', (byte)';', (byte)'\t', (byte)'|', (byte)'\n', (byte)'\r', (byte)'-', (byte)'.', (byte)'9', (byte)'=',
        (byte)'\'', 0xC3, 0xFF, 0xFE, 0xEF, 0xD8, 0x1F, 0x8B, 0x50, 0x4B,
    ];

    [Fact]
    public async Task Broken_files_never_crash_hang_swell_or_slip_through()
    {
        var seed = Number("BACKOFFICE_FUZZ_SEED", FirstSeed);
        var budget = TimeSpan.FromSeconds(Number("BACKOFFICE_FUZZ_SECONDS", 10));
        var watch = Stopwatch.StartNew();
        var rounds = 0;
        for (; watch.Elapsed < budget; rounds++)
        {
            var bytes = Mutate(new Random(seed + rounds));
            try
            {
                await Survive(bytes, rounds);
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                Assert.Fail($"BACKOFFICE_FUZZ_SEED={seed + rounds}: {broken}\n{Convert.ToBase64String(bytes)}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{rounds} files from seed {seed}.");
        Assert.True(rounds > 0);
    }

    private static async Task Survive(byte[] bytes, int round)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetTotalAllocatedBytes();
        var shape = FileSniffer.Sniff(bytes.AsSpan(0, Math.Min(bytes.Length, 4096)), round % 3 == 0, UsageFiles.Now).Shape;
        var mapping = (shape is null || round % 2 == 0 ? UsageFiles.Calls : MappingSuggester.Suggest(shape, ["calls"], "UTC").Mapping) with
        {
            EventName = "x",
            EventNameColumn = null,
        };
        var lines = await UsageFiles.ReadAsync(bytes, mapping);
        Assert.NotEmpty(lines);
        Assert.Equal(lines.Select(line => line.Line).Order(), lines.Select(line => line.Line));
        Assert.All(lines.OfType<RowError>(), error => Assert.NotEmpty(error.Sentence));
        await RejectsAreRejectedAgain(bytes, mapping, [.. lines.OfType<RowError>()]);
        Assert.True(watch.Elapsed < MaxTime, $"It took {watch.Elapsed}.");
        var taken = GC.GetTotalAllocatedBytes() - before;
        Assert.True(taken < MaxAllocated + (bytes.Length * MaxAllocatedForAByte), $"It took {taken:N0} bytes of memory.");
    }

    /// <summary>What was refused stays refused until somebody repairs it.</summary>
    private static async Task RejectsAreRejectedAgain(byte[] bytes, UsageMapping mapping, IReadOnlyList<RowError> errors)
    {
        if (mapping.Properties.Any(p => p.Optional) || !errors.Any(error => !error.StopsFile))
        {
            return;
        }

        using var original = new MemoryStream(bytes);
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        await RejectsFile.Write(original, mapping, errors, text, TestContext.Current.CancellationToken);
        var again = await UsageFiles.ReadAsync(text.ToString(), mapping with { HasHeader = true, Encoding = FileEncoding.Utf8 });
        Assert.DoesNotContain(again, line => line is UsageRow);
    }

    private static byte[] Mutate(Random random)
    {
        var bytes = Corpus[random.Next(Corpus.Length)].ToList();
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = Spice[random.Next(Spice.Length)];
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.Insert(at, Spice[random.Next(Spice.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at - 1));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 60), bytes.Count - at)));
                    break;
                case 5:
                    var other = Corpus[random.Next(Corpus.Length)];
                    bytes.InsertRange(at, other[random.Next(other.Length)..]);
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat(bytes[at], random.Next(1, random.Next(100) == 0 ? 2_000_000 : 300)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
