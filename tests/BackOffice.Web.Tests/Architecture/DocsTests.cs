using System.Text.RegularExpressions;
using static BackOffice.Web.Tests.Architecture.Sources;

namespace BackOffice.Web.Tests.Architecture;

/// <summary>Pages that lie about the repository are worse than none.</summary>
public partial class DocsTests
{
    [Fact]
    public void Every_link_leads_somewhere() =>
        Forbid(
            "The link leads nowhere: correct the path, which is relative to the page it stands on.",
            Markdown.SelectMany(page => Links(page)
                .Where(target => !Path.Exists(Path.Combine(Root, Path.GetDirectoryName(page.Path)!, target)))
                .Select(target => $"{page.Path} → {target}")));

    [Fact]
    public void Every_folder_of_core_says_what_it_owns() =>
        Forbid(
            "Write a README.md of at most 60 lines: what the folder owns, what it does not own, and its invariants.",
            Directory.EnumerateDirectories(Path.Combine(Root, "BackOffice.Core")).Select(d => Path.GetFileName(d))
                .Where(folder => folder is not ("bin" or "obj" or "Properties"))
                .Select(folder => $"BackOffice.Core/{folder}/README.md")
                .Where(readme => Markdown.SingleOrDefault(f => f.Path == readme) is not { Lines.Count: <= 60 }));

    [Fact]
    public void The_image_is_made_of_files_that_exist() =>
        Forbid(
            "The Dockerfile copies what is not there: correct its COPY line.",
            CopiedIntoTheImage().Where(path => !Matches(path)).Select(path => $"Dockerfile: COPY {path}"));

    [Fact]
    public void Every_decision_is_listed() =>
        Forbid(
            "Add the decision to docs/adr/README.md, and give it a date and a status.",
            Markdown.Where(f => Decision().IsMatch(f.Path))
                .Where(f => !File.ReadAllText(Path.Combine(Root, "docs/adr/README.md")).Contains($"({f.Name})", StringComparison.Ordinal)
                    || !f.Text.Contains("**Status:**", StringComparison.Ordinal) || !f.Text.Contains("**Date:**", StringComparison.Ordinal))
                .Select(f => f.Path));

    private static IEnumerable<string> Links(SourceFile page) =>
        Link().Matches(Fence().Replace(page.Text, ""))
            .Select(m => Uri.UnescapeDataString(m.Groups[1].Value.Split('#')[0]))
            .Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal));

    private static IEnumerable<string> CopiedIntoTheImage() =>
        File.ReadLines(Path.Combine(Root, "Dockerfile"))
            .Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from", StringComparison.Ordinal))
            .SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..^1]);

    private static bool Matches(string path) => path.Contains('*', StringComparison.Ordinal)
        ? Directory.EnumerateFileSystemEntries(Root, path).Any()
        : Path.Exists(Path.Combine(Root, path));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^docs/adr/\d{4}-.*\.md$")]
    private static partial Regex Decision();
}
