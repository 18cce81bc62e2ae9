using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Rating;

public enum LineKind
{
    BaseFee,
    Usage,
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
    string PriceInWords, IReadOnlyList<PriceStep> Steps, decimal ExactAmount, Money Amount);
