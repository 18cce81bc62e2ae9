using System.Buffers;
using BackOffice.Core.Common;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Which marks the numbers of a file use. "1,23" and "1.234" are reported as in need of a person.</summary>
internal static class NumberSniffer
{
    private static readonly SearchValues<char> NumberChars = SearchValues.Create("-0123456789.,'\u2019 \u00A0\u2009\u202F");

    /// <summary>The simplest first, so that of several formats that fit the one with the least assumptions is proposed.</summary>
    private static readonly NumberFormat[] Formats =
    [
        NumberFormat.Plain,
        new(DecimalMark.Comma, GroupMark.None),
        new(DecimalMark.Dot, GroupMark.Comma),
        new(DecimalMark.Comma, GroupMark.Dot),
        new(DecimalMark.Dot, GroupMark.Space),
        new(DecimalMark.Comma, GroupMark.Space),
        new(DecimalMark.Dot, GroupMark.Apostrophe),
        new(DecimalMark.Comma, GroupMark.Apostrophe),
    ];

    internal static bool IsNumber(ReadOnlySpan<char> text)
    {
        foreach (var format in Formats)
        {
            if (ExactDecimal.Parse(text, format).Ok)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Nearly all cells that are not empty are numbers; a few rows may be broken.</summary>
    internal static bool IsNumeric(IReadOnlyList<string[]> rows, int column, NumberFormat format)
    {
        var cells = rows.Select(row => row[column].Trim()).Where(cell => cell.Length > 0).ToList();
        return cells.Count > 0 && cells.Count(cell => ExactDecimal.Parse(cell, format).Ok) * 10 >= cells.Count * 9;
    }

    internal static Guess<NumberFormat> Detect(IReadOnlyList<string[]> rows, int? timestampColumn, char delimiter)
    {
        var marked = rows
            .SelectMany(row => row.Where((_, column) => column != timestampColumn))
            .Select(cell => cell.Trim())
            .Where(HasMarks)
            .Where(cell => IsNumber(cell))
            .ToList();
        if (marked.Count == 0)
        {
            return new(
                NumberFormat.Plain,
                delimiter == ';',
                delimiter == ';'
                    ? "The sample has whole numbers only; files delimited by semicolon often have decimal commas."
                    : "The sample has whole numbers only.");
        }

        var fits = Formats.Select(format => (Format: format, Count: marked.Count(cell => ExactDecimal.Parse(cell, format).Ok))).ToList();
        var best = fits.MaxBy(fit => fit.Count);
        var certain = best.Count == marked.Count && marked.Any(cell => fits.Count(fit => ExactDecimal.Parse(cell, fit.Format).Ok) == 1
            || IsCertainDot(cell));
        return new(best.Format, !certain, certain
            ? "The numbers in the sample fit this format only."
            : "The marks in the numbers could mean decimals or thousands. Check the sample.");
    }

    private static bool HasMarks(string cell) =>
        cell.Any(char.IsAsciiDigit) && !cell.AsSpan().ContainsAnyExcept(NumberChars) && cell.Any(c => !char.IsAsciiDigit(c) && c != '-');

    /// <summary>One dot that cannot group thousands: 0.0015, 12.5 or 1234.567.</summary>
    private static bool IsCertainDot(string cell) =>
        ExactDecimal.Parse(cell, NumberFormat.Plain).Ok && !ExactDecimal.Parse(cell, new(DecimalMark.Comma, GroupMark.Dot)).Ok;
}
