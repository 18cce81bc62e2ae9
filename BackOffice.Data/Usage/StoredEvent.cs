using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;

namespace BackOffice.Data.Usage;

/// <summary>A usage event as it lies in the table. Rows are written and read by <see cref="UsageStore"/>; pages list them.</summary>
public sealed class StoredEvent
{
    public long Id { get; init; }

    public SubscriptionId SubscriptionId { get; init; }

    public required string Name { get; init; }

    /// <summary>Microseconds since 1970-01-01T00:00:00Z.</summary>
    public long AtMicros { get; init; }

    /// <summary>The sender's id, or one made from the content; unique within the subscription.</summary>
    public required string TransactionId { get; init; }

    /// <summary>A JSON object: numbers and texts by property name.</summary>
    public required string Properties { get; init; }

    public ImportId ImportId { get; init; }

    /// <summary>The line of the import's file.</summary>
    public long Line { get; init; }

    /// <summary>Arrived after its period had been issued: kept and listed, on no invoice.</summary>
    public bool IsLate { get; init; }
}
