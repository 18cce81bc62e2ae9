using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Core.Wallets;

/// <summary>When a rule tops a wallet up. The set is closed.</summary>
public abstract record TopUpTrigger
{
    private protected TopUpTrigger()
    {
    }
}

/// <summary>On the days of a grid that is counted from an anchor, in the customer's zone; in short months on the last day.</summary>
/// <param name="Anchor">The rule's start, or the day the wallet was created; the first top-up comes an interval later.</param>
public sealed record EveryInterval(BillingInterval Interval, LocalDate Anchor) : TopUpTrigger
{
    /// <summary>Whether a top-up is due: never on the anchor or before, and never twice on one day.</summary>
    public bool IsDueOn(LocalDate day, LocalDate? lastDone = null) =>
        day > Anchor && lastDone != day && new BillingGrid(Interval, BillingTiming.Anniversary, Anchor).Begins(day);
}

/// <summary>As soon as the ongoing balance, with the purchases that wait for payment, is not above a number of credits.</summary>
public sealed record BelowThreshold(decimal Credits) : TopUpTrigger
{
    public bool Fires(decimal ongoingCredits, decimal pendingCredits) => Exact.Add(ongoingCredits, pendingCredits) <= Credits;
}

/// <summary>How much a rule adds. The set is closed.</summary>
public abstract record TopUpMethod
{
    private protected TopUpMethod()
    {
    }
}

/// <summary>The same every time; below a threshold the purchase is repeated until the balance is above it.</summary>
/// <param name="Paid">Credits to be bought; zero or more.</param>
/// <param name="Granted">Credits that are free; zero or more.</param>
public sealed record FixedTopUp(decimal Paid, decimal Granted) : TopUpMethod
{
    public decimal Paid { get; } = Paid >= 0 ? Paid : throw new RuleBroken("Credits must not be negative.");

    public decimal Granted { get; } = Granted >= 0 ? Granted : throw new RuleBroken("Credits must not be negative.");
}

/// <summary>As much as fills the ongoing balance up.</summary>
/// <param name="Target">In credits.</param>
/// <param name="IsGranted">Whether it is free; else it is bought.</param>
public sealed record TargetTopUp(decimal Target, bool IsGranted) : TopUpMethod;

/// <summary>What a rule adds now, in credits.</summary>
public sealed record TopUpDue(decimal Paid, decimal Granted)
{
    public static TopUpDue Nothing { get; } = new(0, 0);
}

/// <summary>Tops a wallet up by itself (Lago's rules, guide §14).</summary>
/// <param name="IgnoresLimits">Whether what is bought may be outside the wallet's limits.</param>
public sealed record TopUpRule(TopUpTrigger Trigger, TopUpMethod Method, bool IgnoresLimits = false)
{
    /// <summary>What the rule adds when its time has come.</summary>
    /// <param name="ongoingCredits">The wallet's ongoing balance in credits; may be negative.</param>
    /// <param name="pendingCredits">Bought and not paid yet: it counts as if it were there.</param>
    /// <returns>
    /// A target is raised to the least that may be bought, and ignores the most, because reaching it matters more.
    /// A fixed purchase below a threshold is bought as often as ends above it – landing on it is not enough –, up to the most that may
    /// be bought.
    /// </returns>
    public TopUpDue Due(decimal ongoingCredits, decimal pendingCredits, TopUpLimits limits, CreditRate rate)
    {
        var there = Exact.Add(ongoingCredits, pendingCredits);
        return (Method, Trigger) switch
        {
            (TargetTopUp target, _) when there >= target.Target => TopUpDue.Nothing,
            (TargetTopUp { IsGranted: true } target, _) => new(0, target.Target - there),
            (TargetTopUp target, _) => new(AtLeast(target.Target - there, limits, rate), 0),
            (FixedTopUp, BelowThreshold threshold) when there > threshold.Credits => TopUpDue.Nothing,
            (FixedTopUp { Paid: > 0 } top, BelowThreshold threshold) =>
                new(AtMost(Repeated(top.Paid, threshold.Credits - there), limits, rate), top.Granted),
            (FixedTopUp top, _) => new(top.Paid, top.Granted),
            _ => throw new InvalidOperationException("A top-up is fixed or fills up to a target."),
        };
    }

    private static decimal Repeated(decimal paid, decimal gap) => Exact.Multiply(decimal.Floor(gap / paid) + 1, paid);

    private decimal AtLeast(decimal credits, TopUpLimits limits, CreditRate rate) =>
        !IgnoresLimits && limits.Least is { } least ? Math.Max(credits, rate.CreditsFor(least)) : credits;

    private decimal AtMost(decimal credits, TopUpLimits limits, CreditRate rate) =>
        !IgnoresLimits && limits.Most is { } most ? Math.Min(credits, rate.CreditsFor(most)) : credits;
}
