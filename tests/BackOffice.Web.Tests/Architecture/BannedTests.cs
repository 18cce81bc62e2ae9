using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static BackOffice.Web.Tests.Architecture.Sources;

namespace BackOffice.Web.Tests.Architecture;

/// <summary>What we do not write, and what we write instead. Calls are banned in BannedSymbols.txt, shapes here.</summary>
public partial class BannedTests
{
    /// <summary>The places that may catch everything, each with the reason why a bug must not stop it.</summary>
    private static readonly Dictionary<string, string> MayCatchEverything = new()
    {
        ["BackOffice.Web/Features/Billing/BillCustomers.cs"] = "One customer's trouble must not stop the others of the run.",
        ["BackOffice.Web/Features/Wallets/ApplyTopUpRules.cs"] = "One wallet's trouble must not stop the others from being topped up.",
        ["BackOffice.Web/Features/Usage/Events/EventDesk.cs"] = "One request's trouble must not stop the events of all others.",
    };

    private static readonly string[] Texts = [".cs", ".razor", ".json", ".js", ".css", ".sh", ".md", ".props", ".csproj", ".yml"];

    [Fact]
    public void Nobody_catches_everything() =>
        Forbid(
            "catch (Exception) hides bugs: catch the type you can answer, or let it reach the handler. "
            + "A loop that must go on is listed, with its reason, in MayCatchEverything.",
            Product.Where(f => !MayCatchEverything.ContainsKey(f.Path)).SelectMany(CatchAlls));

    [Fact]
    public void Leave_to_catch_everything_is_given_back_when_it_is_no_longer_used() =>
        Forbid(
            "This file catches nothing in general any more: take it out of MayCatchEverything.",
            MayCatchEverything.Keys.Where(path => !All.Any(f => f.Path == path && CatchAlls(f).Any())));

    [Fact]
    public void Nothing_is_left_for_later() =>
        Forbid(
            "Do it now or open an issue: a note in the code is read by nobody.",
            CSharp.SelectMany(f => f.Comments.Where(c => ForLater().IsMatch(c.ToString())).Select(f.At))
                .Concat(All.Where(f => Path.GetExtension(f.Name) is ".razor" or ".js" or ".css" or ".sh")
                    .Where(f => ForLater().IsMatch(f.Text)).Select(f => f.Path)));

    [Fact]
    public void Nothing_is_pretended() =>
        Forbid(
            "NotImplementedException is banned: write the code, or leave the method out.",
            CSharp.SelectMany(f => f.Words("NotImplementedException").Select(f.At))
                .Concat(Razor.Where(f => f.Text.Contains("NotImplementedException", StringComparison.Ordinal)).Select(f => f.Path)));

    [Fact]
    public void No_test_is_switched_off() =>
        Forbid(
            "Skip is banned: repair the test or delete it. What a machine lacks is a failure that says what to install.",
            CSharp.Where(f => f.IsTest).SelectMany(f => f.Syntax.DescendantNodes().OfType<AttributeArgumentSyntax>()
                .Where(a => a.NameEquals?.Name.Identifier.ValueText is "Skip" or "SkipWhen" or "SkipUnless" or "Explicit").Select(f.At)
                .Concat(f.Words("SkipWhen", "SkipUnless").Where(t => t.Parent?.Parent is MemberAccessExpressionSyntax).Select(f.At))));

    [Fact]
    public void No_file_is_folded_or_loosened() =>
        Forbid(
            "#region hides a file that is too long: split it. #nullable disable hides a null: handle it.",
            CSharp.SelectMany(f => f.Syntax.DescendantTrivia(descendIntoTrivia: true)
                .Where(t => t.IsKind(SyntaxKind.RegionDirectiveTrivia)
                    || (t.GetStructure() is NullableDirectiveTriviaSyntax n && n.SettingToken.IsKind(SyntaxKind.DisableKeyword)))
                .Select(f.At)));

    [Fact]
    public void Numbers_are_typed_as_text() =>
        Forbid(
            "MudNumericField rounds and swallows what people type: use our field, which parses the text and says what is wrong.",
            Razor.Where(f => f.Text.Contains("<MudNumericField", StringComparison.Ordinal)).Select(f => f.Path));

    [Fact]
    public void Sources_name_no_place_of_one_machine() =>
        Forbid(
            "A path of one machine is banned: take it from the configuration (DataDirectory) or from the folder of the program.",
            All.Where(f => !f.IsTest && (Texts.Contains(Path.GetExtension(f.Name)) || f.Path is "Dockerfile" or ".ci/run"))
                .SelectMany(f => f.Lines.Index().Where(l => MachinePath().IsMatch(l.Item)).Select(l => $"{f.Path}:{l.Index + 1}")));

    private static IEnumerable<string> CatchAlls(SourceFile file) => file.Name.EndsWith(".razor", StringComparison.Ordinal)
        ? CatchAllText().Matches(file.Text).Select(_ => file.Path)
        : file.Syntax.DescendantNodes().OfType<CatchClauseSyntax>()
            .Where(c => c.Declaration is null || c.Declaration.Type.ToString() is "Exception" or "System.Exception")
            .Where(c => !NamesItsTypes(c.Filter)).Select(file.At);

    /// <summary>Such as <c>when (refused is RuleBroken or ArithmeticException)</c>: two types, one answer.</summary>
    private static bool NamesItsTypes(CatchFilterClauseSyntax? filter) =>
        filter?.FilterExpression is IsPatternExpressionSyntax named
        && !named.Pattern.DescendantTokens().Any(t => t.IsKind(SyntaxKind.NotKeyword));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b")]
    private static partial Regex ForLater();

    [GeneratedRegex(@"(?<![\w.)-])/(work|root|tmp)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\bcatch\s*(\{|\((System\.)?Exception\b)")]
    private static partial Regex CatchAllText();
}
