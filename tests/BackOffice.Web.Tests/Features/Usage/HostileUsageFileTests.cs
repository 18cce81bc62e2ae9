using System.Text;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>Files that are made, or broken, to hurt.</summary>
[Collection(nameof(Alone))] // What is alive is counted for the whole process.
public sealed class HostileUsageFileTests
{
    private const string Head = "id,at,customer,calls\n";
    private const string Row = ",2026-01-02,acme,5\n";

    [Fact]
    public async Task An_unclosed_quote_in_line_5_of_a_huge_file_stops_there()
    {
        var text = Head + "a" + Row + "b" + Row + "c" + Row + "\"d" + Row + string.Concat(Enumerable.Repeat("x" + Row, 200_000));
        Assert.Equal("2 ok a, 3 ok b, 4 ok c, 5 unclosed_quote!", (await UsageFiles.ReadAsync(text)).Brief());
    }

    [Fact]
    public async Task A_row_without_end_stops_the_file_as_too_large() =>
        Assert.Equal("2 ok a, 3 row_too_large!", (await UsageFiles.ReadAsync(
            Head + "a" + Row + "b,2026-01-02,acme," + new string('9', 5_000_000) + "\nc" + Row)).Brief());

    [Theory]
    [InlineData(UsageFileLimits.MaxCellBytes + 1, "2 cell_too_large, 3 ok b")]
    [InlineData(900_000, "2 cell_too_large, 3 ok b")]
    public async Task A_large_cell_refuses_its_row_only(int length, string read)
    {
        var lines = await UsageFiles.ReadAsync(Head + "a,2026-01-02," + new string('x', length) + ",5\nb" + Row);
        Assert.Equal(read, lines.Brief());
        Assert.Equal("customer", Assert.IsType<RowError>(lines[0]).Column);
    }

    [Theory]
    [InlineData(201, "2 too_many_columns, 3 ok b")]
    [InlineData(100_000, "2 too_many_columns, 3 ok b")]
    [InlineData(1_000_000, "2 too_many_columns, 3 ok b")]
    public async Task A_row_of_very_many_cells_is_refused(int columns, string read) =>
        Assert.Equal(read, (await UsageFiles.ReadAsync(Head + "x" + new string(',', columns - 1) + "\nb" + Row)).Brief());

    [Fact]
    public async Task A_header_of_very_many_cells_is_refused() =>
        Assert.Equal("1 too_many_columns!", (await UsageFiles.ReadAsync("id" + new string(',', 100_000) + "\n")).Brief());

    [Fact]
    public async Task Memory_does_not_grow_with_the_file()
    {
        // Ids come from the file, so nothing is remembered; 40 MB pass through.
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("some-request-id" + Row, 1000)));
        using var endless = new RepeatedStream(Encoding.UTF8.GetBytes(Head), block, 40_000_000 / block.Length);
        var reader = new UsageFileReader(UsageFiles.Calls, UsageFiles.Now);
        var (before, most) = (GC.GetTotalMemory(forceFullCollection: true), 0L);
        await foreach (var line in reader.ReadAsync(endless, TestContext.Current.CancellationToken))
        {
            if (line.Line % 200_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        Assert.Equal(40_000_000 / block.Length * 1000, reader.Counts.Rows);
        Assert.True(most - before < 150_000_000, $"{most - before:N0} bytes more were alive.");
    }

    /// <summary>A head and then one block many times, without holding them all.</summary>
    private sealed class RepeatedStream(byte[] head, byte[] block, int times) : Stream
    {
        private byte[] _current = head;
        private int _at;
        private int _left = times;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at == _current.Length && _left > 0)
            {
                (_current, _at, _left) = (block, 0, _left - 1);
            }

            var copied = Math.Min(count, _current.Length - _at);
            Array.Copy(_current, _at, buffer, offset, copied);
            _at += copied;
            return copied;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
