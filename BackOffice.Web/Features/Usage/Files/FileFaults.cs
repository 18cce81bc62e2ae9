using System.Text;
using BackOffice.Core.Common;
using CsvHelper;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Faults of a whole file: one sentence instead of one per row.</summary>
internal static class FileFaults
{
    internal static readonly TextFault EmptyFile = new("empty_file", "The file is empty. Export it again, or choose another file.");

    internal static readonly TextFault HeaderOnly = new(
        "header_only", "The file has a header and no rows: no usage was exported. Check the period of the export.");

    internal static readonly TextFault TooManyRowsWithoutId = new(
        "too_many_rows_without_id",
        $"Without an id column at most {UsageFileLimits.MaxRowsWithoutId:N0} rows are read, as identical rows have to be told apart. "
        + "Add an id to each row.");

    private static readonly (char Delimiter, string Name)[] Delimiters =
        [(',', "comma"), (';', "semicolon"), ('\t', "tab"), ('|', "vertical bar")];

    internal static IEnumerable<char> KnownDelimiters => Delimiters.Select(d => d.Delimiter);

    internal static string NameOf(char delimiter) =>
        Delimiters.FirstOrDefault(d => d.Delimiter == delimiter).Name ?? CellText.Show(delimiter.ToString());

    internal static RowError Of(long line, TextFault fault) => new(line, null, null, fault.Code, fault.Message, StopsFile: true);

    /// <summary>One column where the mapping needs several: the cut is wrong, and every row would fail the same way.</summary>
    internal static RowError? WrongDelimiter(UsageMapping mapping, CsvReader first)
    {
        if (first.FieldCount > 1 || !MappingCheck.UsedColumns(mapping).Skip(1).Any())
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(first.RawRecord);
        var other = KnownDelimiters.Where(d => d != mapping.Delimiter).MaxBy(d => text.Count(c => c == d));
        var advice = text.Contains(other, StringComparison.Ordinal)
            ? $"It looks delimited by {NameOf(other)}: choose that delimiter."
            : "Choose the delimiter of this file.";
        return Of(first.LineNumber, new(
            "wrong_delimiter", $"The file has only one column when it is cut at each {NameOf(mapping.Delimiter)}. {advice}"));
    }
}
