using NodaTime;

namespace BackOffice.Core.Usage;

/// <summary>Something that happened and may cost money. Never changed once stored.</summary>
/// <param name="Id">Counts up in the order of storing.</param>
/// <param name="Name">What happened; metrics may listen to one name.</param>
/// <param name="At">When, to the microsecond.</param>
/// <param name="Numbers">The numeric properties by name; metrics read what they need.</param>
public sealed record UsageEvent(long Id, string Name, Instant At, IReadOnlyDictionary<string, decimal> Numbers);
