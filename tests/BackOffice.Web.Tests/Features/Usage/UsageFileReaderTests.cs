using BackOffice.Data.Usage;
using System.Text;
using BackOffice.Core.Common;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Usage;

public sealed class UsageFileReaderTests
{
    private const string Head = "id,at,customer,calls\n";
    private const string Row = ",2026-01-02 03:04:05,acme,5\n";

    [Fact]
    public async Task A_row_becomes_a_typed_row()
    {
        var row = Assert.IsType<UsageRow>(Assert.Single(await UsageFiles.ReadAsync(Head + " e-1 ,2026-01-02T03:04:05Z, acme ,12.50\n")));
        Assert.Equal((2, "acme", "api_call", "e-1"), (row.Line, row.SubscriptionCode, row.EventName, row.TransactionId));
        Assert.Equal(Instant.FromUtc(2026, 1, 2, 3, 4, 5), row.At);
        Assert.Equal([new UsageProperty("calls", 12.5m, null)], row.Properties);
    }

    [Theory]
    //          rows                                        read                                   why
    [InlineData("a" + Row + "b" + Row, "2 ok a, 3 ok b", "plain")]
    [InlineData("a,2026-01-02,acme,5", "2 ok a", "C12: no final line end")]
    [InlineData("\n\n  \n\t\n,,,\na" + Row + "\n\n", "7 ok a", "C12: blank lines are skipped and still counted as lines")]
    [InlineData("\"a\",2026-01-02,\"x, \"\"y\"\"\r\nz\",5\r\nb" + Row, "2 ok a, 4 ok b", "C08: one record, right line after it")]
    [InlineData("a,2026-01-02,acme,5\r\nb,2026-01-02,acme,5\rc,2026-01-02,acme,5\nd" + Row, "2 ok a, 3 ok b, 4 ok c, 5 ok d", "C11")]
    [InlineData("a;2026-01-02;acme;5\nb" + Row, "2 field_count, 3 ok b", "C07: another delimiter further down")]
    [InlineData("\"abc\"def,2026-01-02,acme,5\nb" + Row, "2 bad_quoting, 3 ok b", "C10: text after a closing quote")]
    [InlineData("ab\"c,2026-01-02,acme,5\nb" + Row, "2 bad_quoting, 3 ok b", "C10: a quote inside a cell")]
    [InlineData("a" + Row + "\"b,2026-01-02,acme,5\nc" + Row, "2 ok a, 3 unclosed_quote", "C09: the line where it opened")]
    [InlineData("\"a\nb\",\"2026,acme,5\nc" + Row, "3 unclosed_quote", "C09: opened in the second line of the record")]
    [InlineData("a,2026-01-02,acme\nb,2026-01-02,acme,5,6\nc" + Row, "2 field_count, 3 field_count, 4 ok c", "C16")]
    [InlineData("a,2026-01-02,acme,1e308\n", "2 number_out_of_range", "C17")]
    [InlineData("a,2026-01-02,acme,NaN\n", "2 number_not_finite", "C18")]
    [InlineData("a,2026-01-02,acme,-0\n", "2 ok a", "C18: minus zero is zero")]
    [InlineData("a,2026-01-02,acme,-5\n", "2 negative_quantity", "C19")]
    [InlineData("a,2026-01-02,acme,\"1,234.56\"\n", "2 number_malformed", "C20: groups are not declared")]
    [InlineData("a,2026-01-02,acme,123456789012345678901234567890\n", "2 too_many_digits", "C23")]
    [InlineData("a,03/04/2026,acme,5\n", "2 timestamp_malformed", "C25: not the declared format")]
    [InlineData("a,2026-02-30,acme,5\nb,2027-01-01,acme,5\nc,1999-01-01,acme,5\n",
        "2 timestamp_impossible, 3 timestamp_in_future, 4 timestamp_too_old", "C26")]
    [InlineData(",2026-01-02,acme,5\na,,acme,5\na,2026-01-02, ,5\na,2026-01-02,acme,\n",
        "2 empty_value, 3 empty_value, 4 empty_value, 5 empty_value", "what is required must be there")]
    [InlineData("=HYPERLINK(1),2026-01-02,acme,5\n@SUM,2026-01-02,acme,5\n", "2 ok =HYPERLINK(1), 3 ok @SUM", "C38: stored as it is")]
    [InlineData("'; DROP TABLE,2026-01-02,acme,5\n%,2026-01-02,acme,5\n", "2 ok '; DROP TABLE, 3 ok %", "C40: literal")]
    [InlineData("<script>🎉,2026-01-02,acme,5\n", "2 ok <script>🎉", "C39: four-byte characters survive")]
    [InlineData("e\u0301,2026-01-02,acme,5\né,2026-01-02,acme,5\n", "2 ok e\u0301, 3 ok é", "C31: Unicode forms are different ids")]
    [InlineData("A,2026-01-02,acme,5\na,2026-01-02,acme,5\n", "2 ok A, 3 ok a", "C31: case is different")]
    [InlineData("a\0b,2026-01-02,acme,5\nb" + Row, "2 nul_character, 3 ok b", "C36: NUL further down")]
    public async Task Every_record_is_a_row_or_one_precise_error(string rows, string read, string why)
    {
        var lines = (await UsageFiles.ReadAsync(Head + rows)).Brief();
        Assert.True(read == lines, $"{why}: {lines}");
    }

    [Theory]
    //          file                            read                    why
    [InlineData("", "1 empty_file!", "C35: no bytes")]
    [InlineData("\n \n", "1 empty_file!", "C35: no content")]
    [InlineData("id,at,customer,calls\n", "1 header_only!", "C35: no rows")]
    [InlineData("id;at;customer;calls\na;2026-01-02;acme;5\nb;2026-01-02;acme;5\n", "1 wrong_delimiter!", "C06: one error, not one a row")]
    [InlineData("id,when,customer,calls\na" + Row, "1 missing_column!", "C13")]
    [InlineData("id,at,customer,calls,Calls\na,2026-01-02,acme,5,6\n", "1 missing_column!", "C14: two columns of that name")]
    [InlineData("id,\"at,customer,calls\na" + Row, "1 unclosed_quote!", "a header that cannot be cut")]
    [InlineData("sep=,\nid,at,customer,calls\na" + Row, "3 ok a", "the hint of a spreadsheet")]
    [InlineData("\u00A0ID ,\u200Bat, Customer,CALLS\na" + Row, "2 ok a", "C14: invisible characters, case and spaces")]
    public async Task A_fault_of_the_file_is_one_error(string file, string read, string why)
    {
        var lines = (await UsageFiles.ReadAsync(file)).Brief();
        Assert.True(read == lines, $"{why}: {lines}");
    }

    [Fact]
    public async Task Sentences_name_what_was_found_and_what_to_do()
    {
        var error = Assert.IsType<RowError>(Assert.Single(await UsageFiles.ReadAsync("id;at;customer;calls\na;b;c;d\n")));
        Assert.Contains("semicolon", error.Message, StringComparison.Ordinal);
        error = Assert.IsType<RowError>(Assert.Single(await UsageFiles.ReadAsync("id,when,customer,calls\na,b,c,d\n")));
        Assert.Contains("“at”. It has: id, when, customer, calls", error.Message, StringComparison.Ordinal);
        error = Assert.IsType<RowError>(Assert.Single(await UsageFiles.ReadAsync(Head + "a,2026-01-02\n")));
        Assert.Contains("has 2 cells, the first row has 4", error.Message, StringComparison.Ordinal);
        Assert.Equal(["a", "2026-01-02"], error.Cells!);
    }

    [Fact]
    public async Task An_error_shows_a_short_and_harmless_value()
    {
        var error = Assert.IsType<RowError>(Assert.Single(
            await UsageFiles.ReadAsync(Head + $"a,2026-01-02,acme,\"1\t\u202E\n{new string('9', 500)}\"\n")));
        Assert.Equal("calls", error.Column);
        Assert.StartsWith(@"1\t\u202E\n99", error.Value, StringComparison.Ordinal);
        Assert.Equal(80, error.Value!.Length);
    }

    [Theory]
    [InlineData("utf-8", true, FileEncoding.Utf8, "C01: with byte order mark")]
    [InlineData("utf-16", true, FileEncoding.Utf16LittleEndian, "C02")]
    [InlineData("utf-16BE", true, FileEncoding.Utf16BigEndian, "C02")]
    [InlineData("utf-16", true, FileEncoding.Utf8, "C02: the byte order mark wins over the mapping")]
    [InlineData("utf-8", true, FileEncoding.Windows1252, "C01: the byte order mark wins over the mapping")]
    [InlineData("iso-8859-1", false, FileEncoding.Windows1252, "C04")]
    public async Task Text_survives_every_encoding(string name, bool mark, FileEncoding declared, string why)
    {
        var encoding = Encoding.GetEncoding(name);
        var bytes = encoding.GetBytes(Head + "Müller,2026-01-02,acme,5\n");
        var lines = await UsageFiles.ReadAsync(
            mark ? [.. encoding.GetPreamble(), .. bytes] : bytes, UsageFiles.Calls with { Encoding = declared });
        Assert.True(lines.Brief() == "2 ok Müller", $"{why}: {lines.Brief()}");
    }

    [Fact]
    public async Task A_byte_that_is_no_text_refuses_its_row_only()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Head + "a" + Row + "M"), 0xFC, .. Encoding.UTF8.GetBytes("ller" + Row + "c" + Row)];
        Assert.Equal("2 ok a, 3 invalid_text, 4 ok c", (await UsageFiles.ReadAsync(bytes)).Brief());
    }

    [Fact]
    public async Task Half_a_surrogate_in_utf_16_refuses_its_row()
    {
        byte[] bytes = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Head), 0x00, 0xD8, .. Encoding.Unicode.GetBytes(Row + "c" + Row)];
        Assert.Equal("2 invalid_text, 3 ok c", (await UsageFiles.ReadAsync(bytes)).Brief());
    }

    [Fact]
    public async Task Without_a_header_columns_have_numbers()
    {
        var mapping = UsageFiles.Calls with
        {
            HasHeader = false,
            TransactionIdColumn = "Column 1",
            TimestampColumn = "Column 2",
            SubscriptionColumn = "Column 3",
            Properties = [new("Column 4", "calls", PropertyKind.Number)],
        };
        Assert.Equal("1 ok a, 2 ok b", (await UsageFiles.ReadAsync("a" + Row + "b" + Row, mapping)).Brief());
    }

    [Fact]
    public async Task Groups_corrections_texts_and_optional_cells_are_read_as_mapped()
    {
        var mapping = UsageFiles.Calls with
        {
            Delimiter = ';',
            NumberFormat = new NumberFormat(DecimalMark.Comma, GroupMark.Dot),
            Properties =
            [
                new("calls", "calls", PropertyKind.Number, AllowNegative: true),
                new("gb", "gb", PropertyKind.Number, Optional: true),
                new("region", "region", PropertyKind.Text),
            ],
        };
        var lines = await UsageFiles.ReadAsync("id;at;customer;calls;gb;region\na;2026-01-02;acme;-1.234,5;; eu \n", mapping);
        var row = Assert.IsType<UsageRow>(Assert.Single(lines));
        Assert.Equal([new UsageProperty("calls", -1234.5m, null), new UsageProperty("region", null, "eu")], row.Properties);
    }

    [Theory]
    [InlineData(255, "2 ok")]
    [InlineData(256, "2 value_too_long")]
    public async Task An_id_has_at_most_255_characters(int length, string read) =>
        Assert.StartsWith(read, (await UsageFiles.ReadAsync(Head + new string('x', length) + Row)).Brief(), StringComparison.Ordinal);

    [Fact]
    public async Task Blank_lines_rows_and_errors_are_counted()
    {
        var reader = new UsageFileReader(UsageFiles.Calls, UsageFiles.Now);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Head + "\na" + Row + " , ,,\nb" + Row + "c\n\n"));
        await UsageFiles.ReadAsync(stream, reader);
        Assert.Equal((2, 1, 3), (reader.Counts.Rows, reader.Counts.Errors, reader.Counts.BlankLines));
    }

    [Theory]
    [InlineData('"', "bad_delimiter")]
    [InlineData('ü', "bad_delimiter")]
    public async Task A_delimiter_that_cannot_delimit_is_a_fault_and_no_crash(char delimiter, string code) =>
        Assert.Equal($"1 {code}!", (await UsageFiles.ReadAsync(Head, UsageFiles.Calls with { Delimiter = delimiter })).Brief());
}
