using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Core.Wallets;

public readonly record struct WalletRuleId(Guid Value) : IId<WalletRuleId>
{
    public static WalletRuleId From(Guid value) => new(value);

    public static WalletRuleId New() => new(Guid.CreateVersion7());
}

/// <summary>A rule that tops a wallet up, and each time it did: once for a day of its grid, once for a crossing of its threshold.</summary>
/// <remarks>
/// A threshold rule that fired sleeps until the balance was above its threshold again. A top-up that does not suffice, or a purchase
/// that nobody pays, is therefore not repeated every few minutes.
/// </remarks>
public sealed class WalletRule
{
    private readonly List<TopUpFiring> _firings = [];

    private WalletRule()
    {
    }

    public WalletRuleId Id { get; private init; }

    public WalletId WalletId { get; private init; }

    public TopUpRule Rule { get; private set; } = null!;

    /// <summary>How many days the credits can be used, the day they come being the first; null when they do not expire.</summary>
    public int? LastsDays { get; private set; }

    /// <summary>Whether the balance was above the threshold since it fired last. Rules with an interval do not ask.</summary>
    public bool IsArmed { get; private set; }

    public Instant CreatedAt { get; private init; }

    /// <summary>From then on it adds nothing; null while it lives.</summary>
    public Instant? EndedAt { get; private set; }

    /// <summary>Why it could not do last time what it should, as a sentence; null when it could.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Each time it fired, in order.</summary>
    public IReadOnlyList<TopUpFiring> Firings => [.. _firings.OrderBy(firing => firing.Position)];

    /// <param name="wallet">What it adds must be worth something there, and within the limits of purchases.</param>
    /// <exception cref="RuleBroken">It would add nothing, never stop adding, or buy what may not be bought.</exception>
    public static WalletRule Create(Wallet wallet, TopUpRule rule, int? lastsDays, Instant now)
    {
        var made = new WalletRule { Id = WalletRuleId.New(), WalletId = wallet.Id, CreatedAt = now };
        made.Change(wallet, rule, lastsDays);
        return made;
    }

    /// <summary>Changes what it does from now on. What it did counts: no day and no crossing is topped up twice.</summary>
    /// <exception cref="RuleBroken">See <see cref="Create"/>, or it has ended.</exception>
    public void Change(Wallet wallet, TopUpRule rule, int? lastsDays)
    {
        RequireLife();
        if (wallet.TerminatedAt is not null)
        {
            throw new RuleBroken($"Wallet {wallet.Code} has ended.");
        }

        Check(rule, wallet.Limits, wallet.Rate);
        if (lastsDays is < 1 or > 3650)
        {
            throw new RuleBroken("Credits last between 1 and 3,650 days.");
        }

        (Rule, LastsDays, IsArmed, Trouble) = (rule, lastsDays, true, null);
    }

    /// <summary>From now on it adds nothing.</summary>
    /// <exception cref="RuleBroken">It has ended already.</exception>
    public void End(Instant now)
    {
        RequireLife();
        EndedAt = now;
    }

    /// <summary>The days through today on which it should have added something and did not, oldest first.</summary>
    /// <param name="today">On the customer's calendar.</param>
    /// <param name="createdOn">The day it was made, there: what lies before is not made up for.</param>
    public IReadOnlyList<LocalDate> DueDays(LocalDate today, LocalDate createdOn)
    {
        if (EndedAt is not null || Rule.Trigger is not EveryInterval every)
        {
            return [];
        }

        var done = _firings.Select(firing => firing.Occasion).ToHashSet(StringComparer.Ordinal);
        var grid = new BillingGrid(every.Interval, BillingTiming.Anniversary, every.Anchor);
        return
        [
            .. grid.From(LocalDate.Max(every.Anchor, createdOn)).Select(period => period.Start).TakeWhile(day => day <= today)
                .Where(day => day >= createdOn && every.IsDueOn(day) && !done.Contains(Named(day))),
        ];
    }

    /// <summary>The next day after today on which it adds something; null for a rule with a threshold, or one that has ended.</summary>
    public LocalDate? NextDay(LocalDate today) => EndedAt is null && Rule.Trigger is EveryInterval every
        ? new BillingGrid(every.Interval, BillingTiming.Anniversary, every.Anchor).From(LocalDate.Max(every.Anchor, today))
            .Select(period => period.Start).First(day => day > today && day > every.Anchor)
        : null;

    /// <summary>Looks at a balance: whether the threshold is crossed now, so that the rule fires.</summary>
    /// <param name="ongoingCredits">May be negative.</param>
    /// <param name="pendingCredits">Bought and not paid yet: they count as if they were there.</param>
    public bool Crosses(decimal ongoingCredits, decimal pendingCredits)
    {
        if (EndedAt is not null || Rule.Trigger is not BelowThreshold threshold)
        {
            return false;
        }

        var isBelow = threshold.Fires(ongoingCredits, pendingCredits);
        IsArmed |= !isBelow;
        return isBelow && IsArmed;
    }

    /// <summary>What the next crossing is called.</summary>
    public string NextCrossing => "Crossing " + (_firings.Count + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>How a day is called among the occasions.</summary>
    public static string Named(LocalDate day) => LocalDatePattern.Iso.Format(day);

    /// <summary>Remembers that it fired.</summary>
    /// <param name="occasion">A day of the grid, or a crossing; once each.</param>
    /// <param name="bought">The grant that was bought; null when none was.</param>
    /// <param name="granted">The grant that was free; null when none was.</param>
    /// <exception cref="RuleBroken">It fired for that already.</exception>
    public TopUpFiring Fire(string occasion, decimal ongoingCredits, Guid? bought, Guid? granted, Instant now)
    {
        RequireLife();
        if (_firings.Any(firing => firing.Occasion == occasion))
        {
            throw new RuleBroken($"The rule has topped the wallet up for {occasion} already.");
        }

        var firing = TopUpFiring.Of(_firings.Count + 1, occasion, ongoingCredits, bought, granted, now);
        _firings.Add(firing);
        (IsArmed, Trouble) = (Rule.Trigger is not BelowThreshold, null);
        return firing;
    }

    /// <summary>Remembers why it could not do what it should, for a person to read.</summary>
    public void CouldNot(string sentence) => Trouble = Text.Required(sentence, "Reason", 500);

    /// <summary>When the credits of a firing can be used no more; null when they do not expire.</summary>
    /// <param name="from">The day they come, on the customer's calendar.</param>
    public Instant? ExpiryOf(LocalDate from, DateTimeZone zone) =>
        LastsDays is { } days ? zone.AtStartOfDay(from.PlusDays(days)).ToInstant() : null;

    /// <summary>Whether a wallet may have a rule: forms ask before they are sent.</summary>
    /// <exception cref="RuleBroken">It would add nothing, never stop adding, or buy what may not be bought.</exception>
    public static void Check(TopUpRule rule, TopUpLimits limits, CreditRate rate)
    {
        if (rule.Trigger is BelowThreshold { Credits: < 0 })
        {
            throw new RuleBroken("The threshold is not below zero: a wallet never holds less than nothing.");
        }

        switch (rule.Method)
        {
            case FixedTopUp { Paid: 0, Granted: 0 }:
                throw new RuleBroken("Enter how many credits the rule buys or grants.");
            case FixedTopUp top:
                CheckPurchase(rule, limits, rate.Bought(top.Paid).Money);
                _ = rate.Bought(top.Granted);
                break;
            case TargetTopUp { Target: <= 0 }:
                throw new RuleBroken("The balance to fill up to is more than zero.");
            case TargetTopUp { Target: var target } when rule.Trigger is BelowThreshold threshold && target <= threshold.Credits:
                throw new RuleBroken("Fill up to more than the threshold, or the rule would never stop.");
            case TargetTopUp { Target: var target }:
                _ = rate.Bought(target);
                break;
            default:
                throw new InvalidOperationException("A top-up is fixed or fills up to a target.");
        }
    }

    private static void CheckPurchase(TopUpRule rule, TopUpLimits limits, Money price)
    {
        if (price.MinorUnits > 0 && !rule.IgnoresLimits)
        {
            limits.Require(price);
        }
    }

    private void RequireLife()
    {
        if (EndedAt is not null)
        {
            throw new RuleBroken("This rule has ended. Add another one.");
        }
    }
}
