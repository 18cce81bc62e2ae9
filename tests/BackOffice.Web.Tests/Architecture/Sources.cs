using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackOffice.Web.Tests.Architecture;

/// <summary>Our own files, as text and as syntax. What tools generate is not ours.</summary>
internal static class Sources
{
    private static readonly HashSet<string> Generated = ["artifacts", "bin", "obj", ".git", "Migrations", "node_modules"];

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    private static readonly Lazy<IReadOnlyList<SourceFile>> Files = new(() => [.. Walk(new DirectoryInfo(Root))]);

    public static IReadOnlyList<SourceFile> All => Files.Value;

    /// <summary>C# of the product and of the tests.</summary>
    public static IEnumerable<SourceFile> CSharp => All.Where(f => f.Name.EndsWith(".cs", StringComparison.Ordinal));

    public static IEnumerable<SourceFile> Razor => All.Where(f => f.Name.EndsWith(".razor", StringComparison.Ordinal));

    public static IEnumerable<SourceFile> Markdown => All.Where(f => f.Name.EndsWith(".md", StringComparison.Ordinal));

    /// <summary>C# that ships: everything but the tests.</summary>
    public static IEnumerable<SourceFile> Product => CSharp.Where(f => !f.IsTest);

    public static IEnumerable<SourceFile> CoreFiles => CSharp.Where(f => f.Path.StartsWith("BackOffice.Core/", StringComparison.Ordinal));

    public static IEnumerable<SourceFile> FeatureFiles =>
        CSharp.Where(f => f.Path.StartsWith("BackOffice.Web/Features/", StringComparison.Ordinal));

    /// <summary>Passes when nobody offends; else says what to do instead and where.</summary>
    public static void Forbid(string instead, IEnumerable<string> offenders)
    {
        var found = offenders.ToList();
        Assert.True(found.Count == 0, $"{instead}\n  {string.Join("\n  ", found)}");
    }

    private static IEnumerable<SourceFile> Walk(DirectoryInfo directory) =>
        directory.EnumerateFiles().Select(f => new SourceFile(Path.GetRelativePath(Root, f.FullName)))
            .Concat(directory.EnumerateDirectories().Where(d => !Generated.Contains(d.Name)).SelectMany(Walk));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "BackOffice.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("No BackOffice.sln above " + AppContext.BaseDirectory);
    }
}

/// <summary>One file, by its path from the solution's folder.</summary>
internal sealed class SourceFile(string path)
{
    private readonly Lazy<string> _text = new(() => File.ReadAllText(System.IO.Path.Combine(Sources.Root, path)));
    private SyntaxNode? _syntax;

    public string Path => path;

    public string Name => System.IO.Path.GetFileName(path);

    public bool IsTest => path.StartsWith("tests/", StringComparison.Ordinal);

    public string Text => _text.Value;

    public IReadOnlyList<string> Lines => [.. Text.TrimEnd('\n').Split('\n')];

    public SyntaxNode Syntax => _syntax ??= CSharpSyntaxTree.ParseText(Text).GetRoot();

    /// <summary>Words of the code itself: no comments, no strings.</summary>
    public IEnumerable<SyntaxToken> Words(params string[] words) =>
        Syntax.DescendantTokens().Where(t => !t.IsKind(SyntaxKind.StringLiteralToken) && words.Contains(t.ValueText));

    public IEnumerable<SyntaxTrivia> Comments => Syntax.DescendantTrivia().Where(t =>
        t.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia);

    public string At(SyntaxNode node) => At(node.GetLocation());

    public string At(SyntaxToken token) => $"{At(token.GetLocation())} {token.ValueText}";

    public string At(SyntaxTrivia trivia) => At(trivia.GetLocation());

    private string At(Location location) => $"{path}:{location.GetLineSpan().StartLinePosition.Line + 1}";
}
