using BackOffice.Core.Common;

namespace BackOffice.Core.Thresholds;

/// <summary>A sum of usage at which an invoice is made before the period is over.</summary>
/// <param name="Amount">More than zero, over the life of the subscription.</param>
/// <param name="Name">What the invoice says; null when nobody named it.</param>
public sealed record UsageThreshold(Money Amount, string? Name = null)
{
    public Money Amount { get; } = Amount.MinorUnits > 0 ? Amount : throw new RuleBroken("A threshold is more than zero.");
}

/// <summary>A threshold that usage has passed.</summary>
/// <param name="Threshold">As it was agreed; for the repeated one the distance of its steps.</param>
/// <param name="IsStep">Whether it is the repeated one.</param>
/// <param name="Reached">The sum of usage that was passed; for the repeated one the highest of its steps.</param>
public sealed record ThresholdPassed(UsageThreshold Threshold, bool IsStep, Money Reached);

/// <summary>Where usage stands between thresholds.</summary>
/// <param name="Last">The highest threshold that is reached; null when none is.</param>
/// <param name="Next">The next one; null when there is none.</param>
/// <param name="Ratio">How far usage is from the last to the next: 0 to less than 1; null when there is no next.</param>
public sealed record ThresholdPlace(Money? Last, Money? Next, decimal? Ratio);

/// <summary>The usage of a subscription over its life, without tax and coupons.</summary>
/// <param name="Imported">From before it was billed here.</param>
/// <param name="Earlier">Invoiced for earlier periods.</param>
/// <param name="ThisPeriod">Of this period so far.</param>
/// <param name="BilledThisPeriod">What progressive invoices of this period billed.</param>
public sealed record LifetimeUsage(Money Imported, Money Earlier, Money ThisPeriod, Money BilledThisPeriod)
{
    /// <summary>What was known when the last invoice was made.</summary>
    public Money Before => Imported + Earlier + BilledThisPeriod;

    public Money Total => Imported + Earlier + ThisPeriod;
}

/// <summary>The thresholds of a plan or a subscription: fixed sums, and after the largest of them a step that repeats.</summary>
/// <remarks>
/// Steps are counted from the largest fixed threshold: after 40 with a step of 5 they are 45, 50, 55. Lago counts them from zero once the
/// largest is passed (guide §11); the two agree when the largest is a multiple of the step.
/// </remarks>
public sealed record ThresholdLadder
{
    private readonly UsageThreshold[] _fixed;

    /// <param name="step">The repeated distance; null when nothing repeats.</param>
    /// <exception cref="RuleBroken">Two thresholds are the same sum, or they have different currencies.</exception>
    public ThresholdLadder(IReadOnlyList<UsageThreshold> thresholds, UsageThreshold? step)
    {
        _fixed = [.. thresholds.OrderBy(threshold => threshold.Amount.MinorUnits)];
        Step = step;
        if (thresholds.DistinctBy(threshold => threshold.Amount.MinorUnits).Count() != _fixed.Length)
        {
            throw new RuleBroken("Two thresholds are the same sum. Every sum is passed once.");
        }

        if (thresholds.Append(step).OfType<UsageThreshold>().Select(threshold => threshold.Amount.Currency).Distinct().Count() > 1)
        {
            throw new RuleBroken("The thresholds have different currencies.");
        }
    }

    /// <summary>In ascending order.</summary>
    public IReadOnlyList<UsageThreshold> Thresholds => _fixed;

    public UsageThreshold? Step { get; }

    private long Largest => _fixed.Length == 0 ? 0 : _fixed[^1].Amount.MinorUnits;

    /// <exception cref="RuleBroken">There is no sum at all, or they are in another currency than the plan.</exception>
    internal void Check(Currency currency)
    {
        var sums = _fixed.Append(Step).OfType<UsageThreshold>().Select(threshold => threshold.Amount).ToList();
        if (sums.Count == 0)
        {
            throw new RuleBroken("Name at least one sum at which usage is billed early, or leave early billing out.");
        }

        if (sums[0].Currency != currency)
        {
            throw new RuleBroken($"Early billing is agreed in {sums[0].Currency}, the plan is in {currency}.");
        }
    }

    /// <summary>What usage has passed since the last invoice: fixed thresholds in ascending order, then the step, once however many it
    /// was.</summary>
    /// <returns>Nothing when usage fell, was corrected, or is billed already.</returns>
    public IReadOnlyList<ThresholdPassed> Passed(LifetimeUsage usage)
    {
        var (before, total) = (usage.Before.MinorUnits, usage.Total.MinorUnits);
        var passed = new List<ThresholdPassed>();
        if (total <= before)
        {
            return passed;
        }

        foreach (var threshold in _fixed)
        {
            if (before < threshold.Amount.MinorUnits && threshold.Amount.MinorUnits <= total)
            {
                passed.Add(new(threshold, IsStep: false, threshold.Amount));
            }
        }

        if (Step is not null && StepsAt(total) > StepsAt(before))
        {
            passed.Add(new(Step, IsStep: true, Money.OfMinor(SumAt(StepsAt(total)), Step.Amount.Currency)));
        }

        return passed;
    }

    /// <summary>Where a sum of usage stands.</summary>
    public ThresholdPlace PlaceOf(Money usage)
    {
        var reached = _fixed.Count(threshold => threshold.Amount.MinorUnits <= usage.MinorUnits);
        long? last = reached > 0 ? _fixed[reached - 1].Amount.MinorUnits : null;
        long? next = reached < _fixed.Length ? _fixed[reached].Amount.MinorUnits : null;
        if (next is null && Step is not null)
        {
            var steps = StepsAt(usage.MinorUnits);
            last = steps > 0 ? SumAt(steps) : last;
            next = SumAt(steps + 1);
        }

        var from = last ?? 0;
        return new(
            last is { } l ? Money.OfMinor(l, usage.Currency) : null,
            next is { } n ? Money.OfMinor(n, usage.Currency) : null,
            next is { } end ? (decimal)Math.Max(0, usage.MinorUnits - from) / (end - from) : null);
    }

    private long StepsAt(long sum) => Math.Max(0, sum - Largest) / Step!.Amount.MinorUnits;

    private long SumAt(long steps) => checked(Largest + (steps * Step!.Amount.MinorUnits));

    public bool Equals(ThresholdLadder? other) => other is not null && _fixed.SequenceEqual(other._fixed) && Step == other.Step;

    public override int GetHashCode() => _fixed.Aggregate(Step?.GetHashCode() ?? 0, HashCode.Combine);
}
