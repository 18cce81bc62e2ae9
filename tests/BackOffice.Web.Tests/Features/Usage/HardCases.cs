using System.Text;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>The hard cases of usage files that reading rows decides. What is said to them stands in docs/domain/usage-files.md.</summary>
/// <param name="Id">As in the catalogue of hard cases, with a letter where one has several files.</param>
internal sealed record HardCase(string Id, string Why, byte[] File, UsageMapping Mapping)
{
    private const string Head = "id,at,customer,calls\n";
    private const string Row = ",2026-01-02 03:04:05,acme,5\n";

    private static readonly UsageMapping Calls = UsageFiles.Calls;

    private static HardCase Of(string id, string why, string text, UsageMapping? mapping = null) =>
        new(id, why, Encoding.UTF8.GetBytes(text), mapping ?? Calls);

    private static HardCase Of(string id, string why, byte[] file, UsageMapping? mapping = null) =>
        new(id, why, file, mapping ?? Calls);

    private static HardCase Calling(string id, string why, string cell) => Of(id, why, $"{Head}a,2026-01-02,acme,{cell}\n");

    private static HardCase At(string id, string why, string time) => Of(id, why, $"{Head}a,{time},acme,5\n");

    private static byte[] Marked(Encoding encoding, string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

    internal static IEnumerable<HardCase> All => [.. Texts, .. Shapes, .. Numbers, .. Times, .. Sizes];

    private static IEnumerable<HardCase> Texts =>
    [
        Of("C01", "UTF-8 with byte order mark", Marked(Encoding.UTF8, Head + "ü" + Row)),
        Of("C02a", "UTF-16 little-endian", Marked(Encoding.Unicode, Head + "ü" + Row)),
        Of("C02b", "UTF-16 big-endian", Marked(Encoding.BigEndianUnicode, Head + "ü" + Row)),
        Of("C03", "UTF-16 without a mark, as declared", Encoding.Unicode.GetBytes(Head + "ü" + Row),
            Calls with { Encoding = FileEncoding.Utf16LittleEndian }),
        Of("C04", "Windows-1252", Encoding.Latin1.GetBytes(Head + "Müller" + Row),
            Calls with { Encoding = FileEncoding.Windows1252 }),
        Of("C05", "a damaged byte", [.. Encoding.UTF8.GetBytes(Head + "a" + Row + "b"), 0xFC, .. Encoding.UTF8.GetBytes(Row + "c" + Row)],
            Calls),
        Of("C31a", "case", Head + "A" + Row + "a" + Row),
        Of("C31b", "Unicode forms", Head + "e\u0301" + Row + "é" + Row),
        Of("C31c", "spaces around", Head + " a " + Row),
        Of("C36", "NUL in a row", Head + "a\0b" + Row + "b" + Row),
        Of("C38", "formulas are text", Head + "=HYPERLINK(1)" + Row + "@SUM" + Row + "＝1+1" + Row),
        Of("C39", "markup and reordering", Head + "<script>" + Row + "\u202Eab🎉" + Row),
        Of("C40", "what SQL reads", Head + "'; DROP TABLE" + Row + "%_" + Row),
    ];

    private static IEnumerable<HardCase> Shapes =>
    [
        Of("C06a", "semicolons", "id;at;customer;calls\na;2026-01-02;acme;5\n", Calls with { Delimiter = ';' }),
        Of("C06b", "tabs", "id\tat\tcustomer\tcalls\na\t2026-01-02\tacme\t5\n", Calls with { Delimiter = '\t' }),
        Of("C06c", "bars", "id|at|customer|calls\na|2026-01-02|acme|5\n", Calls with { Delimiter = '|' }),
        Of("C06d", "another delimiter than mapped", "id;at;customer;calls\na;2026-01-02;acme;5\n"),
        Of("C07", "the delimiter changes", Head + "a" + Row + "b;2026-01-02;acme;5\nc" + Row),
        Of("C08", "delimiter, line end and quotes in quotes", Head + "\"a\",2026-01-02,\"x, \"\"y\"\"\r\nz\",5\r\nb" + Row),
        Of("C09", "never closed", Head + "a" + Row + "b" + Row + "c" + Row + "\"d" + Row + "e" + Row),
        Of("C10", "text after a closing quote", Head + "\"abc\"def" + Row + "b" + Row),
        Of("C11", "line ends of three systems", Head + "a,2026-01-02,acme,5\r\nb,2026-01-02,acme,5\rc" + Row),
        Of("C12", "blank lines and no last line end", Head + "\n  \n,,,\na,2026-01-02,acme,5"),
        Of("C13", "a column is missing", "id,when,customer,calls\na" + Row),
        Of("C14a", "two columns of one name", "id,at,customer,calls,Calls\na,2026-01-02,acme,5,6\n"),
        Of("C14b", "invisible characters and case", "\u00A0ID ,\u200Bat, Customer,CALLS\na" + Row),
        Of("C15", "no header", "a" + Row, Calls with
        {
            HasHeader = false,
            TransactionIdColumn = "Column 1",
            TimestampColumn = "Column 2",
            SubscriptionColumn = "Column 3",
            Properties = [new("Column 4", "calls", PropertyKind.Number)],
        }),
        Of("C16", "short and long rows", Head + "a,2026-01-02,acme\nb,2026-01-02,acme,5,6\nc" + Row),
        Of("C35a", "no bytes", ""),
        Of("C35b", "header only", Head),
    ];

    private static IEnumerable<HardCase> Numbers =>
    [
        Calling("C17", "beyond every decimal", "1e308"),
        Calling("C18a", "no number", "NaN"),
        Calling("C18b", "no end", "-Infinity"),
        Calling("C18c", "minus zero is zero", "-0"),
        Calling("C19", "negative", "-5"),
        Calling("C20a", "groups that are not declared", "\"1,234.56\""),
        Calling("C20b", "continental", "\"1.234,56\""),
        Calling("C20c", "spaces", "1 234.56"),
        Calling("C20d", "Swiss", "1’234.56"),
        Of("C20e", "continental, as declared", Head + "a,2026-01-02,acme,\"1.234,56\"\n",
            Calls with { NumberFormat = new(DecimalMark.Comma, GroupMark.Dot) }),
        Calling("C21", "a comma that may be a decimal mark", "\"1,23\""),
        Calling("C22a", "full-width digits", "１２３"),
        Calling("C22b", "Arabic digits", "١٢٣"),
        Calling("C22c", "a typographic minus", "−5"),
        Calling("C23", "thirty digits", "123456789012345678901234567890"),
        Calling("C23b", "an exponent", "1.2E3"),
        Calling("C23c", "a missing quantity is not zero", ""),
    ];

    private static IEnumerable<HardCase> Times =>
    [
        Of("C24", "no zone: the declared one", Head + "a,2026-07-01 02:00,acme,5\n", Calls with { ZoneId = "Europe/Berlin" }),
        At("C25", "day and month", "03/04/2026"),
        At("C26a", "more than a day ahead", "2026-11-24"),
        At("C26b", "before 2000", "1999-12-31"),
        At("C26c", "zeros", "0000-00-00"),
        At("C26d", "February 30", "2026-02-30"),
        At("C26e", "hour 24", "2026-01-02 24:00:00"),
        At("C26f", "leap second", "2016-12-31 23:59:60"),
        Of("C27a", "seconds", Head + "a,1700158623,acme,5\n", Calls with { TimestampFormat = TimestampFormat.EpochSeconds }),
        Of("C27b", "milliseconds read as seconds", Head + "a,1700158623979,acme,5\n",
            Calls with { TimestampFormat = TimestampFormat.EpochSeconds }),
        Of("C28a", "the hour that is skipped", Head + "a,2026-03-29 02:30,acme,5\n", Calls with { ZoneId = "Europe/Berlin" }),
        Of("C28b", "the hour that comes twice", Head + "a,2026-10-25 02:30,acme,5\n", Calls with { ZoneId = "Europe/Berlin" }),
        At("C28c", "a missing time", ""),
    ];

    private static IEnumerable<HardCase> Sizes =>
    [
        Of("C32a", "a cell of 100 KB", Head + "a,2026-01-02," + new string('x', 100_000) + ",5\nb" + Row),
        Of("C32b", "a cell of 10 MB", Head + "a,2026-01-02," + new string('x', 10_000_000) + ",5\nb" + Row),
        Of("C33a", "100,000 columns", "id" + new string(',', 100_000) + "\n"),
        Of("C33b", "a million empty columns in a row", Head + "x" + new string(',', 1_000_000) + "\nb" + Row),
    ];
}
