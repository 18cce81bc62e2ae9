using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Wallets;

/// <summary>Something that was used.</summary>
/// <param name="Quantity">Zero or more.</param>
public sealed record GrantUse(Instant At, decimal Quantity);

/// <summary>A stretch of time in which the set of open grants does not change. It does not contain its end.</summary>
/// <param name="BalanceAtStart">What the open grants hold, before older overage is taken from them.</param>
/// <param name="OverageAtStart">What was used before and found no grant.</param>
/// <param name="Overage">What found no grant by the end.</param>
public sealed record BurnDownSegment(
    Instant Start, Instant End, decimal BalanceAtStart, decimal OverageAtStart, decimal Usage, decimal BalanceAtEnd, decimal Overage);

/// <summary>How uses burn grants down over time, in the order of <see cref="BurnKey"/>.</summary>
/// <remarks>
/// A use that finds no grant becomes overage, and the next grant to open pays it first (OpenMeter's rule). No balance is ever below zero.
/// </remarks>
public sealed class BurnDown
{
    private readonly IReadOnlyList<Grant> _grants;
    private readonly decimal[] _left;
    private readonly int[] _order;
    private readonly List<BurnDownSegment> _segments = [];
    private decimal _overage;

    private BurnDown(IReadOnlyList<Grant> grants)
    {
        (_grants, _left) = (grants, new decimal[grants.Count]);
        _order = [.. Enumerable.Range(0, grants.Count)];
        Array.Sort([.. grants.Select((grant, i) => new BurnKey(grant.Priority, grant.ExpiresAt, grant.EffectiveAt, i))], _order);
    }

    public IReadOnlyList<BurnDownSegment> Segments => _segments;

    /// <summary>What each grant holds at the end, by its id; zero for one that is not open.</summary>
    public IReadOnlyDictionary<string, decimal> Balances => _grants.Select((grant, i) => (grant.Id, Left: _left[i]))
        .ToDictionary(grant => grant.Id, grant => grant.Left, StringComparer.Ordinal);

    /// <summary>What was used and found no grant.</summary>
    public decimal Overage => _overage;

    /// <param name="startBalances">What the grants hold at the start, by id. One that is missing holds its amount if it opens there,
    /// else nothing.</param>
    /// <param name="uses">In any order; those before the start, and at or after the end, do not count.</param>
    /// <exception cref="ArgumentException">The end is before the start, or two grants have one id.</exception>
    /// <exception cref="RuleBroken">A use is negative.</exception>
    public static BurnDown Of(
        IReadOnlyList<Grant> grants, IReadOnlyDictionary<string, decimal> startBalances, IReadOnlyList<GrantUse> uses, Instant start,
            Instant end)
    {
        if (end < start || grants.DistinctBy(grant => grant.Id).Count() != grants.Count)
        {
            throw new ArgumentException("Grants need different ids, and the end must not be before the start.");
        }

        if (uses.Any(use => use.Quantity < 0))
        {
            throw new RuleBroken("A use must not be negative.");
        }

        var burnDown = new BurnDown(grants);
        burnDown.Open(startBalances, start);
        var boundaries = burnDown.Boundaries(start, end);
        var inOrder = uses.Where(use => use.At >= start && use.At < end).OrderBy(use => use.At).ToList();
        var next = 0;
        for (var i = 0; i + 1 < boundaries.Count; i++)
        {
            var used = 0m;
            for (; next < inOrder.Count && inOrder[next].At < boundaries[i + 1]; next++)
            {
                used = Exact.Add(used, inOrder[next].Quantity);
            }

            burnDown.Pass(boundaries[i], boundaries[i + 1], used, isFirst: i == 0);
        }

        burnDown.CloseAt(end);
        return burnDown;
    }

    private void Open(IReadOnlyDictionary<string, decimal> balances, Instant start)
    {
        for (var i = 0; i < _grants.Count; i++)
        {
            var grant = _grants[i];
            _left[i] = !grant.IsOpenAt(start) ? 0
                : balances.TryGetValue(grant.Id, out var balance) ? balance
                : grant.EffectiveAt == start ? grant.Amount : 0;
        }
    }

    private List<Instant> Boundaries(Instant start, Instant end) =>
    [
        .. _grants.SelectMany(grant => (grant.Refill?.Between(start, end).Where(grant.IsOpenAt) ?? [])
                .Append(grant.EffectiveAt).Append(grant.ClosedAt ?? end))
            .Where(moment => moment > start && moment < end)
            .Append(start).Append(end).Distinct().Order(),
    ];

    private void Pass(Instant start, Instant end, decimal used, bool isFirst)
    {
        if (!isFirst)
        {
            CloseAt(start);
            Fill(start);
        }

        var (balance, before) = (Exact.Sum(_left), _overage);
        _overage = Burn(Exact.Add(_overage, used));
        _segments.Add(new(start, end, balance, before, used, Exact.Sum(_left), _overage));
    }

    private void Fill(Instant moment)
    {
        for (var i = 0; i < _grants.Count; i++)
        {
            var grant = _grants[i];
            if (grant.IsOpenAt(moment)
                && (grant.EffectiveAt == moment || grant.Refill?.Between(moment - Duration.Epsilon,
                    moment + Duration.Epsilon).Any() == true))
            {
                _left[i] = grant.Amount;
            }
        }
    }

    private void CloseAt(Instant moment)
    {
        for (var i = 0; i < _grants.Count; i++)
        {
            _left[i] = _grants[i].IsOpenAt(moment) ? _left[i] : 0;
        }
    }

    /// <returns>What found no grant.</returns>
    private decimal Burn(decimal quantity)
    {
        foreach (var i in _order)
        {
            var taken = Math.Min(quantity, _left[i]);
            _left[i] -= taken;
            quantity -= taken;
            if (quantity == 0)
            {
                break;
            }
        }

        return quantity;
    }
}
