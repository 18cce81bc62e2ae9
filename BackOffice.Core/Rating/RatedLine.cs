using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Rating;

public enum LineKind
{
    BaseFee,
    Usage,

    /// <summary>Units that do not depend on usage.</summary>
    FixedCharge,

    /// <summary>What a charge lacks of its minimum.</summary>
    Minimum,

    /// <summary>What a period lacks of its commitment.</summary>
    TrueUp,

    /// <summary>Credits that are sold; no subscription owes them.</summary>
    Credits,
}

/// <summary>One line of an invoice, with everything needed to explain it later without looking anything up.</summary>
/// <param name="MetricCode">The metric of a usage line; null for the base fee.</param>
/// <param name="Unit">What one unit is called; null for the base fee.</param>
/// <param name="Quantity">Units, exact; 1 for a base fee.</param>
/// <param name="Events">How many usage events the quantity was measured from.</param>
/// <param name="EventsWithoutValue">Events of the period that lack the metric's property and are therefore not billed.</param>
/// <param name="PriceInWords">The price of the plan version as a sentence.</param>
/// <param name="Steps">How the amount comes about, in full precision.</param>
/// <param name="ExactAmount">The sum of the steps, unrounded, in major units.</param>
/// <param name="Amount">The exact amount rounded once.</param>
public sealed record RatedLine(
    LineKind Kind, SubscriptionId Subscription, string SubscriptionCode, string PlanName, int PlanVersion, string Name, Period Period,
    string? MetricCode, string? Unit, decimal Quantity, long Events, long EventsWithoutValue,
    string PriceInWords, IReadOnlyList<PriceStep> Steps, decimal ExactAmount, Money Amount)
{
    /// <summary>How files name the plan; coupons may be limited to it.</summary>
    public string? PlanCode { get; init; }

    /// <summary>Which of the plan's charges it is: the code of a fixed charge, the metric of a usage line; null for the others.</summary>
    public string? ChargeCode { get; init; }

    /// <summary>The filter the usage met, in words; null for usage that met none.</summary>
    public string? Filter { get; init; }

    /// <summary>The values the usage is grouped by, in words; null without group keys.</summary>
    public string? Group { get; init; }

    /// <summary>See <see cref="BilledLine.Usage"/>.</summary>
    public string? Usage => BilledLine.UsageOf(Kind, ChargeCode, Filter, Group);

    /// <summary>Whether it is billed before the days it is for.</summary>
    public bool InAdvance { get; init; }

    /// <summary>The taxes of the charge itself; they come before those of the plan.</summary>
    public IReadOnlyList<string> OwnTaxCodes { get; init; } = [];

    /// <summary>The taxes of the plan; they come before those of the customer and the company.</summary>
    public IReadOnlyList<string> PlanTaxCodes { get; init; } = [];

    /// <summary>The kind of the item it bills, as its key names it: with subscription and period it finds the item again.</summary>
    public string? Item { get; init; }

    /// <summary>The days of the whole period that shares refer to; null when that is the line's own period.</summary>
    public Period? Whole { get; init; }
}
