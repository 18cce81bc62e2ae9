using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>How a termination is settled.</summary>
/// <param name="Invoice">Whether what is still owed is billed.</param>
/// <param name="Unused">What becomes of a base fee paid for days after the end.</param>
public sealed record TerminationChoice(bool Invoice = true, UnusedFee Unused = UnusedFee.Credit);

/// <summary>All that can happen to a subscription after its start. Each gives the changed life, or refuses with a sentence.</summary>
public static class LifeChanges
{
    /// <summary>Another plan: at once when it costs at least as much in a year, else at the end of the current period (guide §5).</summary>
    /// <remarks>A change that is still waiting is replaced.</remarks>
    /// <exception cref="RuleBroken">The subscription has not started or is over, or the currencies differ.</exception>
    public static SubscriptionLife ChangePlan(this SubscriptionLife life, PlanTerms terms, Instant at)
    {
        var waiting = life.CancelPending(at);
        var current = waiting.Running(at);
        return current.Terms.IsUpgradeTo(terms)
            ? waiting.Switch(terms, at, life.DayOf(at), EndReason.Upgrade, at)
            : waiting.AtPeriodEnd(terms, EndReason.Downgrade, at);
    }

    /// <summary>Other terms from this moment on: the day belongs to them.</summary>
    /// <exception cref="RuleBroken">The subscription has not started or is over, or the currencies differ.</exception>
    public static SubscriptionLife ChangeNow(this SubscriptionLife life, PlanTerms terms, Instant at) =>
        life.CancelPending(at).Switch(terms, at, life.DayOf(at), EndReason.Change, at);

    /// <summary>Other terms from the next period on.</summary>
    /// <exception cref="RuleBroken">The subscription has not started or is over, or the currencies differ.</exception>
    public static SubscriptionLife ChangeNextPeriod(this SubscriptionLife life, PlanTerms terms, Instant at) =>
        life.CancelPending(at).AtPeriodEnd(terms, EndReason.Change, at);

    /// <summary>Other terms from a day on, today or later.</summary>
    /// <exception cref="RuleBroken">The day has begun already, or the subscription does not run then, or the currencies differ.</exception>
    public static SubscriptionLife ChangeOn(this SubscriptionLife life, PlanTerms terms, LocalDate day, Instant at)
    {
        var moment = life.FirstMomentOf(day);
        return moment >= at
            ? life.CancelPending(at).Switch(terms, moment, day, EndReason.Change, at)
            : throw new RuleBroken($"{day:uuuu-MM-dd} has begun already. Change now, or choose a later day.");
    }

    /// <summary>Takes back a change of terms that has not happened yet; nothing happens when there is none.</summary>
    public static SubscriptionLife CancelPending(this SubscriptionLife life, Instant at)
    {
        var planned = life.Phases.Count(phase => phase.From > at && phase.Number > 1);
        if (planned == 0)
        {
            return life;
        }

        var kept = life.Phases.Take(life.Phases.Count - planned).ToArray();
        kept[^1] = kept[^1] with { End = life.End };
        return life with { Phases = kept };
    }

    /// <summary>The end at this moment. The day is still billed; planned changes are dropped.</summary>
    /// <exception cref="RuleBroken">The subscription has not started or is over.</exception>
    public static SubscriptionLife Terminate(this SubscriptionLife life, Instant at, TerminationChoice? choice = null) =>
        life.Finish(at, life.DayOf(at).PlusDays(1), at, choice);

    /// <summary>The end after a last day, which is still billed as a whole.</summary>
    /// <param name="at">When this is decided.</param>
    /// <exception cref="RuleBroken">The day is before the start, or the subscription is over by then.</exception>
    public static SubscriptionLife EndAfter(this SubscriptionLife life, LocalDate lastDay, Instant at, TerminationChoice? choice = null) =>
        life.Finish(life.FirstMomentOf(lastDay.PlusDays(1)), lastDay.PlusDays(1), at, choice);

    /// <summary>
    /// The end at an agreed moment in the future. Its day is still billed, unless a new period begins on it: then the subscription ends
    /// with the period before, for nobody agrees on one day of a month (guide §5; the vectors for ending_at).
    /// </summary>
    /// <param name="at">When this is decided.</param>
    /// <exception cref="RuleBroken">The moment is before the start, or the subscription is over by then.</exception>
    public static SubscriptionLife EndAt(this SubscriptionLife life, Instant moment, Instant at, TerminationChoice? choice = null)
    {
        var day = life.DayOf(moment);
        var phase = life.PhaseAt(moment) ?? throw NotRunning(life, moment);
        var atPeriodStart = day > life.First.FirstDay && life.GridOf(phase).Begins(day);
        return life.Finish(moment, atPeriodStart ? day : day.PlusDays(1), at, choice);
    }

    /// <summary>Other units of a fixed charge: from today on, or from the next period on.</summary>
    /// <exception cref="RuleBroken">The plan has no such fixed charge, or the subscription does not run.</exception>
    public static SubscriptionLife ChangeUnits(this SubscriptionLife life, string code, decimal units, Instant at, bool nextPeriod = false)
    {
        var phase = life.Running(at);
        if (phase.Terms.Settings.FixedCharges.All(charge => charge.Code != code))
        {
            throw new RuleBroken($"Plan {phase.Terms.PlanCode} has no fixed charge {code}.");
        }

        var grid = phase.Terms.Settings.FixedChargesMonthly ? life.GridOf(phase).Monthly : life.GridOf(phase);
        var from = nextPeriod ? grid.Containing(life.DayOf(at)).End : life.DayOf(at);
        return life with
        {
            // A later word on the same day replaces the earlier one; both stay known to what was billed in between.
            UnitChanges = [.. life.UnitChanges.Append(new UnitChange(code, units, from, at)).OrderBy(c => c.From).ThenBy(c => c.KnownAt)],
        };
    }

    private static Phase Running(this SubscriptionLife life, Instant at) => life.PhaseAt(at) ?? throw NotRunning(life, at);

    private static SubscriptionLife AtPeriodEnd(this SubscriptionLife life, PlanTerms terms, EndReason why, Instant at)
    {
        var end = life.GridOf(life.Running(at)).Containing(life.DayOf(at)).End;
        return life.Switch(terms, life.FirstMomentOf(end), end, why, at);
    }

    private static SubscriptionLife Switch(
        this SubscriptionLife life, PlanTerms terms, Instant moment, LocalDate day, EndReason why, Instant knownAt)
    {
        var current = life.Running(moment);
        if (terms.Currency != current.Terms.Currency)
        {
            throw new RuleBroken(
                $"Subscription {life.Code} is billed in {current.Terms.Currency}, plan {terms.PlanCode} in {terms.Currency}. "
                + "Start a new subscription instead.");
        }

        _ = new BillingGrid(terms.Interval, life.Timing, life.Anchor);
        var ended = current with { End = new PhaseEnd(moment, day, why, knownAt) };
        var next = new Phase(current.Number + 1, terms, moment, day) { End = life.End };
        return life with { Phases = [.. life.Phases.TakeWhile(phase => phase.Number < current.Number), ended, next] };
    }

    private static SubscriptionLife Finish(
        this SubscriptionLife life, Instant moment, LocalDate day, Instant knownAt, TerminationChoice? choice)
    {
        // The last moment of a life is not in it: an agreed end may be moved forward, and an end after the last day lies on its border.
        var last = life.Phases.LastOrDefault(phase => phase.From < moment || phase.Number == 1)!;
        if (moment < last.From || day <= life.First.FirstDay || life.End?.At < knownAt)
        {
            throw NotRunning(life, moment);
        }

        choice ??= new TerminationChoice();
        var end = new PhaseEnd(moment, day, EndReason.Termination, knownAt) { Unused = choice.Unused, Invoice = choice.Invoice };
        return life with { Phases = [.. life.Phases.TakeWhile(phase => phase.Number < last.Number), last with { End = end }] };
    }

    private static RuleBroken NotRunning(SubscriptionLife life, Instant at) => new(
        at < life.First.From
            ? $"Subscription {life.Code} has not started by {life.DayOf(at):uuuu-MM-dd}. It starts on {life.First.FirstDay:uuuu-MM-dd}."
            : $"Subscription {life.Code} does not run on {life.DayOf(at):uuuu-MM-dd}: it is over.");
}
