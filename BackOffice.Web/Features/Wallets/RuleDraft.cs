using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>A top-up rule while it is typed.</summary>
public sealed class RuleDraft
{
    /// <summary>Whether it waits for a threshold; else for the days of an interval.</summary>
    public bool IsThreshold { get; set; } = true;

    public decimal? Threshold { get; set; }

    public BillingInterval Interval { get; set; } = BillingInterval.Monthly;

    /// <summary>The day the interval is counted from.</summary>
    public LocalDate? Anchor { get; set; }

    /// <summary>Whether it fills up to a number of credits; else it adds the same every time.</summary>
    public bool IsTarget { get; set; }

    public decimal? Paid { get; set; }

    public decimal? Granted { get; set; }

    public decimal? Target { get; set; }

    /// <summary>Whether what is missing is free; else it is bought.</summary>
    public bool TargetIsGranted { get; set; }

    public bool IgnoresLimits { get; set; }

    public decimal? LastsDays { get; set; }

    public static RuleDraft Of(RuleRow rule)
    {
        var draft = new RuleDraft { IgnoresLimits = rule.Rule.IgnoresLimits, LastsDays = rule.LastsDays };
        draft.IsThreshold = rule.Rule.Trigger is BelowThreshold;
        draft.Threshold = (rule.Rule.Trigger as BelowThreshold)?.Credits;
        if (rule.Rule.Trigger is EveryInterval every)
        {
            (draft.Interval, draft.Anchor) = (every.Interval, every.Anchor);
        }

        switch (rule.Rule.Method)
        {
            case TargetTopUp fill:
                (draft.IsTarget, draft.Target, draft.TargetIsGranted) = (true, fill.Target, fill.IsGranted);
                break;
            case FixedTopUp top:
                (draft.Paid, draft.Granted) = (NotZero(top.Paid), NotZero(top.Granted));
                break;
        }

        return draft;
    }

    /// <exception cref="RuleBroken">Something is missing, or it would add nothing.</exception>
    public TopUpRule ToRule() => new(
        IsThreshold
            ? new BelowThreshold(Threshold ?? throw new RuleBroken("Enter the threshold."))
            : new EveryInterval(Interval, Anchor ?? throw new RuleBroken("Enter the day the interval is counted from.")),
        IsTarget
            ? new TargetTopUp(Target ?? throw new RuleBroken("Enter the credits to fill up to."), TargetIsGranted)
            : new FixedTopUp(Paid ?? 0, Granted ?? 0),
        IgnoresLimits);

    private static decimal? NotZero(decimal credits) => credits == 0 ? null : credits;
}
