using System.Globalization;
using System.Text;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Gives every column of a file one name, the same in the preview, in a mapping and in an error.</summary>
public static class HeaderNames
{
    /// <summary>
    /// Names without invisible characters and doubled spaces; an empty one becomes "Column 3". Names that differ only in
    /// case or not at all are all numbered ("amount (column 2)"): a mapping made for one "amount" must not silently take
    /// the first of two.
    /// </summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> cells, bool hasHeader)
    {
        ArgumentNullException.ThrowIfNull(cells);
        cells = hasHeader && RejectsFile.Is(cells) ? [.. cells.Select(RejectsFile.Restored)] : cells;
        var names = cells.Select((cell, index) => hasHeader && Clean(cell) is { Length: > 0 } name ? name : Numbered(index)).ToList();
        var repeated = Repeated(names);
        return [.. names.Select((name, index) => repeated.Contains(name) ? $"{name} ({Lower(Numbered(index))})" : name)];
    }

    /// <summary>The names that more than one column of this header has.</summary>
    internal static HashSet<string> Repeated(IEnumerable<string> cells) => cells
        .Select(Clean)
        .Where(name => name.Length > 0)
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Skip(1).Any())
        .Select(group => group.Key)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string Clean(string cell)
    {
        var clean = new StringBuilder(cell.Length);
        foreach (var rune in cell.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(clean is { Length: > 0 } && clean[^1] != ' ' ? " " : "");
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control) && !IsNoCharacter(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim().Normalize(NormalizationForm.FormC);
    }

    // U+FFFE and its like on every plane: never a letter, and what is normalised must not contain them.
    private static bool IsNoCharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE;

    private static string Numbered(int index) => string.Create(CultureInfo.InvariantCulture, $"Column {index + 1}");

    private static string Lower(string numbered) => string.Concat("c", numbered.AsSpan(1));
}
