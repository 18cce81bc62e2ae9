using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Reads tiers copied from a spreadsheet: a row per tier with its end, unit price and, if there is one, flat fee.</summary>
public static class TierPaste
{
    /// <exception cref="RuleBroken">A row has another shape or something that is no number; the message names the row.</exception>
    public static IReadOnlyList<TierDraft> Read(string? text, CultureInfo? culture = null)
    {
        // Rows are not trimmed: the last one may begin with an empty cell.
        var rows = (text ?? "").Split('\n').Where(row => !string.IsNullOrWhiteSpace(row)).ToList();
        return rows.Count == 0
            ? throw new RuleBroken("Paste rows with two or three columns: the end of the tier, the unit price, the flat fee.")
            : [.. rows.Select((row, i) => Tier(row.Split('\t', StringSplitOptions.TrimEntries), i + 1, i == rows.Count - 1, culture))];
    }

    private static TierDraft Tier(string[] cells, int row, bool last, CultureInfo? culture) => cells.Length is 2 or 3
        ? new TierDraft
        {
            // The last tier has no end, whatever the sheet calls it: "∞", "above", nothing.
            UpTo = last ? null : Number(cells[0], row, "end", culture),
            UnitPrice = Number(cells[1], row, "unit price", culture),
            Flat = cells.Length == 3 && cells[2].Length > 0 ? Number(cells[2], row, "flat fee", culture) : null,
        }
        : throw new RuleBroken(
            $"Row {row} has {cells.Length} {(cells.Length == 1 ? "column" : "columns")}. Use two or three, separated by tabs.");

    private static decimal Number(string cell, int row, string what, CultureInfo? culture) =>
        DecimalText.TryParse(cell, out var value, culture)
            ? value
            : throw new RuleBroken($"The {what} in row {row}, \"{cell}\", is not a number such as {DecimalText.Example(2, culture)}.");
}
