using BackOffice.Vectors;

namespace BackOffice.Core.Tests.Vectors;

/// <summary>The expected figures of other billing systems' own tests (tests/vectors), through the runner's own code.</summary>
public sealed class VectorTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "vectors");

    public static TheoryData<string> Files() =>
        new(Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_vector_that_binds_agrees(string file)
    {
        var verdicts = Vector.ReadFile(Path.Combine(Folder, file)).Select(Verdict.Of).ToList();
        var failures = verdicts.Where(verdict => verdict.Outcome == Outcome.Failed)
            .Select(verdict => $"{verdict.Vector.Id} ({verdict.Vector.Kind}): {string.Join("; ", verdict.Reasons)}");

        Assert.NotEmpty(verdicts);
        Assert.Equal("", string.Join(Environment.NewLine, failures));
    }
}
