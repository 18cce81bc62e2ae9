using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Usage;

/// <summary>What rating asks of whoever keeps the usage.</summary>
/// <param name="Needs">What the prices need beyond the quantity; nothing when rolled-up quantities will do.</param>
public sealed record UsageQuestion(SubscriptionId Subscription, Charge Charge, Metric Metric, UsageWindow Window, MeterNeeds Needs);

/// <summary>Answers what was used. Billing asks the store, previews and simulations ask a list of events; the engine cannot tell.</summary>
public interface IUsageReading
{
    /// <summary>What a charge measured, for each of its filters and groups.</summary>
    IReadOnlyList<UsageGroup> Measure(UsageQuestion question);

    /// <summary>The events a charge bills one by one, in order of time; also those before the window when units are carried on.</summary>
    IReadOnlyList<UsageEvent> Events(UsageQuestion question);
}
