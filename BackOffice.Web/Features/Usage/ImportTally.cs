using BackOffice.Core.Usage;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>All rows that fail for the same reason in the same column: one thing to repair.</summary>
/// <param name="Message">The sentence of the first of them.</param>
public sealed record ProblemGroup(string Code, string? Column, long Count, long FirstLine, string? FirstValue, string Message);

/// <summary>Counts what becomes of the rows of a file. Its size does not depend on the file's.</summary>
internal sealed class ImportTally
{
    /// <summary>How many problems are kept with a line each; all of them are counted.</summary>
    public const int MaxProblems = 1_000;

    private readonly Dictionary<(string Code, string? Column), ProblemGroup> _groups = [];
    private readonly List<RowError> _errors = [];
    private IReadOnlyDictionary<string, decimal> _totals = new Dictionary<string, decimal>();
    private long _accepted;
    private long _duplicates;
    private long _rejected;
    private long _late;
    private Instant? _first;
    private Instant? _last;

    /// <summary>In the order of the file: a conflict is found later than it is read.</summary>
    public IReadOnlyList<RowError> Errors => [.. _errors.OrderBy(error => error.Line)];

    public IReadOnlyList<ProblemGroup> Groups => [.. _groups.Values.OrderByDescending(group => group.Count)];

    public bool HasErrors => _errors.Count > 0;

    /// <summary>The file itself is wrong, not only some of its rows.</summary>
    public bool FileIsBroken { get; private set; }

    public long Rows => _accepted + _duplicates + _rejected;

    /// <summary>What an import that is stored says.</summary>
    public ImportReport Report => new(Rows, _accepted, _duplicates, _rejected, _late, _first, _last, _totals);

    /// <summary>What a refused import says: nothing was stored.</summary>
    public ImportReport Refusal => new(Rows, 0, 0, _rejected, 0, null, null, new Dictionary<string, decimal>());

    public void Add(RowError error)
    {
        _rejected += error.StopsFile ? 0 : 1;
        FileIsBroken |= error.StopsFile;
        if (_errors.Count < MaxProblems)
        {
            _errors.Add(error with { Cells = null });
        }

        var key = (error.Code, error.Column);
        _groups[key] = _groups.TryGetValue(key, out var group)
            ? group with { Count = group.Count + 1 }
            : new ProblemGroup(error.Code, error.Column, 1, error.Line, error.Value, error.Message);
    }

    /// <summary>Takes over what the writer says became of the good rows.</summary>
    public void Take(UsageCounts counts)
    {
        (_accepted, _duplicates, _late, _totals) = (counts.Accepted, counts.Duplicates, counts.Late, counts.Totals);
        _first = counts.FirstMicros is { } first ? Micros.ToInstant(first) : null;
        _last = counts.LastMicros is { } last ? Micros.ToInstant(last) : null;
    }
}
