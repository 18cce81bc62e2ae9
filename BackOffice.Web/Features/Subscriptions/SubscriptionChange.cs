using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>From when other terms count.</summary>
public enum ChangeTime
{
    /// <summary>At once when they cost at least as much in a year, else with the next period.</summary>
    ByRule,

    /// <summary>Today is already billed on the new terms.</summary>
    Now,

    /// <summary>From the first day of the next period on.</summary>
    NextPeriod,

    /// <summary>From a day on that has not begun.</summary>
    OnDay,
}

/// <summary>Something a person does to a running subscription, as data: what is previewed is what is done.</summary>
public abstract record SubscriptionChange
{
    private SubscriptionChange()
    {
    }

    /// <summary>Another plan, or another version of the same plan.</summary>
    /// <param name="Version">Null for the version that new subscriptions get on the day.</param>
    /// <param name="Day">The first day on the new terms; only with <see cref="ChangeTime.OnDay"/>.</param>
    public sealed record ToPlan(string PlanCode, int? Version = null, ChangeTime When = ChangeTime.ByRule, LocalDate? Day = null)
        : SubscriptionChange
    {
        /// <summary>What the customer pays instead of what the plan says. Null keeps what was agreed if the plan is the same.</summary>
        public TermsOverride? Agreed { get; init; }
    }

    /// <summary>The end. Null for the last day means at once: today is still billed.</summary>
    public sealed record Ending(LocalDate? LastDay, TerminationChoice Choice) : SubscriptionChange;

    /// <summary>Other units of a fixed charge, from today or from the next period on.</summary>
    public sealed record OfUnits(string Code, decimal Units, bool NextPeriod = false) : SubscriptionChange;

    /// <summary>The planned change of terms does not happen.</summary>
    public sealed record TakingBack : SubscriptionChange;
}
