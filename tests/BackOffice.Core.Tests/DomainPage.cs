namespace BackOffice.Core.Tests;

/// <summary>The worked numbers of a page in docs/domain, so that tests compute what the page says.</summary>
internal static class DomainPage
{
    /// <summary>The rows of the first table under a heading, by the words of the columns; bold is taken off.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Table(string page, string heading)
    {
        var lines = File.ReadAllLines(Path.Combine(Root(), "docs", "domain", page))
            .SkipWhile(line => line.TrimStart('#', ' ') != heading || !line.StartsWith('#')).Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('*')).ToArray()).ToList();
        Assert.True(lines.Count > 2, $"{page} has no table under \"{heading}\".");
        return [.. lines.Skip(2).Select(cells => lines[0].Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    /// <summary>An amount as pages write it: "1,234.50", or a dash for nothing.</summary>
    public static decimal Amount(this IReadOnlyDictionary<string, string> row, string column) =>
        row[column] is "" or "–" ? 0 : D(row[column].Replace(",", "", StringComparison.Ordinal));

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "BackOffice.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("No BackOffice.sln above " + AppContext.BaseDirectory);
        }

        return directory.FullName;
    }
}
