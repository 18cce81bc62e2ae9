using System.Text;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests.Harness;

/// <summary>The file of one real hour of requests to a language model, and damaged copies of it.</summary>
public static class Trace
{
    /// <summary>Far behind the part that is looked at before the import.</summary>
    private const int DamagedLine = 8001;

    public static FilePayload Whole { get; } = File("llm-trace-code.csv", Lines());

    public static FilePayload BadNumber { get; } = Damaged("bad-number.csv", cells => [cells[0], "4O8", cells[2]]);

    public static FilePayload BadDate { get; } = Damaged(
        "bad-date.csv", cells => [cells[0].Replace("-11-16", "-11-31", StringComparison.Ordinal), .. cells[1..]]);

    public static FilePayload MissingCell { get; } = Damaged("missing-cell.csv", cells => cells[..2]);

    public static FilePayload MissingColumn { get; } =
        File("missing-column.csv", [.. Lines().Select(line => string.Join(',', line.Split(',')[1..]))]);

    public static FilePayload Semicolons { get; } = File("semicolons.csv", [.. Lines().Select(line => line.Replace(',', ';'))]);

    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "BackOffice.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run inside the source tree.");
    }

    private static string[] Lines() =>
        System.IO.File.ReadAllLines(Path.Combine(FindRoot(), "BackOffice.Web", "Features", "Setup", "Demo", "llm-trace-code.csv"));

    private static FilePayload Damaged(string name, Func<string[], string[]> damage)
    {
        var lines = Lines();
        lines[DamagedLine - 1] = string.Join(',', damage(lines[DamagedLine - 1].Split(',')));
        return File(name, lines);
    }

    private static FilePayload File(string name, string[] lines) =>
        new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n") };
}
