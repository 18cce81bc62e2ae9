using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Core.Billing;

/// <summary>The proof that a period of a subscription has been billed. The database lets it exist once.</summary>
public sealed class BilledPeriod
{
    private BilledPeriod()
    {
    }

    public Guid Id { get; private init; }

    public SubscriptionId SubscriptionId { get; private init; }

    /// <summary>What was billed: "Recurring" for base fee and usage of a period.</summary>
    public string Kind { get; private init; } = null!;

    public LocalDate Start { get; private init; }

    /// <summary>The day after the last one.</summary>
    public LocalDate End { get; private init; }

    /// <summary>0; raised only when a document is voided and replaced.</summary>
    public int Generation { get; private init; }

    /// <summary>Null when nothing was owed, so that there is no document.</summary>
    public InvoiceId? InvoiceId { get; private init; }

    public static BilledPeriod Of(SubscriptionId subscription, Period period, InvoiceId? invoice) => new()
    {
        Id = Guid.CreateVersion7(),
        SubscriptionId = subscription,
        Kind = "Recurring",
        Start = period.Start,
        End = period.End,
        InvoiceId = invoice,
    };
}
