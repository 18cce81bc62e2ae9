using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Looks at the start of a file and says how to read it, and of what it is not sure.</summary>
public static class FileSniffer
{
    private const int ShownRows = 5;

    /// <param name="head">The first <see cref="UsageFileLimits.SniffBytes"/> of the file, or all of it.</param>
    /// <param name="complete">Whether that is the whole file.</param>
    /// <param name="now">Tells seconds from milliseconds.</param>
    /// <param name="choices">What a person has decided: it is not guessed again, and the rest is found out from it.</param>
    public static Sniffed Sniff(ReadOnlySpan<byte> head, bool complete, Instant now, ShapeChoices? choices = null)
    {
        if (NotText.Refuse(head) is { } binary)
        {
            return new(null, binary);
        }

        var encoding = Chosen(choices?.Encoding) ?? EncodingSniffer.Detect(head, complete);
        var text = EncodingSniffer.Decode(head, encoding.Value, complete);
        if (string.IsNullOrWhiteSpace(text))
        {
            return new(null, FileFaults.EmptyFile);
        }

        var (delimiter, rows) = DelimiterSniffer.Detect(text, complete, choices?.Delimiter);
        return rows.Count == 0 ? new(null, NotText.NoRows)
            : Shape(encoding, delimiter, Chosen(choices?.HasHeader) ?? Header(rows, now), rows, complete, now);
    }

    private static Guess<T>? Chosen<T>(T? choice)
        where T : struct => choice is { } chosen ? new(chosen, false, "Chosen by you.") : null;

    private static Sniffed Shape(
        Guess<FileEncoding> encoding, Guess<char> delimiter, Guess<bool> hasHeader, IReadOnlyList<string[]> rows, bool complete,
        Instant now)
    {
        if (complete && hasHeader.Value && rows.Count == 1)
        {
            return new(null, FileFaults.HeaderOnly);
        }

        var columns = HeaderNames.Of(rows[0], hasHeader.Value);
        var body = rows.Skip(hasHeader.Value ? 1 : 0).Where(row => row.Length == columns.Count).ToList();
        var time = TimestampSniffer.Detect(columns, body, now);
        var number = NumberSniffer.Detect(body, time.Column, delimiter.Value);

        return new(
            new FileShape(
                encoding,
                delimiter,
                hasHeader,
                number,
                new(time.Column is { } at ? columns[at] : null, time.ColumnIsUnsure, time.WhyColumn),
                new(time.Formats is [var only] ? only : null, time.FormatIsUnsure, time.WhyFormat),
                time.Formats,
                time.HaveOffset,
                columns,
                hasHeader.Value ? [.. HeaderNames.Repeated(rows[0])] : [],
                [.. columns.Where((_, index) => index != time.Column && NumberSniffer.IsNumeric(body, index, number.Value))],
                [.. body.Take(ShownRows).Select(row => row.Select(CellText.Show).ToList())]),
            null);
    }

    private static Guess<bool> Header(IReadOnlyList<string[]> rows, Instant now)
    {
        if (rows[0].Any(cell => IsData(cell, now)))
        {
            return new(false, true, "The first row has numbers or times in it, so it seems to be usage and not a header.");
        }

        var others = rows.Skip(1).Any(row => row.Any(cell => IsData(cell, now)));
        return new(true, !others, others
            ? "The first row has names only, the others have numbers or times."
            : "All rows look alike, so the first one may be a header or not.");
    }

    private static bool IsData(string cell, Instant now)
    {
        var text = cell.AsSpan().Trim();
        return NumberSniffer.IsNumber(text) || TimestampSniffer.Formats.Any(
            format => TimestampText.Parse(cell.AsSpan().Trim(), format, DateTimeZone.Utc, now).Ok);
    }
}
