using BackOffice.Core.Common;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>What a check remembers of a file beyond its counts: first good rows, and the sums of each subscription.</summary>
internal sealed class CheckDetails
{
    private const int CanaryRows = 3;
    private const int MaxTotals = 10_000;

    private readonly List<UsageRow> _canary = [];
    private readonly List<UsageRow> _waiting = [];
    private readonly HashSet<long> _accepted = [];
    private readonly HashSet<long> _refused = [];
    private readonly Dictionary<(string Subscription, string Property), decimal> _totals = [];

    /// <summary>The first rows that would be stored.</summary>
    public IReadOnlyList<UsageRow> Canary => _canary;

    public IReadOnlyDictionary<(string Subscription, string Property), decimal> Totals => _totals;

    /// <summary>The codes of those whose numbers are kept.</summary>
    public IReadOnlyCollection<string> Subscriptions => [.. _totals.Keys.Select(key => key.Subscription).Distinct()];

    /// <summary>There are more subscriptions and numbers than are kept.</summary>
    public bool IsCut { get; private set; }

    /// <summary>A row whose fate is known when the writer has stored what it holds, see <see cref="Settle"/>.</summary>
    public void Add(UsageRow row) => _waiting.Add(row);

    /// <summary>The row in this line would be stored; others that wait were stored before.</summary>
    public void Accept(long line)
    {
        if (_canary.Count < CanaryRows)
        {
            _accepted.Add(line);
        }
    }

    /// <summary>The row in this line is none that counts.</summary>
    public void Refuse(long line) => _refused.Add(line);

    /// <summary>The fate of all rows that waited is known.</summary>
    public void Settle()
    {
        foreach (var row in _waiting)
        {
            if (_canary.Count < CanaryRows && _accepted.Contains(row.Line))
            {
                _canary.Add(row);
            }

            if (!_refused.Contains(row.Line))
            {
                Sum(row);
            }
        }

        _waiting.Clear();
        _accepted.Clear();
        _refused.Clear();
    }

    private void Sum(UsageRow row)
    {
        foreach (var property in row.Properties)
        {
            var key = (row.SubscriptionCode, property.Name);
            if (property.Number is not { } number)
            {
                continue;
            }

            if (_totals.Count < MaxTotals || _totals.ContainsKey(key))
            {
                Sum(key, number);
            }
            else
            {
                IsCut = true;
            }
        }
    }

    private void Sum((string Subscription, string Property) key, decimal number)
    {
        try
        {
            _totals[key] = Exact.Add(_totals.GetValueOrDefault(key), number);
        }
        catch (ArithmeticException)
        {
            IsCut = true; // More than 28 digits: the writer says so of the whole file.
        }
    }
}

/// <summary>What a file brings for one customer, beside what is stored of the month before.</summary>
/// <param name="Metrics">The names of the metrics that read the property; empty when none does, so that it bills nothing.</param>
/// <param name="MonthBefore">The sum of the month before the file's first event; null when nothing is stored of it.</param>
public sealed record UsageComparison(
    string Subscription, string Customer, string Property, string Metrics, decimal Total, decimal? MonthBefore)
{
    /// <summary>How much more or less it is, in hundredths; null when there is nothing to compare with.</summary>
    public decimal? ChangePercent => MonthBefore is { } before && before != 0 ? (Total - before) / before * 100 : null;
}

/// <summary>An invoice that is not issued yet and what the file does to it.</summary>
public sealed record DraftChange(Guid Invoice, string Customer, LocalDate First, LocalDate Last, Money Before, Money After);

/// <summary>What an import would do to money.</summary>
/// <param name="Drafts">Those that change, the largest change first.</param>
/// <param name="Unchanged">How many others of the same customers stay as they are.</param>
/// <param name="IsCut">There are more open invoices than were computed.</param>
public sealed record MoneyPreview(IReadOnlyList<DraftChange> Drafts, int Unchanged, bool IsCut)
{
    public static MoneyPreview Nothing { get; } = new([], 0, false);
}
