using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using NodaTime;

namespace BackOffice.Data.Usage;

/// <summary>A usage event as it was stored.</summary>
/// <param name="Id">Counts up in the order of storing.</param>
/// <param name="TransactionId">The sender's id, or one made from the content; unique within the subscription.</param>
/// <param name="Line">The line of the import's file.</param>
/// <param name="IsLate">Arrived after its period had been issued: kept and listed, on no invoice.</param>
public sealed record StoredEvent(
    long Id, SubscriptionId SubscriptionId, string Name, long AtMicros, string TransactionId,
    IReadOnlyDictionary<string, decimal> Numbers, IReadOnlyDictionary<string, string> Texts, ImportId ImportId, long Line, bool IsLate)
{
    public Instant At => Micros.ToInstant(AtMicros);

    /// <summary>A JSON object: numbers and texts by property name, in order.</summary>
    public string Properties => EventProperties.Write(Numbers, Texts);

    /// <summary>Every property as text, in order of their names.</summary>
    public IReadOnlyDictionary<string, string> Shown => new SortedDictionary<string, string>(
        Numbers.Select(n => KeyValuePair.Create(n.Key, n.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            .Concat(Texts).ToDictionary(), StringComparer.Ordinal);

    public UsageEvent AsUsage() => new(Id, Name, At, Numbers, Texts);
}

/// <summary>Which stored events are meant; what is left out does not matter.</summary>
/// <param name="FromMicros">The first moment.</param>
/// <param name="ToMicros">The moment after the last.</param>
/// <param name="Before">Only events stored before this one.</param>
/// <param name="Late">
/// False: what was billed, or will be with its period. True: what came after its period was billed for good. Left out: all that counts by
/// what is known now, without events that were corrected after they had been billed.
/// </param>
/// <param name="Corrected">Only events that count no more, because they were voided or another one counts in their place.</param>
/// <param name="From">Only this event and those stored after it.</param>
/// <param name="Property">Only events that carry it, as number or text.</param>
/// <param name="TransactionId">The sender's id; together with the subscription it names one event.</param>
public sealed record EventQuery(
    SubscriptionId? Subscription = null, long? FromMicros = null, long? ToMicros = null, ImportId? Import = null, string? Name = null,
    bool? Late = null, long? Before = null, long? From = null, string? Property = null, string? TransactionId = null,
    bool Corrected = false)
{
    /// <summary>Only events stored after this one.</summary>
    public long? After { get; init; }

    /// <summary>Only events stored up to this one.</summary>
    public long? Through { get; init; }

    public static EventQuery In(SubscriptionId subscription, Interval when) =>
        new(subscription, Micros.Of(when.Start), Micros.Of(when.End));
}

/// <summary>In which order events are listed.</summary>
public enum EventOrder
{
    AsStored,
    LastStoredFirst,
    ByTime,
}
