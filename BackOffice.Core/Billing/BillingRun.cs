using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Core.Billing;

public readonly record struct BillingRunId(Guid Value) : IId<BillingRunId>
{
    public static BillingRunId From(Guid value) => new(value);

    public static BillingRunId New() => new(Guid.CreateVersion7());
}

/// <summary>Makes the drafts that are due through a day, customer by customer. Can stop anywhere and go on later.</summary>
public sealed class BillingRun
{
    private BillingRun()
    {
    }

    public BillingRunId Id { get; private init; }

    /// <summary>1, 2, 3 …; people say "run 7".</summary>
    public long Number { get; private init; }

    /// <summary>Periods that end on or before this day, on each customer's calendar, are billed.</summary>
    public LocalDate Through { get; private init; }

    public Person StartedBy { get; private init; } = null!;

    public Instant StartedAt { get; private init; }

    /// <summary>Null while customers are still waiting.</summary>
    public Instant? FinishedAt { get; private set; }

    /// <summary>The planned time a schedule fired for; two servers that both fire make one run. Null for other runs.</summary>
    public Instant? ScheduledFor { get; private init; }

    /// <summary>The version of the time zone data the periods were computed with.</summary>
    public string ZoneData { get; private init; } = null!;

    public static BillingRun Start(long number, LocalDate through, Person by, Instant now, Instant? scheduledFor = null) => new()
    {
        Id = BillingRunId.New(),
        Number = number,
        Through = through,
        StartedBy = by,
        StartedAt = now,
        ScheduledFor = scheduledFor,
        ZoneData = Zone.DataVersion,
    };

    public void Finish(Instant now) => FinishedAt ??= now;
}

public enum RunItemStatus
{
    /// <summary>Not looked at yet.</summary>
    Waiting,

    /// <summary>Drafts were made.</summary>
    Billed,

    /// <summary>Somebody else had billed every period already.</summary>
    NothingDue,

    /// <summary>Refused, with a reason; the rest of the run went on.</summary>
    Parked,
}

/// <summary>One customer of a run. There is exactly one for each.</summary>
public sealed class RunItem
{
    private RunItem()
    {
    }

    public Guid Id { get; private init; }

    public BillingRunId RunId { get; private init; }

    public CustomerId CustomerId { get; private init; }

    /// <summary>Also the concurrency token: two workers on one item cannot both finish it.</summary>
    public RunItemStatus Status { get; private set; }

    /// <summary>Why the customer is parked, as a sentence; null otherwise.</summary>
    public string? Reason { get; private set; }

    public int Invoices { get; private set; }

    public static RunItem Waiting(BillingRunId run, CustomerId customer) =>
        new() { Id = Guid.CreateVersion7(), RunId = run, CustomerId = customer };

    public void Billed(int invoices) =>
        (Status, Reason, Invoices) = (invoices > 0 ? RunItemStatus.Billed : RunItemStatus.NothingDue, null, invoices);

    public void Park(string reason) => (Status, Reason) = (RunItemStatus.Parked, reason);

    /// <summary>Puts a parked customer back in the queue.</summary>
    /// <exception cref="RuleBroken">The customer is not parked.</exception>
    public void Retry()
    {
        if (Status != RunItemStatus.Parked)
        {
            throw new RuleBroken("Only a parked customer can be tried again.");
        }

        (Status, Reason) = (RunItemStatus.Waiting, null);
    }
}
