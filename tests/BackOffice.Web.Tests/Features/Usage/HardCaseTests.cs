using System.Text.RegularExpressions;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Tests.Architecture;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>Every hard case that reading decides: the exact code and sentence of the documentation, quickly and in little memory.</summary>
public sealed partial class HardCaseTests
{
    private static readonly string[] Documentation = File.ReadAllLines(Path.Combine(Sources.Root, "docs/domain/usage-files.md"));

    public static TheoryData<string> Ids => [.. HardCase.All.Select(hard => hard.Id)];

    [Theory, MemberData(nameof(Ids))]
    public async Task A_hard_case_is_answered_word_for_word(string id)
    {
        var hard = HardCase.All.Single(h => h.Id == id);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var lines = await UsageFiles.ReadAsync(hard.File, hard.Mapping);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{hard.Why}: {watch.Elapsed}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200_000_000, hard.Why);
        var row = $"| {id} | {hard.Why} | {string.Join("<br>", lines.Select(Said))} |";
        Assert.True(Documentation.Contains(row), $"docs/domain/usage-files.md should have:\n{row}");
    }

    [Fact]
    public void The_documentation_has_no_case_that_is_not_tested()
    {
        var listed = Documentation.TakeWhile(line => !line.StartsWith("The other cases", StringComparison.Ordinal))
            .Select(line => Case().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);
        Assert.Equal(HardCase.All.Select(hard => hard.Id), listed);
    }

    [Fact]
    public void Every_case_of_the_catalogue_is_listed_and_every_test_that_is_named_exists()
    {
        var text = string.Join('\n', Documentation);
        Assert.DoesNotContain(Enumerable.Range(1, 47), i => !text.Contains($"C{i:00}", StringComparison.Ordinal));
        var tests = typeof(HardCaseTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(Named().Matches(text), match => !tests.Contains(match.Groups[1].Value));
    }

    private static string Said(UsageFileLine line) => line switch
    {
        UsageRow row => $"line {row.Line} is taken, its id is `{CellText.Show(row.TransactionId)}`",
        RowError error => $"`{error.Code}` {error.Sentence}",
        _ => "?",
    };

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\| (C\d\d[a-z]?) \|")]
    private static partial Regex Case();
}
