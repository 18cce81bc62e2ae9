using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Core.Usage;

/// <summary>What became of the rows of a file.</summary>
/// <param name="Duplicates">Rows stored before with the same content: not stored again and not billed again.</param>
/// <param name="Late">Accepted rows of a period that is issued already: stored, listed, not on any invoice.</param>
/// <param name="First">The earliest accepted or duplicate event; null when there is none.</param>
/// <param name="Totals">The sum of each numeric property over accepted and duplicate rows.</param>
/// <param name="Groups">What has to be repaired, the most frequent first; null in reports from before these were kept.</param>
/// <param name="Undoing">Who took it back, when and why; null while it stands.</param>
/// <param name="Beyond">Properties whose total needs more than 28 digits and is therefore left out; null when there is none.</param>
public sealed record ImportReport(
    long Rows, long Accepted, long Duplicates, long Rejected, long Late, Instant? First, Instant? Last,
    IReadOnlyDictionary<string, decimal> Totals, IReadOnlyList<ProblemGroup>? Groups = null,
    Undoing? Undoing = null, IReadOnlyList<string>? Beyond = null)
{
    private const int MaxGroups = 200;

    /// <summary>Of nothing.</summary>
    public static ImportReport Empty { get; } = new(0, 0, 0, 0, 0, null, null, new Dictionary<string, decimal>(), []);

    /// <summary>This and what came after it, as one; at most 200 groups are kept.</summary>
    public ImportReport And(ImportReport later)
    {
        var beyond = new HashSet<string>([.. Beyond ?? [], .. later.Beyond ?? []], StringComparer.Ordinal);
        var totals = Sum(Totals, later.Totals, beyond);
        return new(
            Rows + later.Rows, Accepted + later.Accepted, Duplicates + later.Duplicates, Rejected + later.Rejected, Late + later.Late,
            First is { } first && later.First is { } other ? Instant.Min(first, other) : First ?? later.First,
            Last is { } last && later.Last is { } next ? Instant.Max(last, next) : Last ?? later.Last,
            totals, Together(Groups ?? [], later.Groups ?? []), Undoing, beyond.Count == 0 ? null : [.. beyond.Order()]);
    }

    private static Dictionary<string, decimal> Sum(
        IReadOnlyDictionary<string, decimal> one, IReadOnlyDictionary<string, decimal> other, HashSet<string> beyond)
    {
        var sums = new Dictionary<string, decimal>(one, StringComparer.Ordinal);
        foreach (var (name, value) in other)
        {
            try
            {
                sums[name] = Exact.Add(sums.GetValueOrDefault(name), value);
            }
            catch (ArithmeticException)
            {
                beyond.Add(name);
            }
        }

        return sums.Where(sum => !beyond.Contains(sum.Key)).ToDictionary();
    }

    private static IReadOnlyList<ProblemGroup> Together(IReadOnlyList<ProblemGroup> one, IReadOnlyList<ProblemGroup> other) =>
    [
        .. one.Concat(other).GroupBy(group => group.Repair).Select(same => same.First() with { Count = same.Sum(group => group.Count) })
            .OrderByDescending(group => group.Count).Take(MaxGroups),
    ];
}

/// <summary>That an import was taken back, by whom and why.</summary>
public sealed record Undoing(Person By, Instant At, string Reason);

/// <summary>All rows that fail for the same reason in the same column: one thing to repair.</summary>
/// <param name="Count">How many rows, 1 or more.</param>
/// <param name="FirstLine">The line of the first of them, the first line of a file being 1.</param>
/// <param name="FirstValue">What stands there, shortened to 80 characters; null when the whole row is meant.</param>
/// <param name="Message">The sentence of the first of them.</param>
public sealed record ProblemGroup(string Code, string? Column, long Count, long FirstLine, string? FirstValue, string Message)
{
    /// <summary>What has to be repaired: of what is unknown each value, of other faults the kind and the column.</summary>
    internal (string, string?, string?) Repair =>
        (Code, Column, Code.StartsWith("unknown_", StringComparison.Ordinal) ? FirstValue : null);
}
