using System.Text;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Tests.Features.Usage;

public sealed class FileSnifferTests
{
    [Theory]
    //          start of the file (hex)     advice            why
    [InlineData("89504E470D0A1A0A0000000D", "PNG", "C36: an image renamed")]
    [InlineData("504B030414000600", "Excel", "C36: a workbook or an archive")]
    [InlineData("1F8B0800", "gzip", "C36: compressed")]
    [InlineData("D0CF11E0A1B11AE1", "Excel", "C36: an old workbook")]
    [InlineData("255044462D312E37", "PDF", "C36: a PDF")]
    [InlineData("612C620A312C0032", "NUL", "C36: NUL bytes")]
    [InlineData("0102030405060708", "control", "C36: binary without NUL")]
    public void What_is_no_text_is_refused_with_advice(string hex, string advice, string why)
    {
        var fault = UsageFiles.Sniff(Convert.FromHexString(hex)).Fault;
        Assert.True(fault?.Code == "not_csv" && fault.Message.Contains(advice, StringComparison.Ordinal), $"{why}: {fault}");
    }

    [Theory]
    [InlineData("", "empty_file", "C35")]
    [InlineData("\uFEFF", "empty_file", "C35: a byte order mark alone")]
    [InlineData(" \r\n\r\n", "empty_file", "C35: blank lines")]
    [InlineData("id,at,calls\r\n", "header_only", "C35")]
    public void A_file_without_usage_is_refused(string text, string code, string why) =>
        Assert.True(code == UsageFiles.Sniff(text).Fault?.Code, why);

    [Fact]
    public void A_first_row_longer_than_the_sample_is_refused() =>
        Assert.Equal("not_csv", FileSniffer.Sniff(Encoding.UTF8.GetBytes(new string('x', 65_536)), false, UsageFiles.Now).Fault?.Code);

    [Theory]
    //          text                                                  delimiter  sure   why
    [InlineData("at,calls\n2026-01-02,5\n", ',', true, "C06")]
    [InlineData("at;calls\n2026-01-02;5,5\n", ';', true, "C06: decimal commas")]
    [InlineData("at\tcalls\n2026-01-02\t5\n", '\t', true, "C06")]
    [InlineData("at|calls\n2026-01-02|5\n", '|', true, "C06")]
    [InlineData("at,name\n2026-01-02,\"a;b;c\"\n", ',', true, "a delimiter in quotes delimits nothing")]
    [InlineData("2026-01-02;5,5\n2026-01-03;6,5\n", ';', false, "two delimiters fit")]
    [InlineData("sep=;\r\nat;calls\n2026-01-02;5\n", ';', true, "declared by a spreadsheet")]
    [InlineData("at\n2026-01-02\n", ',', false, "one column")]
    public void The_delimiter_is_found(string text, char delimiter, bool sure, string why)
    {
        var guess = UsageFiles.Sniff(text).Shape!.Delimiter;
        Assert.True(guess.Value == delimiter && guess.NeedsConfirmation == !sure, $"{why}: {guess}");
    }

    [Theory]
    //          text                                  header  sure   why
    [InlineData("at,calls\n2026-01-02,5\n", true, true, "names above numbers")]
    [InlineData("2026-01-02,5\n2026-01-03,6\n", false, false, "C15: asked")]
    [InlineData("a,b\nc,d\n", true, false, "all rows look alike")]
    public void The_header_is_found_or_asked_for(string text, bool header, bool sure, string why)
    {
        var guess = UsageFiles.Sniff(text).Shape!.HasHeader;
        Assert.True(guess.Value == header && guess.NeedsConfirmation == !sure, $"{why}: {guess}");
    }

    [Theory]
    //          cell              decimal             group             sure   why
    [InlineData("12", DecimalMark.Dot, GroupMark.None, true, "whole numbers read the same everywhere")]
    [InlineData("0.0015", DecimalMark.Dot, GroupMark.None, true, "this dot groups nothing")]
    [InlineData("1.234", DecimalMark.Dot, GroupMark.None, false, "thousands or decimals")]
    [InlineData("1,23", DecimalMark.Comma, GroupMark.None, false, "C21: asked")]
    [InlineData("1,234", DecimalMark.Comma, GroupMark.None, false, "C21: asked")]
    [InlineData("1,234.56", DecimalMark.Dot, GroupMark.Comma, true, "both marks")]
    [InlineData("1.234,56", DecimalMark.Comma, GroupMark.Dot, true, "both marks")]
    [InlineData("1\u00A0234,56", DecimalMark.Comma, GroupMark.Space, true, "both marks")]
    [InlineData("1\u2019234.56", DecimalMark.Dot, GroupMark.Apostrophe, true, "both marks")]
    public void The_number_format_is_found_or_asked_for(string cell, DecimalMark mark, GroupMark group, bool sure, string why)
    {
        var guess = UsageFiles.Sniff($"at|calls\n2026-01-02|{cell}\n").Shape!.NumberFormat;
        Assert.True(guess.Value == new NumberFormat(mark, group) && guess.NeedsConfirmation == !sure, $"{why}: {guess}");
    }

    [Theory]
    //          cells                                   format                             sure   why
    [InlineData("2026-01-02 03:04:05", TimestampFormat.Iso8601, true, "one reading")]
    [InlineData("31/12/2025", TimestampFormat.DayMonthYearSlash, true, "no month 31")]
    [InlineData("12/31/2025", TimestampFormat.MonthDayYearSlash, true, "no month 31")]
    [InlineData("31.12.2025 10:00", TimestampFormat.DayMonthYearDot, true, "dots")]
    [InlineData("03/04/2026", null, false, "C25: never guessed")]
    [InlineData("1700158623", TimestampFormat.EpochSeconds, false, "C27: by magnitude, confirmed")]
    [InlineData("1700158623979", TimestampFormat.EpochMilliseconds, false, "C27: by magnitude, confirmed")]
    [InlineData("1700158623979960", TimestampFormat.EpochMicroseconds, false, "C27: by magnitude, confirmed")]
    public void The_timestamp_format_is_found_or_asked_for(string cell, TimestampFormat? format, bool sure, string why)
    {
        var shape = UsageFiles.Sniff($"calls,time\n7,{cell}\n").Shape!;
        Assert.Equal("time", shape.TimestampColumn.Value);
        var guess = shape.TimestampFormat;
        Assert.True(guess.Value == format && guess.NeedsConfirmation == !sure, $"{why}: {guess}");
    }

    [Fact]
    public void One_late_date_tells_day_first_from_month_first()
    {
        var shape = UsageFiles.Sniff("time,calls\n03/04/2026,1\n13/04/2026,1\n").Shape!;
        Assert.Equal(TimestampFormat.DayMonthYearSlash, shape.TimestampFormat.Value);
        shape = UsageFiles.Sniff("time,calls\n03/04/2026,1\n04/04/2026,1\n").Shape!;
        Assert.Equal([TimestampFormat.DayMonthYearSlash, TimestampFormat.MonthDayYearSlash], shape.TimestampFormats);
    }

    [Fact]
    public void The_encoding_is_found_or_asked_for()
    {
        const string Text = "at,name\n2026-01-02,Müller Göß\n";
        Assert.Equal((FileEncoding.Utf8, false), Found(Encoding.UTF8.GetBytes(Text)));
        Assert.Equal((FileEncoding.Utf8, false), Found([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)]));
        Assert.Equal((FileEncoding.Utf16LittleEndian, false), Found([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)]));
        Assert.Equal((FileEncoding.Utf16BigEndian, false),
            Found([.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)]));
        Assert.Equal((FileEncoding.Utf16LittleEndian, true), Found(Encoding.Unicode.GetBytes(Text)));
        Assert.Equal((FileEncoding.Utf16BigEndian, true), Found(Encoding.BigEndianUnicode.GetBytes(Text)));
        Assert.Equal((FileEncoding.Windows1252, true), Found(Encoding.Latin1.GetBytes(Text)));
        Assert.Equal((FileEncoding.Utf8, true), Found([.. Encoding.UTF8.GetBytes(Text), 0xFC]));

        static (FileEncoding, bool) Found(byte[] bytes)
        {
            var shape = UsageFiles.Sniff(bytes).Shape!;
            Assert.Equal(["at", "name"], shape.Columns);
            Assert.StartsWith("Müller", shape.Samples[0][1], StringComparison.Ordinal);
            return (shape.Encoding.Value, shape.Encoding.NeedsConfirmation);
        }
    }

    [Fact]
    public void A_character_cut_in_half_by_the_sample_does_not_change_the_encoding()
    {
        var bytes = Encoding.UTF8.GetBytes("at,name\n2026-01-02,ok\n2026-01-02,Mü");
        var shape = FileSniffer.Sniff(bytes.AsSpan(0, bytes.Length - 1), complete: false, UsageFiles.Now).Shape!;
        Assert.False(shape.Encoding.NeedsConfirmation);
    }

    [Fact]
    public void Repeated_and_missing_names_are_numbered_and_flagged()
    {
        var shape = UsageFiles.Sniff("at, Amount ,,AMOUNT\n2026-01-02,1,2,3\n").Shape!;
        Assert.Equal(["at", "Amount (column 2)", "Column 3", "AMOUNT (column 4)"], shape.Columns);
        Assert.Equal(["Amount"], shape.RepeatedColumns);
    }

    [Fact]
    public void The_sample_is_five_rows_fit_to_be_shown()
    {
        var shape = UsageFiles.Sniff("at,name\n" + string.Concat(Enumerable.Repeat("2026-01-02,\"a\nb\u202E\"\n", 9))).Shape!;
        Assert.Equal(5, shape.Samples.Count);
        Assert.Equal(@"a\nb\u202E", shape.Samples[0][1]);
    }
}
