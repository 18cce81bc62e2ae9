using BackOffice.Core.Usage;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Which column holds the time, and how it is written.</summary>
internal sealed record TimestampFinding(
    int? Column,
    IReadOnlyList<TimestampFormat> Formats,
    bool ColumnIsUnsure,
    bool FormatIsUnsure,
    bool HaveOffset,
    string WhyColumn,
    string WhyFormat);

internal static class TimestampSniffer
{
    internal static readonly IReadOnlyList<TimestampFormat> Formats = Enum.GetValues<TimestampFormat>();

    private static readonly TimestampFinding None = new(
        null, [], true, true, false, "No column looks like a time.", "No column looks like a time.");

    internal static TimestampFinding Detect(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows, Instant now)
    {
        var found = Enumerable.Range(0, columns.Count)
            .Select(column => (Column: column, Cells: Cells(rows, column)))
            .Select(c => (c.Column, c.Cells, Formats: FittingFormats(c.Cells, now)))
            .Where(c => c.Formats.Count > 0)
            .Select(c => (c.Column, c.Cells, c.Formats, Score: Score(columns[c.Column], c.Formats)))
            .OrderByDescending(c => c.Score)
            .ToList();
        if (found.Count == 0)
        {
            return None;
        }

        var best = found[0];
        var severalColumns = found.Count > 1 && found[1].Score == best.Score;
        return new(
            best.Column,
            best.Formats,
            severalColumns,
            best.Formats.Count > 1 || IsEpoch(best.Formats[0]),
            IsEpoch(best.Formats[0]) || best.Cells.All(cell => TimestampText.HasOffset(cell)),
            severalColumns ? "Several columns look like a time; the first one is proposed." : "The column looks like a time.",
            Why(best.Formats));
    }

    private static List<string> Cells(IReadOnlyList<string[]> rows, int column) =>
        [.. rows.Select(row => row[column].Trim()).Where(cell => cell.Length > 0)];

    /// <summary>The formats that fit the most cells, if that is nearly all; a few rows may be broken.</summary>
    private static List<TimestampFormat> FittingFormats(List<string> cells, Instant now)
    {
        var fits = Formats
            .Select(format => (Format: format, Count: cells.Count(cell => TimestampText.Parse(cell, format, DateTimeZone.Utc, now).Ok)))
            .ToList();
        var most = fits.Max(fit => fit.Count);
        return most > 0 && most * 10 >= cells.Count * 9 ? [.. fits.Where(fit => fit.Count == most).Select(fit => fit.Format)] : [];
    }

    /// <summary>A calendar date is a time whatever its column is called; ten digits may be anything.</summary>
    private static int Score(string column, List<TimestampFormat> formats) =>
        (IsEpoch(formats[0]) ? 0 : 2) + (Synonyms.IsTime(column) ? 3 : 0);

    private static bool IsEpoch(TimestampFormat format) => format >= TimestampFormat.EpochSeconds;

    private static string Why(List<TimestampFormat> formats) => formats switch
    {
        { Count: > 1 } => "Every date in the sample could be day first or month first. Choose one: nothing is assumed.",
        [var format] when IsEpoch(format) => "The numbers have the size of a time in this unit. Check the dates in the sample.",
        _ => "The times in the sample fit this format only.",
    };
}
