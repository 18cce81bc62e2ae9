using System.Globalization;
using System.Text;
using BackOffice.Core.Common;
using CsvHelper;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>
/// The rows that were refused, as a file to repair and bring back: the columns of the original, then the line, the code and the sentence.
/// </summary>
/// <remarks>
/// A spreadsheet would run a cell that starts like a formula, so such a cell gets an apostrophe in front; when the repaired file comes
/// back, the apostrophe is taken off again and the three columns are not read. A row therefore keeps the id it would have had.
/// </remarks>
internal static class RejectsFile
{
    private const char Guard = '\'';

    private static readonly string[] Added = ["line_no", "error_code", "error_message"];

    /// <summary>Whether a header is one of ours.</summary>
    public static bool Is(IReadOnlyList<string> columns) =>
        columns.Count > Added.Length && columns.Skip(columns.Count - Added.Length).SequenceEqual(Added, StringComparer.Ordinal);

    /// <summary>How many columns are of the original file.</summary>
    public static int OwnColumns(IReadOnlyList<string> columns) => Is(columns) ? columns.Count - Added.Length : columns.Count;

    /// <summary>The cell as it was before it was made harmless.</summary>
    public static string Restored(string cell) => cell is [Guard, .. var rest] && IsDangerous(rest) ? rest : cell;

    /// <inheritdoc cref="Restored(string)"/>
    public static ReadOnlySpan<byte> Restored(ReadOnlySpan<byte> cell) =>
        cell is [(byte)Guard, ..] && IsDangerous(FirstLetter(cell.TrimStart((byte)Guard))) ? cell[1..] : cell;

    /// <summary>The cell with an apostrophe in front if a spreadsheet would run it, or if one would be taken off later.</summary>
    public static string Harmless(string cell, NumberFormat numbers) =>
        IsDangerous(cell) && !ExactDecimal.Parse(cell, numbers).Ok ? Guard + cell : cell;

    /// <summary>Cuts the refused rows out of a file again and writes them with their reasons.</summary>
    /// <param name="file">The original, from its first byte.</param>
    /// <param name="errors">In any order; faults of the whole file have no row and are left out.</param>
    /// <param name="to">UTF-8 with a byte order mark, as spreadsheets want it.</param>
    public static async Task Write(
        Stream file, UsageMapping mapping, IEnumerable<RowError> errors, TextWriter to, CancellationToken cancel)
    {
        var left = new Queue<RowError>(errors.Where(error => !error.StopsFile || error.IsAtLine).OrderBy(error => error.Line));
        var (input, _) = await InputStream.OpenAsync(file, mapping.Encoding, cancel);
        var malformed = 0L;
        using var csv = CsvReader.Create(
            input, UsageFileReader.Options(mapping.Delimiter, record => malformed = record.LineNumber), leaveOpen: true);
        var row = new Row(mapping, to);
        while (left.Count > 0 && await Next(csv, cancel))
        {
            if (row.TakeHeader(csv))
            {
                continue;
            }

            // An error of an open quote names the line of the quote, which may lie below the first line of its record.
            var broken = malformed == csv.LineNumber;
            while (left.TryPeek(out var error) && (error.Line <= csv.LineNumber || (broken && error.Code == "unclosed_quote")))
            {
                row.Write(csv, left.Dequeue(), broken);
            }
        }

        while (left.TryDequeue(out var error))
        {
            row.Write(null, error, broken: true);
        }
    }

    // No sign that matters takes more than three bytes.
    private static string FirstLetter(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, 3)]);

    private static async ValueTask<bool> Next(CsvReader csv, CancellationToken cancel)
    {
        try
        {
            return await csv.ReadAsync(cancel);
        }
        catch (CsvFormatException)
        {
            return false; // A record without end: there is nothing to cut out.
        }
    }

    // Apostrophes in front count too, or taking one off would change a cell that came with one.
    private static bool IsDangerous(ReadOnlySpan<char> cell) => cell.TrimStart(Guard) is
        ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0' or '＝' or '＋' or '－' or '＠', ..];

    private sealed class Row(UsageMapping mapping, TextWriter to)
    {
        private IReadOnlyList<string>? _columns;
        private int _width;

        /// <summary>True for the record that names the columns; the first record names or counts them.</summary>
        public bool TakeHeader(CsvReader csv)
        {
            if (_columns is not null || csv.RawRecord.Trim(" \t"u8).IsEmpty || csv.RawRecord.StartsWith("sep="u8))
            {
                return false;
            }

            var columns = HeaderNames.Of([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)], mapping.HasHeader);
            _width = columns.Count;
            _columns = [.. columns.Take(OwnColumns(columns))];
            Write([.. _columns, .. Added]);
            return mapping.HasHeader;
        }

        public void Write(CsvReader? csv, RowError error, bool broken)
        {
            // What could not be cut into the columns stands whole in the first one: unrepaired, it can never be taken for a good row.
            var columns = _columns ?? [""];
            var cells = csv is null ? [error.Value ?? ""]
                : broken || error.Code == "invalid_text" || csv.FieldCount != _width ? [Encoding.UTF8.GetString(csv.RawRecord)]
                : Cells(csv, columns.Count);
            var line = error.Line.ToString(CultureInfo.InvariantCulture);
            Write([.. cells, .. Enumerable.Repeat("", columns.Count - cells.Length), line, error.Code, error.Message]);
        }

        private string[] Cells(CsvReader csv, int count) =>
            [.. Enumerable.Range(0, count).Select(csv.GetString).Select(cell => count < _width ? Restored(cell) : cell)];

        private void Write(IReadOnlyList<string> cells)
        {
            for (var i = 0; i < cells.Count; i++)
            {
                to.Write(i == 0 ? "" : mapping.Delimiter.ToString());
                to.Write(Quoted(Harmless(cells[i], mapping.NumberFormat)));
            }

            to.Write("\r\n");
        }

        private string Quoted(string cell) => cell.AsSpan().ContainsAny(['"', '\r', '\n', mapping.Delimiter])
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
    }
}
