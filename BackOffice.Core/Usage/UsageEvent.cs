using System.Collections.Frozen;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Usage;

/// <summary>Something that happened and may cost money. Never changed once stored.</summary>
/// <param name="Id">Counts up in the order of storing.</param>
/// <param name="Name">What happened; metrics may listen to one name.</param>
/// <param name="At">When, to the microsecond.</param>
/// <param name="Numbers">The numeric properties by name; metrics read what they need.</param>
/// <param name="Texts">The other properties by name: items, filters and groups read them.</param>
public sealed record UsageEvent(
    long Id, string Name, Instant At, IReadOnlyDictionary<string, decimal> Numbers, IReadOnlyDictionary<string, string>? Texts = null)
{
    /// <summary>The text property that says whether an item is added or removed: "add" (also when it is missing) or "remove".</summary>
    public const string OperationProperty = "operation_type";

    /// <summary>The numeric property in which an event carries its own price, in minor units, fractions allowed.</summary>
    public const string CarriedAmountProperty = "precise_total_amount_cents";

    public IReadOnlyDictionary<string, string> Texts { get; } = Texts ?? FrozenDictionary<string, string>.Empty;

    /// <summary>A property as text, so that an item or region may be called 7; null when the event lacks it.</summary>
    public string? TextOf(string property) =>
        Texts.TryGetValue(property, out var text) ? text
        : Numbers.TryGetValue(property, out var number) ? ExactDecimal.Format(number)
        : null;

    /// <summary>A property as a number, also when a sender wrote it as text; null when it is missing or no number.</summary>
    public decimal? NumberOf(string property) =>
        Numbers.TryGetValue(property, out var number) ? number
        : Texts.TryGetValue(property, out var text) && ExactDecimal.Parse(text, NumberFormat.Plain) is { Ok: true } parsed ? parsed.Value
        : null;
}
