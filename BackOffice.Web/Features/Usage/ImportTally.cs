using BackOffice.Core.Usage;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Counts what becomes of the rows of a file. Its size does not depend on the file's.</summary>
internal sealed class ImportTally
{
    /// <summary>How many problems are kept with a line each; all of them are counted.</summary>
    public const int MaxProblems = 1_000;

    /// <summary>How many go into the file of rejects. Who has more has mapped the file wrongly.</summary>
    public const int MaxRejects = 100_000;

    private const int MaxGroups = 200;

    private readonly Dictionary<(string Code, string? Column, string? Value), ProblemGroup> _groups = [];
    private readonly List<RowError> _errors = [];
    private IReadOnlyDictionary<string, decimal> _totals = new Dictionary<string, decimal>();
    private long _accepted;
    private long _duplicates;
    private long _rejected;
    private long _late;
    private Instant? _first;
    private Instant? _last;

    /// <summary>The first of them, for the list, in the order of the file: a conflict is found later than it is read.</summary>
    public IReadOnlyList<RowError> Errors => [.. _errors.OrderBy(error => error.Line).Take(MaxProblems)];

    /// <summary>The first of them, for the file of rejects.</summary>
    public IReadOnlyList<RowError> Rejects => _errors;

    public IReadOnlyList<ProblemGroup> Groups => [.. _groups.Values.OrderByDescending(group => group.Count).Take(MaxGroups)];

    /// <summary>Kept by a check only; an import has no use for them.</summary>
    public CheckDetails? Details { get; set; }

    public bool HasErrors => _errors.Count > 0;

    /// <summary>The file itself is wrong, not only some of its rows.</summary>
    public bool FileIsBroken { get; private set; }

    public long Rows => _accepted + _duplicates + _rejected;

    /// <summary>What an import that is stored says.</summary>
    public ImportReport Report => new(Rows, _accepted, _duplicates, _rejected, _late, _first, _last, _totals, Groups);

    /// <summary>What a refused import says: nothing was stored.</summary>
    public ImportReport Refusal => new(Rows, 0, 0, _rejected, 0, null, null, new Dictionary<string, decimal>(), Groups);

    public void Add(RowError error)
    {
        _rejected += error.StopsFile ? 0 : 1;
        FileIsBroken |= error.StopsFile;
        if (_errors.Count < MaxRejects)
        {
            _errors.Add(error with { Cells = null });
        }

        // Of what is unknown, each value is a repair of its own; of other faults the kind and the column are.
        var value = error.Code.StartsWith("unknown_", StringComparison.Ordinal) && _groups.Count < MaxGroups ? error.Value : null;
        var key = (error.Code, error.Column, value);
        _groups[key] = _groups.TryGetValue(key, out var group)
            ? group with { Count = group.Count + 1 }
            : new ProblemGroup(error.Code, error.Column, 1, error.Line, error.Value, error.Message);
    }

    /// <summary>Takes over what the writer says became of the good rows.</summary>
    public void Take(UsageCounts counts)
    {
        Details?.Settle();
        (_accepted, _duplicates, _late, _totals) = (counts.Accepted, counts.Duplicates, counts.Late, counts.Totals);
        _first = counts.FirstMicros is { } first ? Micros.ToInstant(first) : null;
        _last = counts.LastMicros is { } last ? Micros.ToInstant(last) : null;
    }
}
