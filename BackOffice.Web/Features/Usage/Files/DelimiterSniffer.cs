using CsvHelper;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Cuts the sample at each known delimiter and keeps the one that cuts all rows alike.</summary>
internal static class DelimiterSniffer
{
    private const int MaxRows = 200;

    /// <summary>Comma last: where two delimiters fit equally well, the comma is the decimal mark.</summary>
    private static readonly char[] Candidates = ['\t', ';', '|', ','];

    internal static (Guess<char> Delimiter, IReadOnlyList<string[]> Rows) Detect(string text, bool complete, char? chosen)
    {
        if (chosen is { } delimiter)
        {
            return (new(delimiter, false, "Chosen by you."), Rows(WithoutSep(text), delimiter, complete));
        }

        // What spreadsheets write for each other; the reader skips the same line.
        if (DeclaresSep(text))
        {
            var declared = text[4];
            return (new(declared, false, "The first line of the file declares it."), Rows(WithoutSep(text), declared, complete));
        }

        var cuts = Candidates
            .Select(candidate => (Delimiter: candidate, Rows: Rows(text, candidate, complete)))
            .Select(cut => (cut.Delimiter, cut.Rows, Alike: Alike(cut.Rows)))
            .OrderByDescending(cut => cut.Alike)
            .ToList();
        var best = cuts[0];
        if (best.Alike == 0)
        {
            return (new(',', true, "No delimiter was found: the file has one column."), cuts.Single(cut => cut.Delimiter == ',').Rows);
        }

        var unsure = best.Alike < 90 || cuts[1].Alike == best.Alike;
        return (
            new(best.Delimiter, unsure, unsure
                ? $"Most rows are cut alike at each {FileFaults.NameOf(best.Delimiter)}, but not all, or another delimiter fits too."
                : $"All rows are cut alike at each {FileFaults.NameOf(best.Delimiter)}."),
            best.Rows);
    }

    private static bool DeclaresSep(string text) => text.StartsWith("sep=", StringComparison.Ordinal) && text.Length > 6
        && Candidates.Contains(text[4]) && text[5] is '\r' or '\n';

    private static string WithoutSep(string text) => DeclaresSep(text) ? text[6..] : text;

    /// <summary>How many rows in a hundred have as many cells as the first one; 0 when that is one cell.</summary>
    private static int Alike(List<string[]> rows)
    {
        var width = rows.Count == 0 ? 0 : rows[0].Length;
        return width < 2 ? 0 : rows.Count(row => row.Length == width) * 100 / rows.Count;
    }

    private static List<string[]> Rows(string text, char delimiter, bool complete)
    {
        var options = new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            MaxRecordSize = UsageFileLimits.MaxRowBytes,
            IncludeValuesInExceptions = false,
        };
        using var csv = CsvReader.Create(new StringReader(text), options);
        var rows = new List<string[]>();
        while (rows.Count <= MaxRows && csv.Read())
        {
            // More columns than a usage file may have are cut off here; the reader refuses the file with a sentence.
            var cells = Enumerable.Range(0, Math.Min(csv.FieldCount, UsageFileLimits.MaxColumns + 1)).Select(csv.GetString).ToArray();
            if (cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
            {
                rows.Add(cells);
            }
        }

        // The sample may end inside a row.
        if (rows.Count > MaxRows || (!complete && rows.Count > 0))
        {
            rows.RemoveAt(rows.Count - 1);
        }

        return rows;
    }
}
