using System.Reflection;
using System.Runtime.CompilerServices;
using BackOffice.Core.Common;
using BackOffice.Data;
using Microsoft.AspNetCore.Components;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static BackOffice.Web.Tests.Architecture.Sources;

namespace BackOffice.Web.Tests.Architecture;

/// <summary>The house numbers: sizes that keep a file on two screens and a method on one.</summary>
public class TidyTests
{
    [Fact]
    public void Classes_are_sealed_static_or_abstract() =>
        Forbid(
            "Seal it, make it static, or make it abstract: nobody planned to inherit from it.",
            new[] { typeof(RuleBroken).Assembly, typeof(BackOfficeDb).Assembly, typeof(Program).Assembly }
                .SelectMany(a => a.GetTypes())
                .Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false })
                .Where(t => IsWritten(t) && !t.IsAssignableTo(typeof(IComponent)))
                .Select(t => t.FullName!));

    [Fact]
    public void Files_are_at_most_300_lines_long() =>
        Forbid("Split the file by subject, one idea each.", CSharp.Where(f => f.Lines.Count > 300).Select(Length));

    [Fact]
    public void Methods_are_at_most_60_lines_long() =>
        Forbid(
            "Give the parts of the method names of their own.",
            CSharp.SelectMany(f => f.Syntax.DescendantNodes()
                .Where(n => n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
                .Where(n => LinesOf(n) > 60).Select(n => $"{f.At(n)}: {LinesOf(n)} lines")));

    [Fact]
    public void Use_cases_are_at_most_150_lines_long() =>
        Forbid(
            "The rule has leaked out of Core: a use case opens, loads, asks Core, saves, commits and logs.",
            FeatureFiles.Where(f => f.Lines.Count > 150 && HasRun(f)).Select(Length));

    [Fact]
    public void Lines_are_at_most_140_columns_wide() =>
        Forbid(
            "Break the line before the operator or after the bracket.",
            CSharp.Concat(Razor).Concat(All.Where(f => f.Name.EndsWith(".sh", StringComparison.Ordinal)))
                .SelectMany(f => f.Lines.Index().Where(l => l.Item.TrimEnd('\r').Length > 140)
                    .Select(l => $"{f.Path}:{l.Index + 1}: {l.Item.Length} columns")));

    [Fact]
    public void Pages_are_at_most_150_lines_long() =>
        Forbid("Make components out of the parts of the page.", Razor.Where(f => f.Lines.Count > 150).Select(Length));

    [Fact]
    public void Code_in_pages_is_at_most_40_lines_long() =>
        Forbid(
            "Move the code to a .razor.cs beside the page; a decision belongs to a use case or to Core.",
            Razor.Where(f => CodeLines(f) > 40).Select(f => $"{f.Path}: {CodeLines(f)} lines of @code"));

    [Fact]
    public void The_program_reads_like_a_table_of_contents() =>
        Forbid(
            "Program.cs has at most 60 lines: move a group of lines to an extension method under Hosting/.",
            CSharp.Where(f => f.Path == "BackOffice.Web/Program.cs" && f.Lines.Count > 60).Select(Length));

    private static string Length(SourceFile file) => $"{file.Path}: {file.Lines.Count} lines";

    private static bool IsWritten(Type type) =>
        type.Name is not ("Program" or "_Imports") && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.Namespace?.Contains(".Migrations", StringComparison.Ordinal) != true
        && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && !type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
        && (type.DeclaringType is null || IsWritten(type.DeclaringType));

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static bool HasRun(SourceFile file) => file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
        .Any(m => m.Identifier.ValueText == "Run" && m.Modifiers.Any(SyntaxKind.PublicKeyword));

    /// <summary>From the line that starts with @code to the brace in the first column that ends it.</summary>
    private static int CodeLines(SourceFile file) =>
        file.Lines.SkipWhile(l => !l.StartsWith("@code", StringComparison.Ordinal)).TakeWhile(l => l.TrimEnd() != "}").Count();
}
