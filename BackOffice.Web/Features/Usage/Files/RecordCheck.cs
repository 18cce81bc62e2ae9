using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Checks a record before anybody asks what its cells mean: quotes, size, bytes, number of cells.</summary>
internal sealed class RecordCheck(char delimiter, bool transcoded)
{
    private readonly byte[] _blank = [(byte)' ', (byte)'\t', (byte)'"', (byte)delimiter];

    /// <summary>The largest cell count that is worth cutting into texts again for the file of rejects.</summary>
    internal static string[]? Cells(CsvReader csv) =>
        csv.RawRecord.Length > UsageFileLimits.MaxCellBytes || csv.FieldCount > UsageFileLimits.MaxColumns
            ? null
            : [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];

    /// <summary>No content: an empty line, spaces, or the rows of delimiters that spreadsheets leave at the end.</summary>
    internal bool IsBlank(CsvReader csv) => !csv.RawRecord.ContainsAnyExcept(_blank);

    /// <param name="plan">What the columns are, once it is known: of a file of rejects, what we added is not read.</param>
    internal RowError? Refuse(CsvReader csv, CsvMalformedRecord? malformed, ColumnPlan? plan) =>
        malformed is { } bad && bad.LineNumber == csv.LineNumber ? BadQuoting(bad)
        : csv.RawRecord.Length > UsageFileLimits.MaxRowBytes ? TooLarge(csv.LineNumber)
        : csv.FieldCount > UsageFileLimits.MaxColumns ? TooManyColumns(csv)
        : BadText(csv) is { } fault && !IsOnlyInAdded(csv, plan) ? fault
        : null;

    internal static RowError TooLarge(long line) => new(
        line, null, null, "row_too_large", "The row is larger than 1 MiB. Check the line ends and the quotes around it.");

    internal static RowError UnclosedQuote(long line) => new(
        line, null, null, "unclosed_quote",
        $"A quote (\") opened in line {line} is never closed. Close it, or double it (\"\") inside text.");

    /// <summary>Not before the number of columns is known to be right, as it names the column.</summary>
    internal static RowError? TooLargeCell(CsvReader csv, ColumnPlan plan)
    {
        for (var i = 0; csv.RawRecord.Length > UsageFileLimits.MaxCellBytes && i < plan.Own; i++)
        {
            if (csv.GetSpan(i).Length > UsageFileLimits.MaxCellBytes)
            {
                return new(
                    csv.LineNumber, plan.Columns[i], CellText.Show(Start(csv.GetSpan(i))), "cell_too_large",
                    "The cell is larger than 64 KiB. Check the quotes of this row, or leave the column out.");
            }
        }

        return null;
    }

    internal static RowError? WrongFieldCount(CsvReader csv, int expected) => csv.FieldCount == expected ? null : new(
        csv.LineNumber, null, CellText.Show(Start(csv.RawRecord)), "field_count",
        $"The row has {Count(csv.FieldCount)}, the first row has {expected}. "
        + "Check for a missing or extra delimiter, or put text in quotes.")
    {
        Cells = Cells(csv),
    };

    private static RowError TooManyColumns(CsvReader csv) => new(
        csv.LineNumber, null, null, "too_many_columns",
        $"The row has {csv.FieldCount} cells; at most {UsageFileLimits.MaxColumns} are read. Leave out the columns that are not usage.");

    private static RowError BadQuoting(in CsvMalformedRecord bad)
    {
        if (bad.Reason == CsvMalformedReason.UnterminatedQuote)
        {
            return UnclosedQuote(bad.LineNumber + LinesBeforeOpenQuote(bad.RawRecord));
        }

        return new(
            bad.LineNumber, null, CellText.Show(bad.RawRecord), "bad_quoting",
            "A quote (\") stands in the middle of a cell. Put the whole cell in quotes and double the ones inside (\"\").")
        {
            Cells = [bad.RawRecord.Length > UsageFileLimits.MaxCellBytes ? CellText.Show(bad.RawRecord) : bad.RawRecord],
        };
    }

    /// <summary>The quote that is never closed may be a later cell of a record that has whole cells with line ends.</summary>
    private static int LinesBeforeOpenQuote(string raw)
    {
        var (lines, atOpening, open) = (0, 0, false);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '"')
            {
                open = !open;
                atOpening = open && (i == 0 || raw[i - 1] != '"') ? lines : atOpening;
            }
            else if (raw[i] == '\n' || (raw[i] == '\r' && !(i + 1 < raw.Length && raw[i + 1] == '\n')))
            {
                lines++;
            }
        }

        return atOpening;
    }

    private bool IsOnlyInAdded(CsvReader csv, ColumnPlan? plan)
    {
        if (plan is not { LeavesAdded: true } || csv.FieldCount != plan.Columns.Count)
        {
            return false;
        }

        for (var i = 0; i < plan.Own; i++)
        {
            var cell = csv.GetSpan(i);
            if (IsNoText(cell) || cell.Contains((byte)0))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsNoText(ReadOnlySpan<byte> bytes) => !Utf8.IsValid(bytes) || (transcoded && bytes.IndexOf("\uFFFD"u8) >= 0);

    private RowError? BadText(CsvReader csv)
    {
        var raw = csv.RawRecord;
        if (IsNoText(raw))
        {
            return new(
                csv.LineNumber, null, CellText.Show(Start(raw)), "invalid_text",
                "The row has bytes that are no text in the encoding of the file. Choose another encoding, or save the file as UTF-8.");
        }

        return raw.Contains((byte)0)
            ? new(csv.LineNumber, null, CellText.Show(Start(raw)), "nul_character", "The row has a NUL character. Remove it at its source.")
            : null;
    }

    private static string Count(int cells) => cells == 1 ? "1 cell" : string.Create(CultureInfo.InvariantCulture, $"{cells} cells");

    private static string Start(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4 * UsageFileLimits.MaxShownChars)]);
}
