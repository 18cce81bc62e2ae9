using BackOffice.Core.Common;
using BackOffice.Core.Thresholds;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A sum at which usage is billed early, while it is typed.</summary>
public sealed class ThresholdDraft
{
    /// <summary>In major units.</summary>
    public decimal? Amount { get; set; }

    /// <summary>What people call it; empty for nothing.</summary>
    public string? Name { get; set; }
}

/// <summary>When usage is billed before its period is over, while it is typed. Nothing typed is nothing agreed.</summary>
public sealed class EarlyBillingDraft
{
    public List<ThresholdDraft> Sums { get; } = [];

    /// <summary>The distance that repeats after the largest sum, in major units.</summary>
    public decimal? Step { get; set; }

    public static EarlyBillingDraft Of(ThresholdLadder? ladder)
    {
        var draft = new EarlyBillingDraft { Step = ladder?.Step?.Amount.Amount };
        draft.Sums.AddRange((ladder?.Thresholds ?? []).Select(threshold => new ThresholdDraft
        {
            Amount = threshold.Amount.Amount, Name = threshold.Name,
        }));
        return draft;
    }

    /// <returns>Null when nothing is typed.</returns>
    /// <exception cref="RuleBroken">A sum is zero or there twice.</exception>
    public ThresholdLadder? ToLadder(Currency currency)
    {
        var sums = Sums.Where(sum => sum.Amount is not null).Select(sum => new UsageThreshold(
            Money.Of(sum.Amount!.Value, currency), string.IsNullOrWhiteSpace(sum.Name) ? null : sum.Name.Trim())).ToList();
        return sums.Count == 0 && Step is null ? null : new ThresholdLadder(
            sums, Step is { } step ? new UsageThreshold(Money.Of(step, currency)) : null);
    }
}
